package dev.rolewright.directory;

import dev.rolewright.store.StoreFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/// Tells listeners that something was committed. Who rings never waits and never fails; any number of rings while the
/// listeners are at work is one more round for them.
@ApplicationScoped
class Bell {

    private static final Logger LOG = Logger.getLogger(Bell.class);

    private static final String LATER =
            "a listener to changes of the directory failed; its schedule has to make up for it";

    private final TransactionSynchronizationRegistry transactions;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean rung = new AtomicBoolean();
    private final Lock round = new ReentrantLock();

    Bell(TransactionSynchronizationRegistry transactions) {
        this.transactions = transactions;
    }

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    /// Rings at once, or, inside a transaction, when that has been committed.
    void ring() {
        int status = transactions.getTransactionStatus();
        if (status == Status.STATUS_NO_TRANSACTION) {
            ringNow();
        } else if (status == Status.STATUS_ACTIVE) {
            transactions.registerInterposedSynchronization(new AfterCommit());
        }
    }

    private void ringNow() {
        if (!rung.getAndSet(true)) {
            Thread.startVirtualThread(this::goRound);
        }
    }

    private void goRound() {
        round.lock();
        try {
            // From here on a change may be too late for this round, and asks for the next one.
            rung.set(false);
            listeners.forEach(Bell::tell);
        } finally {
            round.unlock();
        }
    }

    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error e) {
            StoreFailure.away(e)
                    .ifPresentOrElse(away -> LOG.warnf("%s: %s", LATER, away.getMessage()), () -> LOG.error(LATER, e));
        }
    }

    private final class AfterCommit implements Synchronization {

        @Override
        public void beforeCompletion() {
            // nothing has happened yet
        }

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                ringNow();
            }
        }
    }
}
