package dev.rolewright.reconcile;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Brakes;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.plan.Server;
import dev.rolewright.plan.Step;
import dev.rolewright.plan.Taken;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows about passes.
@ApplicationScoped
class PassBook {

    private static final String LATELY = """
             FROM pass WHERE target = ? AND (suspended > 0 OR dropped > 0 OR revoked > 0) AND began > greatest(now() - interval '1 hour',
                 (SELECT max(CASE state WHEN 'done' THEN seen ELSE decided END) FROM hold
                  WHERE target = ? AND state IN ('released', 'done')))""";

    private final Store store;
    private final PlanPieces pieces;

    PassBook(Store store) {
        this.store = store;
        this.pieces = PlanPieces.ofPasses(store);
    }

    /// What is written down of a plan at the beginning.
    ///
    /// @param text null where there is nothing to do, and where it is long: that is written [by
    /// itself][PassBook#script]
    record Script(@Nullable String text, String digest) {

        static Script of(Plan plan, Server server) {
            return new Script(
                    plan.isEmpty() || PlanPieces.isLong(plan) ? null : PlanPieces.head(plan),
                    PlanJson.digest(plan, server));
        }
    }

    /// A pass that begins, with the plan that it is to perform.
    long open(Intent intent, Script script) {
        Work work = intent.work();
        if (!work.within()) { // the one around it is not cut off
            clear(work.target(), intent.plan());
        }
        Taken promised = taken(intent, intent.braked().go());
        return store.first(
                        "INSERT INTO pass (target, whole, people, contract, asked, began, held, drift, plan, digest, answers,"
                                + " suspended, dropped, revoked, unclear)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?, ?, ?, ?, ?, true) RETURNING id",
                        row -> row.getLong(1),
                        work.target().value(),
                        work.whole(),
                        work.people().size(),
                        intent.active().number(),
                        work.asked(),
                        intent.picture().now(),
                        intent.braked().held().lines().size(),
                        intent.drift().items().size(),
                        script.text(),
                        script.digest(),
                        work.requests().toArray(Long[]::new),
                        promised.suspended(),
                        promised.dropped(),
                        promised.revoked())
                .orElseThrow();
    }

    /// The long plan of a pass that began without it.
    void script(long pass, Plan plan) {
        store.together(() -> {
            pieces.write(pass, plan);
            store.run("UPDATE pass SET plan = ?::json WHERE id = ?", PlanPieces.head(plan), pass);
        });
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
        boolean unclear = performed.failure().isPresent();
        Taken taken = taken(intent, unclear ? intent.braked().go() : performed.done());
        PassSummary.Outcome outcome = outcome(intent, performed, counts[1] + counts[2]);
        store.run(
                "UPDATE pass SET ended = clock_timestamp(), outcome = ?, done = ?, failed = ?, skipped = ?, suspended = ?, dropped = ?,"
                        + " revoked = ?, unclear = ?, failure = ? WHERE id = ?",
                Store.word(outcome),
                counts[0],
                counts[1],
                counts[2],
                taken.suspended(),
                taken.dropped(),
                taken.revoked(),
                unclear,
                performed.failure().map(EngineFailure::sentence).orElse(null),
                pass);
    }

    /// What a pass has taken, when nothing that is left of its plan takes anything.
    void count(long pass, Intent intent, Performed performed) {
        Taken taken = taken(intent, performed.done());
        store.run(
                "UPDATE pass SET unclear = false, suspended = ?, dropped = ?, revoked = ? WHERE id = ?",
                taken.suspended(),
                taken.dropped(),
                taken.revoked(),
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
    ///
    /// @param plan what differs now: a pass that was cut off has not done what is still to be done
    Taken lately(TargetName target, Plan plan) {
        Taken clear = store.first(
                        "SELECT coalesce(sum(suspended), 0), coalesce(sum(dropped), 0), coalesce(sum(revoked), 0) "
                                + LATELY + " AND NOT unclear",
                        row -> taken(row, 1),
                        target.value(),
                        target.value())
                .orElse(Taken.NOTHING);
        return cut(
                        "SELECT id, plan, suspended, dropped, revoked " + LATELY + " AND unclear AND plan IS NOT NULL",
                        target,
                        target)
                .stream()
                .map(pass -> done(pass, plan))
                .reduce(clear, Taken::plus);
    }

    /// Whoever has the target's lease is alone: what other passes left open is decided by what is left of their
    /// plans. A plan that takes nothing, and may be the one that made everybody's login, is not read again.
    private void clear(TargetName target, Plan plan) {
        cut(
                        "SELECT id, CASE WHEN suspended > 0 OR dropped > 0 OR revoked > 0 THEN plan END, suspended, dropped,"
                                + " revoked FROM pass WHERE target = ? AND unclear",
                        target)
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

    private List<Cut> cut(String select, TargetName... targets) {
        return store.all(select, row -> new Cut(row.getLong(1), Store.text(row, 2), taken(row, 3)), (Object[])
                Arrays.stream(targets).map(TargetName::value).toArray(String[]::new));
    }

    private Taken done(Cut pass, Plan now) {
        if (pass.head().isEmpty()) {
            return Taken.NOTHING;
        }
        Set<Step> left = Set.copyOf(now.steps());
        Plan done = pieces.read(pass.number(), pass.head().get()).only(line -> !left.contains(line.step()));
        return Brakes.takenBy(done).atMost(pass.promised());
    }

    private static Taken taken(Intent intent, Plan plan) {
        Set<Step> written = intent.parted().written();
        return Brakes.takenBy(plan.only(line -> !written.contains(line.step())));
    }

    private static Taken taken(ResultSet row, int from) throws SQLException {
        return new Taken(row.getLong(from), row.getLong(from + 1), row.getLong(from + 2));
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
