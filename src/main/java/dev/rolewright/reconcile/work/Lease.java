package dev.rolewright.reconcile.work;

import dev.rolewright.model.TargetName;
import java.time.Duration;

/// The right to work on one target, until it is lost to another process.
public final class Lease {

    private final TargetName target;
    private final long number;
    private final Duration length;
    /// When it was last known to hold, on the clock of [System#nanoTime()], which nobody sets and which
    /// goes on while the process is held still.
    private volatile long known;

    private volatile boolean lost;
    private volatile boolean recalled;

    /// @param number rises with every claim; what an earlier holder still writes is refused by it
    /// @param length for how long it holds when nobody renews it
    /// @param known when the store was asked for it
    Lease(TargetName target, long number, Duration length, long known) {
        this.target = target;
        this.number = number;
        this.length = length;
        this.known = known;
    }

    public TargetName target() {
        return target;
    }

    public long number() {
        return number;
    }

    Duration length() {
        return length;
    }

    /// @param since when the store was asked to renew it
    void renewed(long since) {
        known = since;
    }

    public void lose() {
        lost = true;
    }

    /// The holder is to give it back as soon as it has written down what it did.
    public void recall() {
        recalled = true;
    }

    public boolean isRecalled() {
        return recalled;
    }

    /// @throws LeaseLost when somebody else works on the target, or may do so by now
    public void check() {
        if (lost || System.nanoTime() - known > length.toNanos()) {
            throw new LeaseLost(target);
        }
    }

    /// Somebody else works on the target now, and does what we leave.
    public static final class LeaseLost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public LeaseLost(TargetName target) {
            super("another process took over target " + target);
        }
    }
}
