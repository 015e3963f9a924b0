package dev.rolewright.reconcile.proof;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.audit.AuditTrail;
import dev.rolewright.contract.Contract;
import dev.rolewright.model.TargetName;
import dev.rolewright.reach.Sessions;
import dev.rolewright.reconcile.look.Occasions;
import dev.rolewright.reconcile.targets.Servers;
import dev.rolewright.reconcile.work.Crew;
import dev.rolewright.reconcile.work.ReconcileConfig;
import dev.rolewright.reconcile.work.WorkRig;
import dev.rolewright.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// How one process proves, put together by hand.
public final class ProofRig {

    public final Owed owed;
    public final Receipts receipts;
    private final Prover prover;

    public ProofRig(
            Store store,
            AuditTrail trail,
            MeterRegistry meters,
            WorkRig work,
            Sessions sessions,
            Servers servers,
            Occasions occasions) {
        owed = new Owed(store);
        receipts = new Receipts(store);
        prover = new Prover(
                sessions, new ReceiptBook(store), servers, occasions, work.queue, store, trail, work.alarm, meters);
    }

    /// @param age younger debts are left to others
    /// @return whether there may be more
    public boolean turn(Contract contract, TargetName target, Duration age) {
        return prover.turn(contract, target, age);
    }

    /// Has proofs made beside the passes.
    ///
    /// @param store where is read what is owed
    public Proofs proofs(ReconcileConfig config, Supplier<Optional<ActiveContract>> contract, Store store) {
        return new Proofs(config, contract, new ReceiptBook(store), prover, new Crew());
    }
}
