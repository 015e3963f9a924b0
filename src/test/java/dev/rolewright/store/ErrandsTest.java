package dev.rolewright.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What comes of things that are found out at the same time.
class ErrandsTest {

    private static final Set<Thread.State> WAITING = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    @Test
    void oneDoesNotWaitForAnother() {
        CountDownLatch second = new CountDownLatch(1);

        try (Errands errands = new Errands()) {
            Supplier<String> waits = errands.send(() -> {
                second.await();
                return "first";
            });
            Supplier<String> frees = errands.send(() -> {
                second.countDown();
                return "second";
            });

            assertThat(waits.get()).isEqualTo("first");
            assertThat(frees.get()).isEqualTo("second");
        }
    }

    @Test
    void anErrandFailsAsItselfAndTheOthersGoOn() {
        IllegalArgumentException failure = new IllegalArgumentException("no such thing");

        try (Errands errands = new Errands()) {
            Supplier<String> fails = errands.send(() -> {
                throw failure;
            });
            Supplier<String> works = errands.send(() -> "found");

            assertThatThrownBy(fails::get).isSameAs(failure);
            assertThat(works.get()).isEqualTo("found");
        }
    }

    @Test
    void allAreOverAtTheEndAlsoThoseThatNobodyAsked() {
        AtomicBoolean over = new AtomicBoolean();
        Thread closing = Thread.currentThread();

        try (Errands errands = new Errands()) {
            errands.send(() -> {
                while (!WAITING.contains(closing.getState())) {
                    Thread.onSpinWait(); // it is over only when somebody waits for it
                }
                over.set(true);
                return over;
            });
        }

        assertThat(over).isTrue();
    }

    @Test
    void whoIsToldToStopStopsWaiting() {
        CountDownLatch end = new CountDownLatch(1);

        try (Errands errands = new Errands()) {
            Supplier<Boolean> answer = errands.send(() -> {
                end.await();
                return true;
            });
            Thread.currentThread().interrupt();

            assertThatThrownBy(answer::get).isInstanceOf(IllegalStateException.class);
            assertThat(Thread.interrupted()).isTrue();
            end.countDown();
        }
    }
}
