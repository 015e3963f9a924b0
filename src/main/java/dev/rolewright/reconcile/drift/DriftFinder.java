package dev.rolewright.reconcile.drift;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Drift;
import dev.rolewright.plan.Plan;
import dev.rolewright.reconcile.login.LoginRow;
import dev.rolewright.reconcile.look.People;
import dev.rolewright.reconcile.look.Picture;
import dev.rolewright.reconcile.work.Queue;
import dev.rolewright.reconcile.work.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/// Finds what was changed by hand, and asks the server since when and by whom.
@ApplicationScoped
public class DriftFinder {

    private static final Logger LOG = Logger.getLogger(DriftFinder.class);

    private final People people;
    private final Queue queue;
    private final DriftBook drifts;

    DriftFinder(People people, Queue queue, DriftBook drifts) {
        this.people = people;
        this.queue = queue;
        this.drifts = drifts;
    }

    /// @param plan what differs
    public Drift find(EngineSession session, Work work, ActiveContract active, Picture picture, Plan plan) {
        Drift drift = Drift.find(plan, asked(work, active, picture));
        if (drift.items().isEmpty()) {
            return drift;
        }
        try {
            return drift.with(session.origins(
                    drift.items().stream().map(Drift.Finding::remedy).toList()));
        } catch (EngineFailure failure) {
            // What is to be done does not depend on it.
            LOG.debugf("Since when things were changed by hand could not be asked: %s", failure.sentence());
            return drift;
        }
    }

    /// What we have asked for since the target was last as desired. Everything else that differs was done by hand.
    private Drift.Asked asked(Work work, ActiveContract active, Picture picture) {
        Set<PersonId> asked = new HashSet<>(work.people());
        if (work.whole()) {
            // The snapshot may know more than the marks it was made for. A mark goes from the one to the other.
            asked.addAll(people.untaken());
            asked.addAll(queue.marked(work.target()));
        }
        picture.rows().values().stream()
                .filter(row -> !row.settled())
                .map(LoginRow::person)
                .forEach(asked::add);
        return new Drift.Asked(!work.memory().isSettled(active, picture.now()), asked, drifts.known(work.target()));
    }
}
