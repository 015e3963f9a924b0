package dev.rolewright.orphan;

import dev.rolewright.orphan.Orphan.Kind;
import dev.rolewright.reconcile.work.ReconcileConfig;
import dev.rolewright.store.Glances;
import dev.rolewright.store.StoreFailure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/// Counts what nobody answers for once a day, in one of all processes, for whoever watches.
@ApplicationScoped
class OrphanRounds {

    private static final Logger LOG = Logger.getLogger(OrphanRounds.class);

    private final Orphans orphans;
    private final OrphanBook book;
    private final ReconcileConfig config;
    private final MeterRegistry meters;

    OrphanRounds(Orphans orphans, OrphanBook book, ReconcileConfig config, MeterRegistry meters) {
        this.orphans = orphans;
        this.book = book;
        this.config = config;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        for (Kind kind : Kind.values()) {
            Gauge.builder(
                            "orphans",
                            Glances.GAUGES.at(() ->
                                    book.count(kind).map(Long::doubleValue).orElse(Double.NaN)))
                    .tag("kind", kind.name())
                    .register(meters);
        }
    }

    @Scheduled(every = "10m", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            if (config.enabled() && book.claim()) {
                book.keep(orphans.now());
            }
        } catch (StoreFailure away) {
            LOG.debug("The store is away, so orphans are counted later", away);
        }
    }
}
