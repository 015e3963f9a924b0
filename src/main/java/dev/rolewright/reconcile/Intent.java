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
}
