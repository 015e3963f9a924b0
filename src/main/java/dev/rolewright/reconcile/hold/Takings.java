package dev.rolewright.reconcile.hold;

import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Brakes;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.Step;
import dev.rolewright.plan.Taken;
import dev.rolewright.reconcile.plans.PlanBook;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/// What passes took from people lately, as the brakes count it; and what those took that were cut off.
@ApplicationScoped
public class Takings {

    private static final String LATELY = """
             FROM pass WHERE target = ? AND (suspended > 0 OR dropped > 0 OR revoked > 0) AND began > greatest(now() - interval '1 hour',
                 (SELECT max(CASE state WHEN 'done' THEN seen ELSE decided END) FROM hold
                  WHERE target = ? AND state IN ('released', 'done')))""";

    private final Store store;
    private final PlanBook plans;

    Takings(Store store) {
        this.store = store;
        this.plans = PlanBook.ofPasses(store);
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
        return unclear(LATELY + " AND unclear", target.value(), target.value()).stream()
                .map(pass -> done(pass, plan))
                .reduce(clear, Taken::plus);
    }

    /// Whoever has the target's lease is alone: what other passes left open is decided by what is left of their
    /// plans. A plan that takes nothing, and may be the one that made everybody's login, is not read again.
    public void settle(TargetName target, Plan plan) {
        unclear("FROM pass WHERE target = ? AND unclear", target.value()).forEach(pass -> {
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
    private record Unclear(long number, Taken promised) {}

    private List<Unclear> unclear(String from, Object... values) {
        return store.all(
                "SELECT id, suspended, dropped, revoked " + from,
                row -> new Unclear(row.getLong(1), taken(row, 2)),
                values);
    }

    /// Whoever died before the plan was written had done nothing of it.
    private Taken done(Unclear pass, Plan now) {
        if (pass.promised().isNothing()) {
            return Taken.NOTHING;
        }
        Set<Step> left = Set.copyOf(now.steps());
        return plans.find(pass.number())
                .map(plan -> Brakes.takenBy(plan.only(line -> !left.contains(line.step())))
                        .atMost(pass.promised()))
                .orElse(Taken.NOTHING);
    }

    private static Taken taken(ResultSet row, int from) throws SQLException {
        return new Taken(row.getLong(from), row.getLong(from + 1), row.getLong(from + 2));
    }
}
