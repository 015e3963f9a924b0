package dev.rolewright.ops;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/// The end of a process that was told to end: nothing is begun on a schedule any more, everybody ends what they do, and
/// the way to the store is closed when nobody is on it.
@ApplicationScoped
class Departure {

    private static final Logger LOG = Logger.getLogger(Departure.class);
    private static final int FIRST = 1;
    private static final int LAST = Integer.MAX_VALUE;
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Scheduler scheduler;
    private final AgroalDataSource store;

    Departure(Scheduler scheduler, AgroalDataSource store) {
        this.scheduler = scheduler;
        this.store = store;
    }

    /// From the beginning, because a connection that is given back is counted whether its taking was or not.
    void count(@Observes @Priority(FIRST) StartupEvent event) {
        store.getConfiguration().setMetricsEnabled(true);
    }

    void begin(@Observes @Priority(FIRST) ShutdownEvent event) {
        scheduler.pause();
    }

    void end(@Observes @Priority(LAST) ShutdownEvent event) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (inUse() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        LOG.debugf("Connections to the store that are still in use: %d", inUse());
    }

    /// How many connections to the store somebody uses.
    long inUse() {
        return store.getMetrics().activeCount();
    }
}
