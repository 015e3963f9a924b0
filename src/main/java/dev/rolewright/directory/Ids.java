package dev.rolewright.directory;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Ids of resources: UUID version 7 (RFC 9562 §5.7), so that the order of ids is the order of creation.
///
/// The twelve bits after the milliseconds carry their fraction (§6.2, method 3) and never stand still within one
/// process. An id is a name, not a secret: its random part only keeps processes apart.
public final class Ids {

    private static final AtomicLong LAST_TICK = new AtomicLong();

    private Ids() {}

    public static UUID next() {
        long tick = LAST_TICK.accumulateAndGet(tickNow(), (last, now) -> Math.max(last + 1, now));
        long high = (tick >>> 12 << 16) | 0x7000L | (tick & 0xFFFL);
        long low = (ThreadLocalRandom.current().nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /// Time in 4096ths of a millisecond.
    private static long tickNow() {
        Instant now = Instant.now();
        long fraction = (now.getNano() % 1_000_000L) * 4096 / 1_000_000;
        return (now.toEpochMilli() << 12) | fraction;
    }
}
