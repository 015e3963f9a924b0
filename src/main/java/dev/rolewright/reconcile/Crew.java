package dev.rolewright.reconcile;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The threads that are at work here, so that whoever ends the process can let them come to an end first.
@ApplicationScoped
public class Crew {

    private final Set<Thread> atWork = ConcurrentHashMap.newKeySet();
    private volatile boolean leaving;

    /// Asked by whoever is at work before going on with more of it.
    public boolean isLeaving() {
        return leaving;
    }

    public void start(String name, Runnable work) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } finally {
                atWork.remove(Thread.currentThread());
            }
        });
        atWork.add(thread);
        thread.start();
    }

    /// Lets everybody end what is under way.
    void leave() {
        leaving = true;
    }

    /// Waits until nobody is at work any more.
    ///
    /// @return whether that came about in time
    boolean await(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        try {
            for (Thread thread : atWork) {
                if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    return false;
                }
            }
            return atWork.isEmpty() || await(Duration.ofNanos(end - System.nanoTime()));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
