package dev.rolewright.reconcile.pass;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.model.Target;
import dev.rolewright.plan.Drift;
import dev.rolewright.plan.Plan;
import dev.rolewright.reach.Sessions;
import dev.rolewright.reconcile.aftermath.Aftermath;
import dev.rolewright.reconcile.aftermath.Performed;
import dev.rolewright.reconcile.drift.DriftFinder;
import dev.rolewright.reconcile.hold.Gate;
import dev.rolewright.reconcile.hold.Intent;
import dev.rolewright.reconcile.hold.OlderStore;
import dev.rolewright.reconcile.look.Picture;
import dev.rolewright.reconcile.look.Sketches;
import dev.rolewright.reconcile.targets.OlderStores;
import dev.rolewright.reconcile.targets.Servers;
import dev.rolewright.reconcile.work.Work;
import dev.rolewright.store.Errands;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One pass over one target: look, compare, hold back what is too much, write down what is to be done, do it, write
/// down what came of it.
///
/// No transaction of the store waits for the target. Killed between any two lines it leaves marks in the queue that
/// another pass finds, and a target that the other pass looks at anew.
@ApplicationScoped
public class Pass {

    private final Sketches sketches;
    private final Sessions sessions;
    private final Servers servers;
    private final DriftFinder drifts;
    private final Gate gate;
    private final Portions portions;
    private final Journal journal;
    private final Ledger ledger;
    private final Interludes interludes;
    private final OlderStores older;
    private final PassMeter meter;
    private final PassStory story;

    Pass(
            Sketches sketches,
            Sessions sessions,
            Servers servers,
            DriftFinder drifts,
            Gate gate,
            Portions portions,
            Journal journal,
            Ledger ledger,
            Interludes interludes,
            OlderStores older,
            PassMeter meter,
            PassStory story) {
        this.sketches = sketches;
        this.sessions = sessions;
        this.servers = servers;
        this.drifts = drifts;
        this.gate = gate;
        this.portions = portions;
        this.journal = journal;
        this.ledger = ledger;
        this.interludes = interludes;
        this.older = older;
        this.meter = meter;
        this.story = story;
    }

    /// @throws EngineFailure when nothing could be done on the target at all
    /// @throws Lease.LeaseLost when another process has taken over
    public Ended make(Work work, ActiveContract active) {
        Optional<Picture.Sketch> sketch = work.whole() ? Optional.empty() : Optional.of(sketches.of(work, active));
        if (work.requests().isEmpty() && sketch.filter(Picture.Sketch::isBlank).isPresent()) {
            journal.skip(work);
            return Ended.NOTHING;
        }
        try (Errands errands = new Errands()) {
            return make(
                    work,
                    active,
                    sketch.<Function<EngineSession, Picture>>map(some -> some::complete)
                            .orElseGet(() -> sketches.whole(work, active, errands)));
        }
    }

    private Ended make(Work work, ActiveContract active, Function<EngineSession, Picture> look) {
        Target target = active.contract().target(work.target());
        try (EngineSession session = sessions.open(target, Purpose.CHANGE)) {
            return make(session, work, active, look.apply(session));
        }
    }

    private Ended make(EngineSession session, Work work, ActiveContract active, Picture picture) {
        Intent intent = intend(session, work, active, picture);
        if (work.lease().isRecalled()) {
            journal.leave(work);
            return Ended.NOTHING;
        }
        if (work.memory().server().isEmpty()) {
            servers.settle(work.target(), picture.observed());
        }
        Optional<Long> outrun = OlderStore.outrun(work.memory(), picture.observed());
        outrun.ifPresent(pass -> older.warn(work.target(), pass));
        if (outrun.isPresent() && work.memory().outrun().isEmpty()) {
            journal.outrun(work, outrun.get());
            return Ended.NOTHING;
        }
        List<Portion> cut = portions.of(intent.braked().go());
        Optional<Long> pass = journal.begin(intent, cut);
        Aftermath after = new Aftermath(intent);
        Interlude interlude = interludes.of(intent, cut, after, few -> within(session, few, active));
        Performed performed = perform(
                session,
                new Relay(ledger, intent, pass, cut, after, interlude),
                outrun.isPresent() ? Optional.empty() : pass);
        boolean owes = journal.end(intent, pass, performed, after, interlude.meanwhile());
        meter.ended(intent, performed);
        pass.ifPresent(number -> story.tell(intent, number, performed));
        return new Ended(owes, pass, Optional.of(performed));
    }

    /// A pass about a few people between two portions of another one.
    private Ended within(EngineSession session, Work few, ActiveContract active) {
        return make(session, few, active, sketches.of(few, active).complete(session));
    }

    /// What is to be done about what is seen: a pass does it, and a rehearsal says it.
    public Intent intend(EngineSession session, Work work, ActiveContract active, Picture picture) {
        Servers.check(work.memory().server(), picture.observed());
        servers.checkAlone(work.target(), picture.observed());
        Target target = active.contract().target(work.target());
        Plan plan = OlderStore.outrun(work.memory(), picture.observed())
                .map(pass -> OlderStore.leave(picture, work, pass))
                .orElseGet(picture::plan);
        Drift drift = drifts.find(session, work, active, picture, plan);
        Plan ours = target.drift() == Target.Drift.REPORT ? drift.rest() : plan;
        return new Intent(work, active, picture, plan, drift, gate.part(work, active.contract(), ours, picture));
    }

    /// @param pass which the server is to remember when it changed something
    private static Performed perform(EngineSession session, Relay relay, Optional<Long> pass) {
        try (relay) {
            return relay.perform(session, pass);
        }
    }
}
