package dev.rolewright.reconcile.targets;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.PassEvent;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.Caller;
import dev.rolewright.model.Ruling;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Observed;
import dev.rolewright.reconcile.work.Wake;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// Which server a target is on.
///
/// The first one that answers is it. When another one answers later, because an address leads somewhere else, a copy
/// was brought up or the server was made anew, then what is known of logins was never true there: nothing is done,
/// dropped or proven until a human says that the target is there now.
@ApplicationScoped
public class Servers {

    /// The target on whose server's data a target's server began: its own, unless it is a copy.
    static final String ORIGIN = "coalesce(%1$s.copy_of, %1$s.target)";

    private record Place(Optional<String> server, TargetName origin) {}

    private final Store store;
    private final AuditTrail trail;
    private final Wake wake;

    Servers(Store store, AuditTrail trail, Wake wake) {
        this.store = store;
        this.trail = trail;
        this.wake = wake;
    }

    /// @param known the server that a target is on, when it was ever seen
    /// @throws EngineFailure when it is another one that answers
    public static void check(Optional<String> known, Observed observed) {
        check(known, observed.server().identity());
    }

    /// @param seen the server that answers
    /// @throws EngineFailure as [#check]
    public static void check(Optional<String> known, String seen) {
        if (known.isPresent() && !known.get().equals(seen)) {
            throw new EngineFailure(
                    EngineFailure.Kind.MOVED,
                    "Another server answers (" + seen + ") than the one whose logins we know (" + known.get()
                            + "). Nothing is done there until an approver says that the target is there now.");
        }
    }

    /// As [#check], for whoever has no pass under way.
    public void check(TargetName target, Observed observed) {
        check(known(target), observed);
    }

    /// The server that a target is on, when it was ever seen.
    public Optional<String> known(TargetName target) {
        return store.first(
                        "SELECT server FROM target_state WHERE target = ?", row -> Store.text(row, 1), target.value())
                .flatMap(known -> known);
    }

    /// Logins belong to a whole server. Two targets on one would each take from people what they earn by the other.
    ///
    /// @throws EngineFailure when another target that is kept true is on that server
    public void checkAlone(TargetName target, Observed observed) {
        String seen = observed.server().identity();
        other(target, seen).ifPresent(other -> {
            throw new EngineFailure(
                    EngineFailure.Kind.SHARED,
                    "The server that answers (" + seen + ") is the one of target " + other
                            + ". A target is a whole server: nothing is done until one of the two is somewhere else, both"
                            + " are one target that lists the databases of both, or an approver says that this server is"
                            + " a copy of that one.");
        });
    }

    /// Says that a target is on a server before anything is done there, so that no other target begins there too.
    ///
    /// @throws EngineFailure as [#checkAlone]
    public void settle(TargetName target, Observed observed) {
        store.together(() -> {
            store.all(
                    "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
                    _ -> true,
                    observed.server().identity());
            checkAlone(target, observed);
            store.run(
                    "UPDATE target_state SET server = ? WHERE target = ? AND server IS NULL",
                    observed.server().identity(),
                    target.value());
        });
    }

    // All copies of one server are servers of their own: none is taken for the original, nor for another copy.
    private Optional<TargetName> other(TargetName target, String identity) {
        return store.first(
                "SELECT o.target FROM target_state o WHERE o.server = ? AND NOT o.retired AND " + ORIGIN.formatted("o")
                        + " <> coalesce((SELECT t.copy_of FROM target_state t WHERE t.target = ?), ?) ORDER BY 1 LIMIT 1",
                row -> new TargetName(row.getString(1)),
                identity,
                target.value(),
                target.value());
    }

    /// Lets a target be on another server from now on: its logins are found there by their marks, as
    /// after the loss of the store, and proofs that the other server owes are given up.
    ///
    /// The server that it is on already may be named when the store is older than what was done there: then the
    /// directory is up to date again, and everybody on the target is kept true as ever.
    ///
    /// A copy of a server (a base backup, a snapshot) keeps the identity of the original. That it
    /// is a server of its own only a human knows, who names the target that is on the original, or on
    /// another copy. It is said of this server: who moves on is a copy no longer.
    ///
    /// @param identity of the server, as the target's failure tells it
    /// @throws IllegalArgumentException when it is there already, was never seen anywhere or
    /// another target is there, or without a reason
    public void move(TargetName target, String identity, Optional<TargetName> copyOf, String reason, Caller caller) {
        Ruling.checkReason(reason);
        store.together(() -> {
            if (!catchUp(target, identity, reason, caller)) {
                leave(target, identity, copyOf, reason, caller);
            }
        });
        wake.everybody();
    }

    /// Passes have numbers from now on that the server has never heard of. Where nobody can have made
    /// so many as it says, the next pass that changes something there writes over it instead.
    private boolean catchUp(TargetName target, String identity, String reason, Caller caller) {
        return store.together(() -> {
            Optional<Long> outrun = store.first(
                    "SELECT outrun FROM target_state WHERE target = ? AND server = ? AND outrun IS NOT NULL FOR UPDATE",
                    row -> row.getLong(1),
                    target.value(),
                    identity);
            outrun.ifPresent(pass -> {
                store.first(
                        "SELECT setval(s, greatest(next, CASE WHEN ? - next <= ? THEN ? END)) FROM"
                                + " (SELECT s, nextval(s) AS next"
                                + " FROM (SELECT pg_get_serial_sequence('pass', 'id')::regclass) AS q (s)) AS now",
                        row -> row.getLong(1),
                        pass,
                        OlderStores.MOST_FORGOTTEN,
                        pass);
                store.run(
                        "UPDATE target_state SET last_pass = outrun, outrun = NULL, outrun_told = NULL, whole_due = now(), settled = false"
                                + " WHERE target = ?",
                        target.value());
                store.run("UPDATE login SET settled = false WHERE target = ?", target.value());
                trail.record(new PassEvent.CaughtUp(caller, target, pass, reason));
            });
            return outrun.isPresent();
        });
    }

    private TargetName origin(TargetName target, TargetName original, String identity) {
        return store.first(
                        "SELECT " + ORIGIN.formatted("o") + " FROM target_state o WHERE o.target = ? AND o.server = ?"
                                + " AND o.target <> ? AND NOT o.retired",
                        row -> new TargetName(row.getString(1)),
                        original.value(),
                        identity,
                        target.value())
                .orElseThrow(() ->
                        new IllegalArgumentException("Target " + original + " is not the one that is on that server."));
    }

    private void leave(TargetName target, String identity, Optional<TargetName> copyOf, String reason, Caller caller) {
        store.together(() -> {
            Optional<TargetName> origin = copyOf.map(original -> origin(target, original, identity));
            Place before = store.first(
                            "SELECT t.server, " + ORIGIN.formatted("t")
                                    + " FROM target_state t WHERE t.target = ? FOR UPDATE",
                            row -> new Place(Store.text(row, 1), new TargetName(row.getString(2))),
                            target.value())
                    .orElse(new Place(Optional.empty(), target));
            store.run(
                    "UPDATE target_state SET copy_of = ? WHERE target = ?",
                    origin.map(TargetName::value).orElse(null),
                    target.value());
            other(target, identity).ifPresent(other -> {
                throw new IllegalArgumentException("Target " + other + " is on that server.");
            });
            if (origin.filter(copied -> !copied.equals(before.origin())).isEmpty()
                    && before.server().filter(known -> !known.equals(identity)).isEmpty()) {
                throw new IllegalArgumentException("Target " + target + " is on no other server than that.");
            }
            // Whoever is still at work on the other server writes nothing more; what that one knew says nothing of
            // this.
            store.run(
                    "UPDATE target_state SET server = ?, lease_until = NULL, lease_number = lease_number + 1,"
                            + " last_pass = NULL, outrun = NULL, outrun_told = NULL,"
                            + " whole_due = now(), not_before = NULL WHERE target = ?",
                    identity,
                    target.value());
            store.run("UPDATE login SET server_id = NULL, settled = false WHERE target = ?", target.value());
            store.run(
                    "UPDATE receipt SET verdict = false, proven = now(), done = coalesce(done, now()),"
                            + " why = 'the target is on another server by now' WHERE target = ? AND verdict IS NULL",
                    target.value());
            trail.record(new PassEvent.Moved(caller, target, before.server(), identity, copyOf, reason));
        });
    }
}
