package dev.rolewright.reconcile;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.plan.Drift;
import dev.rolewright.plan.Plan;
import org.jboss.logging.Logger;

/// Finds what was changed by hand, and asks the server since when and by whom.
final class DriftFinder {

    private static final Logger LOG = Logger.getLogger(DriftFinder.class);

    private DriftFinder() {}

    static Drift find(EngineSession session, Plan plan, Drift.Asked asked) {
        Drift drift = Drift.find(plan, asked);
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
}
