package dev.rolewright.reconcile;

import dev.rolewright.model.TargetName;
import java.util.concurrent.atomic.AtomicBoolean;

/// The right to work on one target, until it is lost to another process.
///
/// @param number rises with every claim; what an earlier holder still writes is refused by it
record Lease(TargetName target, long number, AtomicBoolean lost) {

    Lease(TargetName target, long number) {
        this(target, number, new AtomicBoolean());
    }

    /// @throws LeaseLost when somebody else works on the target
    void check() {
        if (lost.get()) {
            throw new LeaseLost(target);
        }
    }

    /// Somebody else works on the target now, and does what we leave.
    static final class LeaseLost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LeaseLost(TargetName target) {
            super("another process took over target " + target);
        }
    }
}
