package dev.rolewright.handover;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.CredentialEvent;
import dev.rolewright.credential.BearerToken;
import dev.rolewright.credential.Fingerprint;
import dev.rolewright.credential.Secret;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// The links by which somebody takes a password once. A person has one at most: a new one takes the place of the
/// others.
@ApplicationScoped
public class Pickups {

    public static final Duration USUAL = Duration.ofHours(24);
    public static final Duration LONGEST = Duration.ofDays(7);

    private static final long MAKING = 0x7069636B757073L;

    private static final String MAKE = """
            INSERT INTO pickup (maker, made, expires, fingerprint, person)
            SELECT ?, ?::timestamptz, ?::timestamptz, fingerprint, person
            FROM unnest(?, ?) WITH ORDINALITY AS t (fingerprint, person, n) ORDER BY n RETURNING id, person""";

    private final Store store;
    private final AuditTrail trail;
    private final SecureRandom random = new SecureRandom();

    Pickups(Store store, AuditTrail trail) {
        this.store = store;
        this.trail = trail;
    }

    /// A link that is somebody's for now.
    ///
    /// @param done the targets whose password was taken by it before
    record Claim(long id, UUID token, PersonId person, Set<TargetName> done, Caller caller) {}

    /// @param lifetime [#LONGEST] at most
    public Pickup make(Caller caller, PersonId person, Duration lifetime) {
        return store.together(() -> {
            waitForTurn();
            return make(caller, List.of(person), lifetime).getFirst();
        });
    }

    /// Makes a link for each of these people who has none that works: for all of them, or for nobody where the
    /// store fails, since whoever asks has their secrets in the answer alone.
    ///
    /// @param lifetime [#LONGEST] at most
    List<Pickup> makeMissing(Caller caller, Set<PersonId> people, Duration lifetime) {
        return store.together(() -> {
            waitForTurn();
            Set<PersonId> waiting = waiting(people);
            return make(
                    caller,
                    people.stream().filter(person -> !waiting.contains(person)).toList(),
                    lifetime);
        });
    }

    private List<Pickup> make(Caller caller, List<PersonId> people, Duration lifetime) {
        if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A link lasts for a while, of at most " + LONGEST + ".");
        }
        close(caller, people);
        Map<PersonId, Secret> secrets = new LinkedHashMap<>();
        people.forEach(person -> secrets.put(person, BearerToken.mint(random)));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Instant expires = now.plus(lifetime);
        List<Pickup> made = store.all(
                MAKE,
                row -> {
                    PersonId person = new PersonId(row.getObject(2, UUID.class));
                    return new Pickup(row.getLong(1), person, expires, Objects.requireNonNull(secrets.get(person)));
                },
                caller.actor(),
                now,
                expires,
                secrets.values().stream()
                        .map(secret -> Fingerprint.of(secret).hex())
                        .toArray(String[]::new),
                PersonId.ids(secrets.keySet()));
        trail.record(made.stream()
                .map(pickup -> new CredentialEvent.LinkMade(caller, pickup.person(), pickup.id(), expires))
                .toList());
        return made;
    }

    /// Lets nobody else make or withdraw links until the caller's transaction ends: what one does not see of the
    /// other could not take its place.
    private void waitForTurn() {
        store.waitForTurn(MAKING);
    }

    /// Those among these people who have a link that works.
    Set<PersonId> waiting(Set<PersonId> people) {
        return store
                .all(
                        "SELECT person FROM pickup WHERE person = ANY (?) AND closed IS NULL AND expires > now()",
                        row -> new PersonId(row.getObject(1, UUID.class)),
                        (Object) PersonId.ids(people))
                .stream()
                .collect(Collectors.toSet());
    }

    /// @return whether there was a link that somebody could have used
    public boolean withdraw(Caller caller, PersonId person) {
        return store.together(() -> {
            waitForTurn();
            return close(caller, List.of(person));
        });
    }

    /// Takes a link for oneself. Of two at once one gets it.
    ///
    /// @return empty whatever is wrong with the link
    Optional<Claim> claim(Secret secret, String requestId) {
        if (!BearerToken.isWellFormed(secret)) {
            return Optional.empty();
        }
        UUID token = UUID.randomUUID();
        return store.together(() -> {
            Optional<Claim> claim = store.first(
                    "UPDATE pickup SET claim = ?, claimed = now() WHERE fingerprint = ? AND closed IS NULL"
                            + " AND expires > now() AND (claimed IS NULL OR claimed < now() - " + Handover.OVER + ")"
                            + " RETURNING id, person, done",
                    row -> new Claim(
                            row.getLong(1),
                            token,
                            new PersonId(row.getObject(2, UUID.class)),
                            Arrays.stream(Store.texts(row, 3))
                                    .map(TargetName::new)
                                    .collect(Collectors.toSet()),
                            Caller.ofNoSource("pickup-" + row.getLong(1), requestId)),
                    token,
                    Fingerprint.of(secret).hex());
            claim.ifPresent(it -> trail.record(new CredentialEvent.Asked(it.caller(), it.person())));
            return claim;
        });
    }

    /// Gives a link back, as part of the caller's transaction.
    ///
    /// @param spent whether it is of no use any more
    /// @return whether it still was the caller's: not, when it was withdrawn, or the claim lasted too long
    boolean settle(Claim claim, List<TargetName> done, boolean spent) {
        return store.run(
                        "UPDATE pickup SET claim = NULL, claimed = NULL, done = done || ?,"
                                + " closed = CASE WHEN ? THEN now() END WHERE id = ? AND claim = ? AND closed IS NULL",
                        done.stream().map(TargetName::value).toArray(String[]::new),
                        spent,
                        claim.id(),
                        claim.token())
                == 1;
    }

    private boolean close(Caller caller, List<PersonId> people) {
        List<CredentialEvent.LinkWithdrawn> live = store
                .all(
                        "UPDATE pickup SET closed = now() WHERE person = ANY (?) AND closed IS NULL"
                                + " RETURNING id, person, expires > now()",
                        row -> row.getBoolean(3)
                                ? Optional.of(new CredentialEvent.LinkWithdrawn(
                                        caller, new PersonId(row.getObject(2, UUID.class)), row.getLong(1)))
                                : Optional.<CredentialEvent.LinkWithdrawn>empty(),
                        (Object) PersonId.ids(people))
                .stream()
                .flatMap(Optional::stream)
                .toList();
        trail.record(live);
        return !live.isEmpty();
    }
}
