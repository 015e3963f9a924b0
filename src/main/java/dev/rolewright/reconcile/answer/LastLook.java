package dev.rolewright.reconcile.answer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// A look that takes long, so that one answers everybody who asks the same within a minute.
public final class LastLook<Q, A> {

    private static final Duration LASTS = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final BiFunction<Q, Instant, A> look;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable Kept<Q, A> kept;

    public LastLook(InstantSource clock, BiFunction<Q, Instant, A> look) {
        this.clock = clock;
        this.look = look;
    }

    /// @param seen when the look was over: one that took longer than it lasts answers those who waited for it, too
    private record Kept<Q, A>(Q question, A answer, Instant seen) {

        boolean answers(Q asked, Instant now) {
            return question.equals(asked) && now.isBefore(seen.plus(LASTS));
        }
    }

    /// Whoever asks while somebody looks waits for what comes of it.
    public A at(Q question) {
        turn.lock();
        try {
            Instant now = clock.instant();
            Kept<Q, A> last = kept;
            if (last == null || !last.answers(question, now)) {
                last = new Kept<>(question, look.apply(question, now), clock.instant());
                kept = last;
            }
            return last.answer();
        } finally {
            turn.unlock();
        }
    }
}
