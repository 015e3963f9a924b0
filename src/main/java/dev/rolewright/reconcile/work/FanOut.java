package dev.rolewright.reconcile.work;

import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.directory.Touched;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.locks.ReentrantLock;

/// Turns the directory's marks on people into marks on targets, in one transaction of the store, and wakes whoever
/// works on them.
@ApplicationScoped
public class FanOut {

    private static final int MARKS_AT_ONCE = 10_000;

    private final ChangeFeed feed;
    private final Queue queue;
    private final Wake wake;
    private final ReentrantLock turn = new ReentrantLock();

    FanOut(ChangeFeed feed, Queue queue, Wake wake) {
        this.feed = feed;
        this.queue = queue;
        this.wake = wake;
    }

    /// Takes all there is. Other processes may be at it too; each mark goes to one of them.
    public void drain() {
        turn.lock();
        try {
            int taken;
            do {
                taken = feed.drain(
                        MARKS_AT_ONCE,
                        people -> queue.mark(
                                people.stream().map(Touched::person).toList(),
                                people.stream().map(Touched::at).toList()));
                if (taken > 0) {
                    wake.everybody();
                }
            } while (taken == MARKS_AT_ONCE);
        } finally {
            turn.unlock();
        }
    }
}
