package dev.rolewright.reconcile.work;

import dev.rolewright.store.StoreFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// Renews the leases of passes that take long.
@ApplicationScoped
public class LeaseKeeper {

    private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);

    private final Queue queue;
    private final Alarm alarm;
    private final Duration length;
    private final Set<Lease> held = ConcurrentHashMap.newKeySet();
    private final Set<Lease> renewing = ConcurrentHashMap.newKeySet();

    private volatile boolean stopped;

    LeaseKeeper(Queue queue, Alarm alarm, ReconcileConfig config) {
        this.queue = queue;
        this.alarm = alarm;
        this.length = config.lease();
    }

    public void keep(Lease lease) {
        held.add(lease);
    }

    public void drop(Lease lease) {
        held.remove(lease);
    }

    /// Each by itself: a pass that writes down what it did to very many keeps the row of its target, and no other
    /// target is to be lost meanwhile.
    public void run() {
        while (!stopped) {
            alarm.pause(length.dividedBy(4));
            held.stream()
                    .filter(renewing::add)
                    .forEach(lease -> Thread.ofVirtual().name("lease").start(() -> renew(lease)));
        }
    }

    public void stop() {
        stopped = true;
    }

    private void renew(Lease lease) {
        try {
            if (!queue.renew(lease) && held.contains(lease)) {
                lease.lose();
            }
        } catch (StoreFailure away) {
            LOG.debug("A lease could not be renewed", away);
        } catch (RuntimeException | Error broken) {
            LOG.warn("A lease could not be renewed; it is tried again", broken);
        } finally {
            renewing.remove(lease);
        }
    }
}
