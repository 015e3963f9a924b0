package dev.rolewright.store;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A question to the store that nobody waits for longer than a moment.
///
/// It is asked beside whoever wants to know, and never twice at a time: while an answer is late, everybody is told at
/// once that there is none, and the store that hangs is not asked for more.
public final class Glance<T> {

    private final Supplier<T> question;
    private final long patience;
    private @Nullable FutureTask<T> asked;
    private long since;

    public Glance(Supplier<T> question, Duration patience) {
        this.question = question;
        this.patience = patience.toNanos();
    }

    /// @return empty when the answer is late
    /// @throws RuntimeException as the question threw it
    public Optional<T> look() {
        return look(patience);
    }

    /// @param atMost nanoseconds that whoever asks still has, if they are fewer than it is waited for anyway
    Optional<T> look(long atMost) {
        FutureTask<T> under;
        long left;
        synchronized (this) {
            if (asked == null || asked.isDone()) {
                asked = new FutureTask<>(question::get);
                since = System.nanoTime();
                Thread.ofVirtual().name("glance").start(asked);
            }
            under = asked;
            left = patience - (System.nanoTime() - since);
        }
        try {
            return Optional.of(under.get(Math.min(left, atMost), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
