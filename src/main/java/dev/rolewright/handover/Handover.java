package dev.rolewright.handover;

import dev.rolewright.audit.AuditEvent;
import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.CredentialEvent;
import dev.rolewright.credential.Secret;
import dev.rolewright.handover.Passwords.Begun;
import dev.rolewright.handover.Pickups.Claim;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.store.Store;
import dev.rolewright.store.StoreFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gives people their passwords: one for each target, made now, shown in the answer and never again; and ends them.
///
/// That somebody asks is written down first, then the targets are spoken to, and what came of it is written down before
/// anything is shown. Whoever is cut off in between has shown nothing: a password that nobody saw is on the server, and
/// the next one takes its place.
@ApplicationScoped
public class Handover {

    /// No target is begun with after that, so that nobody is still at it when a claim ends.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Longer than anybody who gives passwords can still be at it.
    static final String OVER = "interval '10 minutes'";

    private final Passwords passwords;
    private final PasswordEnds ends;
    private final Pickups pickups;
    private final AuditTrail trail;
    private final Store store;

    Handover(Passwords passwords, PasswordEnds ends, Pickups pickups, AuditTrail trail, Store store) {
        this.passwords = passwords;
        this.ends = ends;
        this.pickups = pickups;
        this.trail = trail;
        this.store = store;
    }

    /// By a link, which is spent when every target has taken its password.
    ///
    /// @param endSessions whether sessions that are open end, too
    /// @return empty when the link is of no use: unknown, expired, used, or being used
    public Optional<List<PasswordResult>> byLink(Secret link, boolean endSessions, String requestId) {
        return pickups.claim(link, requestId).flatMap(claim -> {
            try {
                List<TargetName> open = passwords.of(claim.person()).stream()
                        .filter(target -> !claim.done().contains(target))
                        .toList();
                List<Begun> begun = passwords.begin(claim.person(), open, Optional.empty());
                return settle(claim, begun, give(begun, endSessions));
            } catch (RuntimeException broken) {
                giveBack(claim, broken);
                throw broken;
            }
        });
    }

    /// Nothing was shown, so the link is as good as before.
    private void giveBack(Claim claim, RuntimeException broken) {
        try {
            store.together(() -> pickups.settle(claim, List.of(), false));
        } catch (StoreFailure away) {
            broken.addSuppressed(away); // the claim ends by itself
        }
    }

    /// To somebody who has proved who they are.
    public List<PasswordResult> toOwner(Caller caller, PersonId person, boolean endSessions) {
        List<TargetName> targets = passwords.of(person);
        List<Begun> begun = passwords.begin(person, targets, Optional.of(new CredentialEvent.Asked(caller, person)));
        List<PasswordResult> made = give(begun, endSessions);
        return store.together(() -> {
            List<PasswordResult> results = passwords.end(begun, made);
            trail.record(events(caller, person, results));
            return results;
        });
    }

    /// Ends somebody's passwords before their time, and withdraws the link by which they could take others.
    ///
    /// @param endSessions whether sessions that are open end, too
    /// @return empty for somebody who has no login anywhere, and had no link
    public Optional<List<PasswordEnd>> end(Caller caller, PersonId person, boolean endSessions) {
        Optional<PasswordEnds.Demand> demand = store.together(() -> {
            boolean withdrawn = pickups.withdraw(caller, person);
            PasswordEnds.Demand wanted = ends.demand(person, endSessions);
            if (!wanted.targets().isEmpty()) {
                trail.record(new CredentialEvent.EndAsked(caller, person, wanted.targets(), endSessions));
            }
            return Optional.of(wanted).filter(it -> withdrawn || !it.targets().isEmpty());
        });
        return demand.map(ends::meet);
    }

    private List<PasswordResult> give(List<Begun> begun, boolean endSessions) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<PasswordResult> results = new ArrayList<>();
        for (Begun one : begun) {
            results.add(
                    System.nanoTime() - end > 0
                            ? new PasswordResult.NotGiven(one.target(), "The other targets took too long.")
                            : passwords.give(one, endSessions));
        }
        return results;
    }

    private Optional<List<PasswordResult>> settle(Claim claim, List<Begun> begun, List<PasswordResult> made) {
        return store.together(() -> {
            List<PasswordResult> results = passwords.end(begun, made);
            List<TargetName> done = results.stream()
                    .filter(PasswordResult.Given.class::isInstance)
                    .map(PasswordResult::target)
                    .toList();
            if (!pickups.settle(claim, done, !done.isEmpty() && done.size() == results.size())) {
                return Optional.empty();
            }
            trail.record(events(claim.caller(), claim.person(), results));
            return Optional.of(results);
        });
    }

    private static List<AuditEvent> events(Caller caller, PersonId person, List<PasswordResult> results) {
        return results.stream()
                .map(result -> switch (result) {
                    case PasswordResult.Given it ->
                        (AuditEvent) new CredentialEvent.Given(
                                caller, person, it.target(), it.login(), it.ends(), it.sessions());
                    case PasswordResult.NotGiven(var target, var why) ->
                        new CredentialEvent.NotGiven(caller, person, target, why);
                })
                .toList();
    }
}
