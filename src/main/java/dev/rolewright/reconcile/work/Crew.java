package dev.rolewright.reconcile.work;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How many are at work here, so that whoever ends the process can let them come to an end first.
/// Whoever is at work starts others, also then.
@ApplicationScoped
public class Crew {

    private int atWork;
    private volatile boolean leaving;

    /// Asked by whoever is at work before going on with more of it.
    public boolean isLeaving() {
        return leaving;
    }

    public void start(String name, Runnable work) {
        begin();
        Thread.ofVirtual().name(name).start(() -> {
            try {
                work.run();
            } finally {
                end();
            }
        });
    }

    /// Lets everybody end what is under way.
    public void leave() {
        leaving = true;
    }

    /// Waits until nobody is at work any more.
    ///
    /// @return whether that came about in time
    public synchronized boolean await(Duration longest) {
        long until = System.nanoTime() + longest.toNanos();
        try {
            while (atWork > 0) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized void begin() {
        atWork++;
    }

    private synchronized void end() {
        atWork--;
        notifyAll();
    }
}
