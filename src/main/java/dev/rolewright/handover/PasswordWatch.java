package dev.rolewright.handover;

import dev.rolewright.amendment.ContractActivated;
import dev.rolewright.amendment.Contracts;
import dev.rolewright.contract.Contract;
import dev.rolewright.model.TargetName;
import dev.rolewright.reconcile.work.ReconcileConfig;
import dev.rolewright.store.Glances;
import dev.rolewright.store.Store;
import dev.rolewright.store.StoreFailure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/// Tells how many passwords end soon: at any time to whoever watches, and once a day, by one of all processes, in
/// the log.
@ApplicationScoped
class PasswordWatch {

    private static final Logger LOG = Logger.getLogger(PasswordWatch.class);

    private static final String DUE = "SELECT 1 FROM password_round WHERE due <= now()";

    private static final String CLAIM =
            "UPDATE password_round SET due = now() + interval '24 hours' WHERE due <= now()";

    private final GivenPasswords passwords;
    private final Contracts contracts;
    private final Store store;
    private final ReconcileConfig config;
    private final MeterRegistry meters;

    PasswordWatch(
            GivenPasswords passwords, Contracts contracts, Store store, ReconcileConfig config, MeterRegistry meters) {
        this.passwords = passwords;
        this.contracts = contracts;
        this.store = store;
        this.config = config;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        contracts.active().ifPresent(active -> follow(active.contract()));
    }

    void follow(@Observes ContractActivated activated) {
        follow(activated.contract().contract());
    }

    private void follow(Contract contract) {
        for (TargetName target : contract.targets().keySet()) {
            Gauge.builder("passwords_ending", Glances.GAUGES.at(() -> passwords.ending(target)))
                    .tag("target", target.value())
                    .register(meters);
        }
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            if (config.enabled()) {
                tell();
            }
        } catch (StoreFailure away) {
            LOG.debug("The store is away, so passwords that end soon are told of later", away);
        }
    }

    /// @return how many were told of
    long tell() {
        if (store.first(DUE, row -> row.getInt(1)).isEmpty()) {
            return 0;
        }
        long ending = contracts.active().stream()
                .flatMap(active -> active.contract().targets().keySet().stream())
                .mapToLong(passwords::ending)
                .sum();
        if (ending == 0 || store.run(CLAIM) == 0) {
            return 0;
        }
        LOG.warnf(
                "%d passwords end within %s, and their owners have to take others: GET /api/passwords?within=%2$s",
                ending, passwords.warning().orElseThrow());
        return ending;
    }
}
