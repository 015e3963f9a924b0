package dev.rolewright.reconcile.pass;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.model.TargetName;
import dev.rolewright.reach.Sessions;
import dev.rolewright.reconcile.drift.DriftRig;
import dev.rolewright.reconcile.hold.HoldRig;
import dev.rolewright.reconcile.login.LoginBook;
import dev.rolewright.reconcile.look.LookRig;
import dev.rolewright.reconcile.proof.Owed;
import dev.rolewright.reconcile.targets.TargetRig;
import dev.rolewright.reconcile.work.Crew;
import dev.rolewright.reconcile.work.Queue;
import dev.rolewright.reconcile.work.ReconcileConfig;
import dev.rolewright.store.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.function.Consumer;

/// How one process makes passes, put together by hand.
public final class PassRig {

    /// Most plans are cut into several portions.
    private static final Portions FEW = new Portions(3, 2);

    public final PassBook book;
    public final Pass pass;

    /// @param proofs is told of a target where something was taken
    public PassRig(
            Store store,
            AuditTrail trail,
            ReconcileConfig config,
            Sessions sessions,
            Queue queue,
            LoginBook logins,
            TargetRig targets,
            LookRig look,
            HoldRig hold,
            DriftRig drift,
            Owed owed,
            Consumer<TargetName> proofs) {
        book = new PassBook(store, hold.takings);
        Ledger ledger = new Ledger(store, queue, logins, book, trail);
        Journal journal =
                new Journal(store, queue, ledger, book, trail, hold.gate, owed, drift.book, targets.powers, config);
        pass = new Pass(
                look.sketches,
                sessions,
                targets.servers,
                drift.finder,
                hold.gate,
                FEW,
                journal,
                ledger,
                new Interludes(queue, logins, journal, proofs),
                targets.older,
                new PassMeter(new SimpleMeterRegistry()),
                new PassStory(look.occasions, OpenTelemetry.noop().getTracer("rig"), new Crew()));
    }
}
