package dev.rolewright.reconcile.hold;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.HoldEvent;
import dev.rolewright.model.Caller;
import dev.rolewright.model.Limits;
import dev.rolewright.model.Ruling;
import dev.rolewright.model.RulingProblem;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Census;
import dev.rolewright.plan.Taken;
import dev.rolewright.reconcile.plans.KeptPlan;
import dev.rolewright.reconcile.plans.PlanBook;
import dev.rolewright.reconcile.work.Circuit;
import dev.rolewright.reconcile.work.Wake;
import dev.rolewright.store.JsonColumn;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Plans that wait for a human.
@ApplicationScoped
public class Holds {

    private static final String SELECT = "SELECT id, target, state,"
            // An earlier version counts nothing.
            + " coalesce(steps, json_array_length(plan -> 'lines')), coalesce(takes, hold_takes(plan)), digest, why,"
            + " census, limits, since, seen, decided, decider, reason FROM hold ";

    private final Store store;
    private final PlanBook plans;
    private final Circuit circuit;
    private final AuditTrail trail;
    private final Wake wake;

    Holds(Store store, Circuit circuit, AuditTrail trail, Wake wake) {
        this.store = store;
        this.plans = PlanBook.ofHolds(store);
        this.circuit = circuit;
        this.trail = trail;
        this.wake = wake;
    }

    /// Newest first.
    ///
    /// @param target empty for those of all targets
    /// @param openOnly without those that were decided or have passed
    public List<Hold> list(Optional<TargetName> target, boolean openOnly, @Nullable Long olderThan, int limit) {
        return store.all(
                SELECT + "WHERE (?::text IS NULL OR target = ?) AND (NOT ? OR state = 'open') AND id < ?"
                        + " ORDER BY id DESC LIMIT ?",
                Holds::hold,
                target.map(TargetName::value).orElse(null),
                target.map(TargetName::value).orElse(null),
                openOnly,
                olderThan == null ? Long.MAX_VALUE : olderThan,
                limit);
    }

    public Optional<Hold> find(long id) {
        return store.first(SELECT + "WHERE id = ?", Holds::hold, id);
    }

    /// What is held.
    public Optional<KeptPlan> plan(long id) {
        return plans.find(id);
    }

    /// Lets exactly what is held be performed, as far as it is still planned then; nothing else.
    ///
    /// @throws RulingProblem when there is nothing of its digest to be decided
    public Hold release(long id, Ruling ruling, Caller caller) {
        Hold released = decide(id, ruling, caller, Hold.State.RELEASED);
        wake.everybody();
        return released;
    }

    /// Keeps what is held from being done as long as it stays planned: whoever is wanted back and leaves again
    /// later, or is dismissed again, is another leaver.
    ///
    /// @throws RulingProblem when there is nothing of its digest to be decided
    public Hold refuse(long id, Ruling ruling, Caller caller) {
        return decide(id, ruling, caller, Hold.State.REFUSED);
    }

    private Hold decide(long id, Ruling ruling, Caller caller, Hold.State state) {
        return store.together(() -> {
            // As a pass that ends does, before it looks at holds: so nobody waits in a circle.
            var _ = store.all(
                    "SELECT 1 FROM target_state WHERE target = (SELECT target FROM hold WHERE id = ?) FOR UPDATE",
                    _ -> true,
                    id);
            Hold hold = store.first(SELECT + "WHERE id = ? FOR UPDATE", Holds::hold, id)
                    .orElseThrow(() -> new RulingProblem(RulingProblem.Kind.UNKNOWN, "There is no such hold."));
            ruling.check("Hold " + id, hold.state() == Hold.State.OPEN, Store.word(hold.state()), hold.digest());
            store.run(
                    "UPDATE hold SET state = ?, decided = now(), decider = ?, reason = ? WHERE id = ?",
                    Store.word(state),
                    caller.actor(),
                    ruling.reason(),
                    id);
            trail.record(
                    state == Hold.State.RELEASED
                            ? new HoldEvent.Released(caller, hold.target(), id, ruling.digest(), ruling.reason())
                            : new HoldEvent.Refused(caller, hold.target(), id, ruling.digest(), ruling.reason()));
            if (state == Hold.State.RELEASED) {
                store.run(
                        "UPDATE target_state SET whole_due = now() WHERE target = ?",
                        hold.target().value());
                circuit.close(hold.target());
            }
            return find(id).orElseThrow();
        });
    }

    public long open() {
        return store.first("SELECT count(*) FROM hold WHERE state = 'open'", row -> row.getLong(1))
                .orElse(0L);
    }

    private static Hold hold(ResultSet row) throws SQLException {
        return new Hold(
                row.getLong(1),
                new TargetName(row.getString(2)),
                Store.word(Hold.State.class, row.getString(3)),
                row.getInt(4),
                JsonColumn.read(row.getString(5), Taken.class),
                row.getString(6),
                List.of(Store.texts(row, 7)),
                JsonColumn.read(row.getString(8), Census.class),
                JsonColumn.read(row.getString(9), Limits.class),
                Store.instant(row, 10),
                Store.instant(row, 11),
                decision(row));
    }

    private static Optional<Hold.Decision> decision(ResultSet row) throws SQLException {
        return row.getString(13) == null
                ? Optional.empty()
                : Optional.of(new Hold.Decision(Store.instant(row, 12), row.getString(13), row.getString(14)));
    }
}
