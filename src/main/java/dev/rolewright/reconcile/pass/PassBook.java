package dev.rolewright.reconcile.pass;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Outcome;
import dev.rolewright.plan.Brakes;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.Step;
import dev.rolewright.plan.Taken;
import dev.rolewright.reconcile.aftermath.Performed;
import dev.rolewright.reconcile.hold.Intent;
import dev.rolewright.reconcile.hold.Takings;
import dev.rolewright.reconcile.plans.PlanBook;
import dev.rolewright.reconcile.work.Work;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;

/// The rows about passes.
@ApplicationScoped
public class PassBook {

    private final Store store;
    private final Takings takings;

    PassBook(Store store, Takings takings) {
        this.store = store;
        this.takings = takings;
    }

    /// When the plan of a pass is written down.
    enum Writing {
        /// With the row of the pass.
        WITH_THE_PASS,
        /// After that, by itself, and before anything of it is done.
        BEFORE_ITS_STEPS,
        /// While it is done: it is long, makes logins of people who were never here, and takes nothing. A proof
        /// that is owed of somebody asks which plan gave something back.
        BESIDE_ITS_STEPS;

        static Writing of(Intent intent) {
            Plan go = intent.braked().go();
            if (!PlanBook.isLong(go)) {
                return WITH_THE_PASS;
            }
            return go.steps().stream().anyMatch(Step.CreateLogin.class::isInstance)
                            && go.steps().stream()
                                    .allMatch(step -> !step.takes()
                                            && step.person()
                                                    .filter(intent.picture().rows()::containsKey)
                                                    .isEmpty())
                    ? BESIDE_ITS_STEPS
                    : BEFORE_ITS_STEPS;
        }
    }

    /// A pass that begins, with the plan that it is to perform unless that is written later.
    ///
    /// @param digest of the plan
    long open(Intent intent, String digest) {
        Work work = intent.work();
        Plan go = intent.braked().go();
        if (!work.within()) { // the one around it is not cut off
            takings.settle(work.target(), intent.plan());
        }
        Taken promised = taken(intent, go);
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
                        go.isEmpty() || Writing.of(intent) != Writing.WITH_THE_PASS ? null : PlanBook.head(go),
                        digest,
                        work.requests().toArray(Long[]::new),
                        promised.suspended(),
                        promised.dropped(),
                        promised.revoked())
                .orElseThrow();
    }

    /// The plan of a pass that began without it.
    void write(long pass, Plan plan) {
        PlanBook.ofPasses(store).write(pass, plan);
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
