package dev.rolewright.reconcile.work;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Wakes the loops of this process when there may be something to do. Ringing costs nothing and may be in vain; who
/// misses it looks on a schedule.
@ApplicationScoped
public class Alarm {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private long rings;

    public void ring() {
        lock.lock();
        try {
            rings++;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// How often it rang until now: what a loop remembers before it looks for work.
    public long count() {
        lock.lock();
        try {
            return rings;
        } finally {
            lock.unlock();
        }
    }

    /// Sleeps until it has rung since, or for so long.
    public void await(long since, Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        lock.lock();
        try {
            while (rings == since && left > 0) {
                left = rung.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Lets a moment pass.
    public void pause(Duration moment) {
        LockSupport.parkNanos(moment.toNanos());
    }
}
