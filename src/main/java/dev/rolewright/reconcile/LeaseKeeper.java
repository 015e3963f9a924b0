package dev.rolewright.reconcile;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// Renews the leases of passes that take long, and says so when one is lost.
@ApplicationScoped
class LeaseKeeper {

    private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);

    private final Queue queue;
    private final Alarm alarm;
    private final Duration length;
    /// When each was last known to hold, on the clock of [System#nanoTime()].
    private final Map<Lease, Long> held = new ConcurrentHashMap<>();

    private volatile boolean stopped;

    LeaseKeeper(Queue queue, Alarm alarm, ReconcileConfig config) {
        this.queue = queue;
        this.alarm = alarm;
        this.length = config.lease();
    }

    void keep(Lease lease) {
        held.put(lease, System.nanoTime());
    }

    void drop(Lease lease) {
        held.remove(lease);
    }

    void run() {
        while (!stopped) {
            alarm.pause(length.dividedBy(4));
            held.forEach(this::renew);
        }
    }

    void stop() {
        stopped = true;
    }

    private void renew(Lease lease, long known) {
        long before = System.nanoTime();
        try {
            if (queue.renew(lease, length)) {
                held.replace(lease, known, before);
            } else if (held.containsKey(lease)) {
                lease.lost().set(true);
            }
        } catch (StoreFailure away) {
            LOG.debug("A lease could not be renewed", away);
        }
        if (System.nanoTime() - held.getOrDefault(lease, before) > length.toNanos()) {
            lease.lost().set(true);
        }
    }
}
