package dev.rolewright.reconcile;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.Target;
import dev.rolewright.plan.Drift;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One pass over one target: look, compare, hold back what is too much, write down what is to be done, do it, write
/// down what came of it.
///
/// No transaction of the store is open while the target is spoken to. Killed between any two lines it leaves marks in
/// the queue that another pass finds, and a target that the other pass looks at anew.
@ApplicationScoped
class Pass {

    /// As many steps are handed over at once; in between is asked whether the target is still ours.
    private static final int BATCH = 10_000;

    private final Sketches sketches;
    private final Sessions sessions;
    private final Servers servers;
    private final Gate gate;
    private final Journal journal;
    private final PassMeter meter;
    private final PassStory story;

    Pass(
            Sketches sketches,
            Sessions sessions,
            Servers servers,
            Gate gate,
            Journal journal,
            PassMeter meter,
            PassStory story) {
        this.sketches = sketches;
        this.sessions = sessions;
        this.servers = servers;
        this.gate = gate;
        this.journal = journal;
        this.meter = meter;
        this.story = story;
    }

    /// What came of a pass.
    ///
    /// @param owes whether a proof is owed that something is gone
    /// @param failure what made the target stop taking changes before everything was done
    record End(boolean owes, Optional<EngineFailure> failure) {

        static final End NOTHING = new End(false, Optional.empty());
    }

    /// @throws EngineFailure when nothing could be done on the target at all
    /// @throws Lease.LeaseLost when another process has taken over
    End make(Work work, ActiveContract active) {
        Target target = active.contract().target(work.target());
        Optional<Picture.Sketch> sketch = work.whole() ? Optional.empty() : Optional.of(sketches.of(work, active));
        if (work.requests().isEmpty() && sketch.filter(Picture.Sketch::isBlank).isPresent()) {
            journal.skip(work);
            return End.NOTHING;
        }
        try (EngineSession session = sessions.open(target, Purpose.CHANGE)) {
            Picture picture =
                    sketch.map(some -> some.complete(session)).orElseGet(() -> sketches.whole(work, active, session));
            Intent intent = intend(session, work, active, picture);
            if (work.memory().server().isEmpty()) {
                servers.settle(work.target(), picture.observed());
            }
            Optional<Long> outrun = OlderStore.outrun(work.memory(), picture.observed());
            if (outrun.isPresent() && work.memory().outrun().isEmpty()) {
                journal.outrun(work, outrun.get());
                return End.NOTHING;
            }
            Optional<Long> pass = journal.begin(intent);
            Performed performed =
                    perform(intent.braked().go(), session, work.lease(), outrun.isPresent() ? Optional.empty() : pass);
            boolean owes = journal.end(intent, pass, performed);
            meter.ended(intent, performed);
            pass.ifPresent(number -> story.tell(intent, number, performed));
            return new End(owes, performed.failure());
        }
    }

    /// What is to be done about what is seen: a pass does it, and a rehearsal says it.
    Intent intend(EngineSession session, Work work, ActiveContract active, Picture picture) {
        Servers.check(work.memory().server(), picture.observed());
        servers.checkAlone(work.target(), picture.observed());
        Target target = active.contract().target(work.target());
        Plan plan = OlderStore.outrun(work.memory(), picture.observed())
                .map(pass -> OlderStore.leave(picture, work, pass))
                .orElseGet(picture::plan);
        Drift drift = DriftFinder.find(session, plan, sketches.asked(work, active, picture));
        Plan ours = target.drift() == Target.Drift.REPORT ? drift.rest() : plan;
        return new Intent(work, active, picture, plan, drift, gate.part(work, active.contract(), ours, picture));
    }

    /// @param pass which the server is to remember when it changed something
    private static Performed perform(Plan plan, EngineSession session, Lease lease, Optional<Long> pass) {
        List<Step> steps = plan.steps();
        List<Outcome> outcomes = new ArrayList<>(steps.size());
        try {
            for (int from = 0; from < steps.size(); from += BATCH) {
                lease.check();
                outcomes.addAll(session.perform(steps.subList(from, Math.min(steps.size(), from + BATCH))));
            }
            if (!steps.isEmpty()) {
                pass.ifPresent(session::remember);
            }
            return new Performed(plan, outcomes, session.made(), Optional.empty());
        } catch (EngineFailure failure) {
            return new Performed(plan, outcomes, session.made(), Optional.of(failure));
        }
    }
}
