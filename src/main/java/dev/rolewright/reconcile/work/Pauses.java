package dev.rolewright.reconcile.work;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// For how long something is left alone before it is tried again.
public final class Pauses {

    private Pauses() {}

    /// @param times how often `first` is doubled
    public static Duration doubled(Duration first, int times, Duration most) {
        Duration pause = first.multipliedBy(1L << Math.min(times, 20));
        return pause.compareTo(most) < 0 ? pause : most;
    }

    /// About as long, so that many who begin together do not go on together.
    public static Duration jitter(Duration pause) {
        long millis = Math.max(1, pause.toMillis());
        return Duration.ofMillis(
                millis - millis / 5 + ThreadLocalRandom.current().nextLong(millis * 2 / 5 + 1));
    }
}
