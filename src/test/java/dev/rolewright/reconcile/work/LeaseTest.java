package dev.rolewright.reconcile.work;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.model.TargetName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {

    private static final Duration LENGTH = Duration.ofHours(1);

    private final Lease lease = new Lease(new TargetName("orders"), 1, LENGTH, longAgo());

    @Test
    void whoHeardNothingForTooLongStopsWithoutBeingTold() {
        assertThatThrownBy(lease::check).isInstanceOf(Lease.LeaseLost.class);
    }

    @Test
    void holdsSinceTheStoreWasAskedToRenewIt() {
        lease.renewed(System.nanoTime());

        assertThatCode(lease::check).doesNotThrowAnyException();

        lease.renewed(longAgo());

        assertThatThrownBy(lease::check).isInstanceOf(Lease.LeaseLost.class);
    }

    @Test
    void whatIsLostIsNotRenewed() {
        lease.lose();
        lease.renewed(System.nanoTime());

        assertThatThrownBy(lease::check).isInstanceOf(Lease.LeaseLost.class);
    }

    private static long longAgo() {
        return System.nanoTime() - LENGTH.plusMillis(1).toNanos();
    }
}
