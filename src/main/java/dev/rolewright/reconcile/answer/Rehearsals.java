package dev.rolewright.reconcile.answer;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.amendment.Contracts;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.plan.Server;
import dev.rolewright.reach.Sessions;
import dev.rolewright.reach.TargetAway;
import dev.rolewright.reconcile.hold.Intent;
import dev.rolewright.reconcile.look.Picture;
import dev.rolewright.reconcile.look.Sketches;
import dev.rolewright.reconcile.pass.Pass;
import dev.rolewright.reconcile.work.Queue;
import dev.rolewright.reconcile.work.Work;
import dev.rolewright.store.Errands;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/// Says what a pass would do, without doing any of it and without keeping anybody from making one.
@ApplicationScoped
public class Rehearsals {

    private final Contracts contracts;
    private final Sketches sketches;
    private final Sessions sessions;
    private final Queue queue;
    private final Pass pass;

    Rehearsals(Contracts contracts, Sketches sketches, Sessions sessions, Queue queue, Pass pass) {
        this.contracts = contracts;
        this.sketches = sketches;
        this.sessions = sessions;
        this.queue = queue;
        this.pass = pass;
    }

    /// A pass over the whole target, now.
    ///
    /// @throws IllegalArgumentException when the contract has no such target
    /// @throws TargetAway when the target cannot be asked
    public Rehearsal of(TargetName name) {
        ActiveContract active =
                contracts.active().orElseThrow(() -> new IllegalArgumentException("There is no contract."));
        Target target = active.contract().target(name);
        Work work = queue.peek(name);
        try (Errands errands = new Errands()) {
            return of(target, work, active, sketches.whole(work, active, errands));
        } catch (EngineFailure failure) {
            throw new TargetAway(failure);
        }
    }

    private Rehearsal of(Target target, Work work, ActiveContract active, Function<EngineSession, Picture> look) {
        try (EngineSession session = sessions.open(target, Purpose.LOOK)) {
            Picture picture = look.apply(session);
            Intent intent = pass.intend(session, work, active, picture);
            Server server = picture.observed().server();
            return new Rehearsal(
                    intent.plan(),
                    intent.drift(),
                    intent.braked(),
                    server,
                    PlanJson.digest(intent.plan(), server),
                    picture.now());
        }
    }
}
