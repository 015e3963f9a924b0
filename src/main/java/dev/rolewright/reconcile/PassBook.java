package dev.rolewright.reconcile;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Outcome;
import dev.rolewright.plan.Brakes;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.plan.Step;
import dev.rolewright.plan.Taken;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows about passes.
@ApplicationScoped
class PassBook {

    private final Store store;

    PassBook(Store store) {
        this.store = store;
    }

    /// A pass that begins, with the plan that it is to perform.
    long open(Intent intent, String digest) {
        Work work = intent.work();
        return store.first(
                        "INSERT INTO pass (target, whole, people, contract, asked, began, held, drift, plan, digest, answers)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?, ?) RETURNING id",
                        row -> row.getLong(1),
                        work.target().value(),
                        work.whole(),
                        work.people().size(),
                        intent.active().number(),
                        work.asked(),
                        intent.picture().now(),
                        intent.braked().held().lines().size(),
                        intent.drift().items().size(),
                        text(intent.braked().go()),
                        digest,
                        work.requests().toArray(Long[]::new))
                .orElseThrow();
    }

    /// A pass that is over.
    void close(long pass, Intent intent, Performed performed) {
        int[] counts = new int[3];
        performed.each((_, outcome) -> {
            switch (outcome) {
                case Outcome.Done _ -> counts[0]++;
                case Outcome.Failed _ -> counts[1]++;
                case Outcome.Skipped _ -> counts[2]++;
            }
        });
        Set<Step> written = intent.parted().written();
        Taken taken = Brakes.takenBy(performed.done().only(line -> !written.contains(line.step())));
        PassSummary.Outcome outcome = outcome(intent, performed, counts[1] + counts[2]);
        store.run(
                "UPDATE pass SET ended = now(), outcome = ?, done = ?, failed = ?, skipped = ?, suspended = ?, dropped = ?,"
                        + " revoked = ?, failure = ? WHERE id = ?",
                Store.word(outcome),
                counts[0],
                counts[1],
                counts[2],
                taken.suspended(),
                taken.dropped(),
                taken.revoked(),
                performed.failure().map(EngineFailure::sentence).orElse(null),
                pass);
    }

    /// A pass that could not begin. It is written down when somebody waits for it, or when it is the first.
    void failed(Work work, long contract, Instant began, EngineFailure failure) {
        if (work.requests().isEmpty() && work.memory().failures() > 0) {
            return;
        }
        store.run(
                "INSERT INTO pass (target, whole, people, contract, asked, began, ended, outcome, failure, answers)"
                        + " VALUES (?, ?, ?, ?, ?, ?, now(), 'failed', ?, ?)",
                work.target().value(),
                work.whole(),
                work.people().size(),
                contract,
                work.asked(),
                began,
                failure.sentence(),
                work.requests().toArray(Long[]::new));
    }

    /// What was taken from people on the target within the last hour, since a human last let something go:
    /// that, and the pass that performed it, do not count.
    Taken lately(Work work) {
        return store.first(
                        """
                        SELECT coalesce(sum(suspended), 0), coalesce(sum(dropped), 0), coalesce(sum(revoked), 0) FROM pass
                        WHERE target = ? AND began > greatest(now() - interval '1 hour',
                            (SELECT max(CASE state WHEN 'done' THEN seen ELSE decided END) FROM hold
                             WHERE target = ? AND state IN ('released', 'done')))
                          AND (suspended > 0 OR dropped > 0 OR revoked > 0)""",
                        row -> new Taken(row.getLong(1), row.getLong(2), row.getLong(3)),
                        work.target().value(),
                        work.target().value())
                .orElse(Taken.NOTHING);
    }

    private static @Nullable String text(Plan plan) {
        return plan.isEmpty() ? null : PlanJson.text(plan);
    }

    private static PassSummary.Outcome outcome(Intent intent, Performed performed, int undone) {
        if (performed.failure().isPresent()) {
            return PassSummary.Outcome.FAILED;
        }
        if (undone > 0) {
            return PassSummary.Outcome.PARTLY;
        }
        return intent.braked().isHeld() ? PassSummary.Outcome.HELD : PassSummary.Outcome.DONE;
    }
}
