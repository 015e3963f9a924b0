package dev.rolewright.reconcile.hold;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.reconcile.work.ReconcileConfig;
import dev.rolewright.reconcile.work.WorkRig;
import dev.rolewright.store.Store;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// How one process holds back, put together by hand.
public final class HoldRig {

    public final Gate gate;
    public final HeldSteps steps;
    public final Takings takings;
    public final Holds holds;

    public HoldRig(Store store, AuditTrail trail, ReconcileConfig config, WorkRig work, Leavers leavers) {
        steps = new HeldSteps(store);
        takings = new Takings(store);
        gate = new Gate(store, takings, steps, leavers.dismissals, trail, config);
        holds = new Holds(store, work.circuit, trail, work.wake);
    }

    /// Who was dismissed, as the application has put it together.
    @Singleton
    public static final class Leavers {

        private final Dismissals dismissals;

        @Inject
        Leavers(Dismissals dismissals) {
            this.dismissals = dismissals;
        }
    }
}
