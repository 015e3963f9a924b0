package dev.rolewright.reconcile.hold;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.plan.Braked;
import dev.rolewright.plan.Drift;
import dev.rolewright.plan.Plan;
import dev.rolewright.reconcile.look.Picture;
import dev.rolewright.reconcile.work.Work;

/// What a pass is about to do, and why.
///
/// @param plan everything that differs
/// @param parted what of it is done now, and what waits for a human
public record Intent(Work work, ActiveContract active, Picture picture, Plan plan, Drift drift, Parted parted) {

    public Braked braked() {
        return parted.braked();
    }
}
