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
import java.util.List;
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
        if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A link lasts for a while, of at most " + LONGEST + ".");
        }
        Secret secret = BearerToken.mint(random);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Instant expires = now.plus(lifetime);
        return store.together(() -> {
            close(caller, person);
            long id = store.first(
                            "INSERT INTO pickup (fingerprint, person, maker, made, expires) VALUES (?, ?, ?, ?, ?)"
                                    + " RETURNING id",
                            row -> row.getLong(1),
                            Fingerprint.of(secret).hex(),
                            person.value(),
                            caller.actor(),
                            now,
                            expires)
                    .orElseThrow();
            trail.record(new CredentialEvent.LinkMade(caller, person, id, expires));
            return new Pickup(id, person, expires, secret);
        });
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
        return store.together(() -> close(caller, person));
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

    private boolean close(Caller caller, PersonId person) {
        List<Long> closed = store.all(
                "UPDATE pickup SET closed = now() WHERE person = ? AND closed IS NULL RETURNING id, expires > now()",
                row -> row.getBoolean(2) ? row.getLong(1) : 0,
                person.value());
        List<Long> live = closed.stream().filter(id -> id != 0).toList();
        live.forEach(id -> trail.record(new CredentialEvent.LinkWithdrawn(caller, person, id)));
        return !live.isEmpty();
    }
}
