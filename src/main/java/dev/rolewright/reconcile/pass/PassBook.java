package dev.rolewright.reconcile.pass;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Outcome;
import dev.rolewright.plan.Brakes;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.plan.Server;
import dev.rolewright.plan.Step;
import dev.rolewright.plan.Taken;
import dev.rolewright.reconcile.aftermath.Performed;
import dev.rolewright.reconcile.hold.Intent;
import dev.rolewright.reconcile.hold.Takings;
import dev.rolewright.reconcile.kept.PlanPieces;
import dev.rolewright.reconcile.work.Work;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows about passes.
@ApplicationScoped
public class PassBook {

    private final Store store;
    private final Takings takings;

    PassBook(Store store, Takings takings) {
        this.store = store;
        this.takings = takings;
    }

    /// What is written down of a plan at the beginning.
    ///
    /// @param text null where there is nothing to do, and where it is long: that is written [by
    /// itself][PassBook#script]
    record Script(@Nullable String text, String digest) {

        /// Whether what is done may still be written down while it is done: it is long, takes nothing, and
        /// nobody in it was ever here. A proof that is owed of somebody asks which plan gave something back.
        static boolean mayBeLater(Intent intent) {
            return PlanPieces.isLong(intent.braked().go())
                    && intent.braked().go().steps().stream()
                            .allMatch(step -> !step.takes()
                                    && step.person()
                                            .filter(intent.picture().rows()::containsKey)
                                            .isEmpty());
        }

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
            takings.clear(work.target(), intent.plan());
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
            PlanPieces.ofPasses(store).write(pass, plan);
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
    public void failed(Work work, long contract, Instant began, EngineFailure failure) {
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

    private static Taken taken(Intent intent, Plan plan) {
        Set<Step> written = intent.parted().written();
        return Brakes.takenBy(plan.only(line -> !written.contains(line.step())));
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
