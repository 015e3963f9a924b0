package dev.rolewright.reconcile;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.plan.Braked;
import dev.rolewright.plan.Drift;
import dev.rolewright.plan.Plan;

/// What a pass is about to do, and why.
///
/// @param plan everything that differs
/// @param parted what of it is done now, and what waits for a human
record Intent(Work work, ActiveContract active, Picture picture, Plan plan, Drift drift, Parted parted) {

    Braked braked() {
        return parted.braked();
    }

    /// Whether what is done may still be written down while it is done: it is long, takes nothing, and nobody in it
    /// was ever here. A proof that is owed of somebody asks which plan gave something back.
    boolean mayBeWrittenBeside() {
        return PlanPieces.isLong(braked().go())
                && braked().go().steps().stream()
                        .allMatch(step -> !step.takes()
                                && step.person()
                                        .filter(picture.rows()::containsKey)
                                        .isEmpty());
    }
}
