package dev.rolewright.web.auth;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Lets the requests of one token through at a bounded rate, and makes them wait rather than turns them
/// away: an identity provider counts a refusal as a failure and may stop to provision altogether, a slow
/// answer it does not mind.
///
/// Each token has a lane that remembers only when its next request is due; to come is to take the next free moment, so
/// requests pass in the order they came. A burst is credit: the due moment may lie that far ahead of the clock.
@ApplicationScoped
class Turnstile {

    /// Lanes are only swept when there are this many: far more than there are tokens at any time.
    private static final int MANY = 10_000;

    private final long interval;
    private final long credit;
    private final long longestWait;
    private final int mostWaiting;
    private final Map<String, AtomicLong> due = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();

    Turnstile(TurnstileConfig config) {
        if (config.requestsPerSecond() < 1 || config.burst() < 1) {
            throw new IllegalArgumentException(
                    "rolewright.rate-limit.requests-per-second and .burst must be positive numbers");
        }
        this.interval = Math.max(1, Duration.ofSeconds(1).toNanos() / config.requestsPerSecond());
        this.credit = Math.multiplyExact(interval, config.burst() - 1L);
        this.longestWait = config.longestWait().toNanos();
        this.mostWaiting = config.waiting();
    }

    /// Waits for this request's turn; the refusal, if it is not to have one.
    Optional<Refusal> pass(String token) {
        AtomicLong lane = lane(token);
        while (true) {
            long now = System.nanoTime();
            long next = lane.get();
            long wait = next - credit - now;
            if (wait > longestWait || (wait > 0 && waiting.get() >= mostWaiting)) {
                return Optional.of(Refusal.tooMany(Duration.ofNanos(wait)));
            }
            if (lane.compareAndSet(next, (next - now > 0 ? next : now) + interval)) {
                return wait <= 0 || waited(wait) ? Optional.empty() : Optional.of(Refusal.storeAway());
            }
        }
    }

    private AtomicLong lane(String token) {
        AtomicLong known = due.get(token);
        if (known != null) {
            return known;
        }
        if (due.size() >= MANY) {
            long now = System.nanoTime();
            due.values().removeIf(lane -> lane.get() - now < 0);
        }
        return due.computeIfAbsent(token, t -> new AtomicLong(System.nanoTime()));
    }

    /// Tells whether the wait came to its end, which only a shutdown prevents.
    private boolean waited(long nanos) {
        waiting.incrementAndGet();
        try {
            Thread.sleep(Duration.ofNanos(nanos));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }
}
