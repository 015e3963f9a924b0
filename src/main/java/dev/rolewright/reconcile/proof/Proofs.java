package dev.rolewright.reconcile.proof;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.amendment.Contracts;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.TargetName;
import dev.rolewright.reconcile.work.Crew;
import dev.rolewright.reconcile.work.ReconcileConfig;
import dev.rolewright.store.StoreFailure;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Has proofs made beside the passes: at once after a pass that took something, and on a schedule for what a process
/// that died has left.
@ApplicationScoped
public class Proofs {

    private static final Logger LOG = Logger.getLogger(Proofs.class);

    /// So long a debt is left to the process that made the pass.
    private static final Duration OTHERS = Duration.ofSeconds(10);

    private final ReconcileConfig config;
    private final Supplier<Optional<ActiveContract>> contract;
    private final ReceiptBook receipts;
    private final Prover prover;
    private final Crew crew;

    /// The targets that are at work, and whether it rang again since.
    private final ConcurrentMap<TargetName, Boolean> busy = new ConcurrentHashMap<>();

    @Inject
    Proofs(ReconcileConfig config, Contracts contracts, ReceiptBook receipts, Prover prover, Crew crew) {
        this(config, contracts::active, receipts, prover, crew);
    }

    Proofs(
            ReconcileConfig config,
            Supplier<Optional<ActiveContract>> contract,
            ReceiptBook receipts,
            Prover prover,
            Crew crew) {
        this.config = config;
        this.contract = contract;
        this.receipts = receipts;
        this.prover = prover;
        this.crew = crew;
    }

    /// A pass has taken something; its proof is begun at once, and nobody waits for it.
    public void ring(TargetName target) {
        if (!crew.isLeaving() && busy.put(target, true) == null) {
            start(target, Duration.ZERO);
        }
    }

    @Scheduled(every = "${rolewright.reconcile.poll-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        if (crew.isLeaving() || !config.enabled()) {
            return;
        }
        try {
            for (TargetName target : receipts.debtors()) {
                if (busy.putIfAbsent(target, true) == null) {
                    start(target, OTHERS);
                }
            }
        } catch (StoreFailure away) {
            LOG.debug("It cannot be asked which proofs are owed; they stay owed", away);
        }
    }

    private void start(TargetName target, Duration age) {
        crew.start("proof-" + target, () -> {
            Duration ages = age;
            do {
                busy.put(target, false);
                prove(target, ages);
                ages = Duration.ZERO;
            } while (!busy.remove(target, false));
        });
    }

    private void prove(TargetName target, Duration age) {
        try {
            boolean more = true;
            while (more && !crew.isLeaving()) { // what is not proven yet stays owed, and others prove it
                more = contract.get()
                        .filter(active -> prover.turn(active.contract(), target, age))
                        .isPresent();
            }
        } catch (EngineFailure away) {
            LOG.debugf("Target %s cannot be asked for proofs; they stay owed: %s", target, away.sentence());
        } catch (RuntimeException | Error broken) {
            StoreFailure.warn(LOG, "Proofs of target " + target + " were not made; they stay owed", broken);
        }
    }
}
