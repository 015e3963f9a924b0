package dev.rolewright.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GlancesTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch answers = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void mend() {
        answers.countDown();
    }

    private int hanging() {
        asked.incrementAndGet();
        begun.countDown();
        try {
            answers.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return 7;
    }

    @Test
    void nobodyWaitsForAnAnswerThatIsLate() {
        assertThat(new Glance<>(this::hanging, Duration.ofMillis(1)).look()).isEmpty();
    }

    @Test
    void whatIsLateIsNotAskedAgain() throws InterruptedException {
        Glance<Integer> glance = new Glance<>(this::hanging, LONG);
        assertThat(glance.look(0)).isEmpty();
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(glance.look(0)).isEmpty();
        assertThat(glance.look(Duration.ofMillis(100).toNanos())).isEmpty();

        assertThat(asked).hasValue(1);
        answers.countDown();
        assertThat(glance.look()).contains(7);
    }

    @Test
    void whatWasAnsweredIsAskedAnew() {
        Glance<Integer> glance = new Glance<>(asked::incrementAndGet, LONG);

        assertThat(glance.look()).contains(1);
        assertThat(glance.look()).contains(2);
    }

    @Test
    void aFailureIsToldAndNotRemembered() {
        Glance<Integer> glance = new Glance<>(
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new StoreFailure("away", new IllegalStateException());
                    }
                    return 7;
                },
                LONG);

        assertThatThrownBy(glance::look).isInstanceOf(StoreFailure.class).hasMessage("away");
        assertThat(glance.look()).contains(7);
    }

    @Test
    void aStoreThatHangsKeepsNoMoreConnectionsThanThereArePlaces() throws Exception {
        Glances gauges = new Glances(1, LONG, LONG);
        FutureTask<Number> first = new FutureTask<>(gauges.at(this::hanging)::get);
        Thread.ofVirtual().start(first);
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        Supplier<Number> second = gauges.at(asked::incrementAndGet);

        assertThat(second.get()).isEqualTo(Double.NaN);

        assertThat(asked).hasValue(1);
        answers.countDown();
        assertThat(first.get()).isEqualTo(7.0);
        assertThat(second.get()).isEqualTo(2.0);
    }

    /// Each alone would be waited for until the test is given up.
    @Test
    void allTogetherAreNotWaitedForLonger() {
        Glances gauges = new Glances(100, LONG, Duration.ofMillis(50));

        assertThat(Stream.generate(() -> gauges.at(this::hanging)).limit(100).map(Supplier::get))
                .containsOnly(Double.NaN);
    }

    @Test
    void oneThatHangsTakesNothingFromTheOthers() {
        Glances gauges = new Glances(2, Duration.ofMillis(1), LONG);
        Supplier<Number> hanging = gauges.at(this::hanging);
        assertThat(hanging.get()).isEqualTo(Double.NaN);
        Supplier<Number> other = gauges.at(() -> 7);

        // an answer that takes a moment is late here, and is there soon
        assertThat(Stream.generate(other).anyMatch(answer -> answer.intValue() == 7))
                .isTrue();
        assertThat(hanging.get()).isEqualTo(Double.NaN);
    }
}
