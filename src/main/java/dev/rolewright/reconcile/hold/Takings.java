package dev.rolewright.reconcile.hold;

import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Brakes;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.Step;
import dev.rolewright.plan.Taken;
import dev.rolewright.reconcile.kept.KeptPlan;
import dev.rolewright.reconcile.kept.PlanPieces;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What passes took from people lately, as the brakes count it.
@ApplicationScoped
public class Takings {

    private static final String LATELY = """
             FROM pass WHERE target = ? AND (suspended > 0 OR dropped > 0 OR revoked > 0) AND began > greatest(now() - interval '1 hour',
                 (SELECT max(CASE state WHEN 'done' THEN seen ELSE decided END) FROM hold
                  WHERE target = ? AND state IN ('released', 'done')))""";

    private final Store store;

    Takings(Store store) {
        this.store = store;
    }

    /// What was taken from people on the target within the last hour, since a human last let something go:
    /// that, and the pass that performed it, do not count.
    ///
    /// @param plan what differs now: a pass that was cut off has not done what is still to be done
    public Taken lately(TargetName target, Plan plan) {
        Taken clear = store.first(
                        "SELECT coalesce(sum(suspended), 0), coalesce(sum(dropped), 0), coalesce(sum(revoked), 0) "
                                + LATELY + " AND NOT unclear",
                        row -> taken(row, 1),
                        target.value(),
                        target.value())
                .orElse(Taken.NOTHING);
        return cut(
                        "SELECT id, plan, suspended, dropped, revoked " + LATELY + " AND unclear AND plan IS NOT NULL",
                        target.value(),
                        target.value())
                .stream()
                .map(pass -> done(pass, plan))
                .reduce(clear, Taken::plus);
    }

    /// Whoever has the target's lease is alone: what other passes left open is decided by what is left of their
    /// plans. A plan that takes nothing, and may be the one that made everybody's login, is not read again.
    public void clear(TargetName target, Plan plan) {
        cut(
                        "SELECT id, CASE WHEN suspended > 0 OR dropped > 0 OR revoked > 0 THEN plan END, suspended, dropped,"
                                + " revoked FROM pass WHERE target = ? AND unclear",
                        target.value())
                .forEach(pass -> {
                    Taken done = done(pass, plan);
                    store.run(
                            "UPDATE pass SET unclear = false, suspended = ?, dropped = ?, revoked = ? WHERE id = ?",
                            done.suspended(),
                            done.dropped(),
                            done.revoked(),
                            pass.number());
                });
    }

    /// A pass of which nobody wrote down what it did.
    ///
    /// @param head of its plan
    private record Cut(long number, Optional<String> head, Taken promised) {}

    private List<Cut> cut(String select, Object... values) {
        return store.all(select, row -> new Cut(row.getLong(1), Store.text(row, 2), taken(row, 3)), values);
    }

    private Taken done(Cut pass, Plan now) {
        if (pass.head().isEmpty()) {
            return Taken.NOTHING;
        }
        Set<Step> left = Set.copyOf(now.steps());
        KeptPlan plan =
                PlanPieces.ofPasses(store).read(pass.number(), pass.head().get());
        return Brakes.takenBy(plan.only(line -> !left.contains(line.step()))).atMost(pass.promised());
    }

    private static Taken taken(ResultSet row, int from) throws SQLException {
        return new Taken(row.getLong(from), row.getLong(from + 1), row.getLong(from + 2));
    }
}
