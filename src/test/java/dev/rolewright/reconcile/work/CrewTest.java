package dev.rolewright.reconcile.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CrewTest {

    private static final int OTHERS = 200_000;
    private static final int STARTING = 2;

    private final Crew crew = new Crew();

    @Test
    void waitsForThoseTooWhoseWorkIsAboutToBegin() {
        AtomicInteger done = new AtomicInteger();
        List<Thread> starting = Stream.generate(() -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < OTHERS; i++) {
                        crew.start("other", done::incrementAndGet);
                    }
                }))
                .limit(STARTING)
                .toList();

        while (starting.stream().anyMatch(Thread::isAlive)) {
            crew.await(Duration.ZERO);
        }

        assertThat(crew.await(Duration.ofMinutes(2))).isTrue();
        assertThat(done).hasValue(STARTING * OTHERS);
    }

    @Test
    void tellsThatSomebodyIsAtWorkStill() {
        CountDownLatch end = new CountDownLatch(1);
        startUntil(end);

        assertThat(crew.await(Duration.ZERO)).isFalse();
        assertThat(crew.await(Duration.ofMillis(1))).isFalse();
        end.countDown();
        assertThat(crew.await(Duration.ofMinutes(2))).isTrue();
    }

    @Test
    void waitsForNobodyWhoBrokeOff() {
        crew.start("broken", () -> {
            Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
            throw new IllegalStateException("broken off");
        });

        assertThat(crew.await(Duration.ofMinutes(2))).isTrue();
    }

    @Test
    void hasNobodyAtWorkInTheBeginning() {
        assertThat(crew.await(Duration.ZERO)).isTrue();
    }

    @Test
    void givesUpWaitingWhenItIsHurried() {
        CountDownLatch end = new CountDownLatch(1);
        startUntil(end);
        Thread.currentThread().interrupt();

        boolean ended = crew.await(Duration.ofMinutes(2));
        boolean stillHurried = Thread.interrupted();
        end.countDown();

        assertThat(ended).isFalse();
        assertThat(stillHurried).isTrue();
    }

    private void startUntil(CountDownLatch end) {
        crew.start("slow", () -> {
            try {
                end.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
