package dev.rolewright.web.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.web.auth.Refusal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnstileTest {

    private static Turnstile turnstile(int rate, int burst, String longestWait, int waiting) {
        Map<String, String> settings = Map.of(
                "rolewright.rate-limit.requests-per-second", "" + rate,
                "rolewright.rate-limit.burst", "" + burst,
                "rolewright.rate-limit.longest-wait", longestWait,
                "rolewright.rate-limit.waiting", "" + waiting);
        return new Turnstile(Settings.read(TurnstileConfig.class, settings));
    }

    @Test
    void aBurstPassesAtOnceAndTheNextRequestWaits() {
        Turnstile turnstile = turnstile(10, 5, "10s", 10);

        Duration burst = timed(() -> {
            for (int i = 0; i < 5; i++) {
                assertThat(turnstile.pass("a")).isEmpty();
            }
        });
        Duration sixth = timed(() -> assertThat(turnstile.pass("a")).isEmpty());

        assertThat(burst).isLessThan(Duration.ofMillis(90));
        assertThat(sixth).isBetween(Duration.ofMillis(10), Duration.ofMillis(500));
    }

    @Test
    void holdsTheRateInTheLongRun() {
        Turnstile turnstile = turnstile(100, 1, "10s", 100);

        Duration taken = timed(() -> IntStream.range(0, 51).forEach(i -> turnstile.pass("a")));

        assertThat(taken).isBetween(Duration.ofMillis(495), Duration.ofMillis(1_500));
    }

    @Test
    void refusesWhoWouldWaitTooLongAndSaysWhenToComeBack() {
        Turnstile turnstile = turnstile(1, 1, "500ms", 10);
        assertThat(turnstile.pass("a")).isEmpty();

        Optional<Refusal> refusal = turnstile.pass("a");

        assertThat(refusal).hasValueSatisfying(r -> {
            assertThat(r.reason()).isEqualTo(Reason.TOO_MANY);
            assertThat(r.retryAfter()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        });
    }

    @Test
    void aRefusedRequestTakesNobodysTurn() throws Exception {
        Turnstile turnstile = turnstile(2, 1, "0s", 10);
        assertThat(turnstile.pass("a")).isEmpty();
        IntStream.range(0, 100).forEach(i -> assertThat(turnstile.pass("a")).isPresent());

        Thread.sleep(600);

        assertThat(turnstile.pass("a")).isEmpty();
    }

    @Test
    void oneTokenDoesNotSlowAnother() {
        Turnstile turnstile = turnstile(1, 1, "0s", 10);
        assertThat(turnstile.pass("a")).isEmpty();
        assertThat(turnstile.pass("a")).isPresent();

        assertThat(turnstile.pass("b")).isEmpty();
    }

    @Test
    void onlySoManyMayWait() throws Exception {
        Turnstile turnstile = turnstile(4, 1, "10s", 3);
        turnstile.pass("a");
        List<Optional<Refusal>> outcomes = Collections.synchronizedList(new ArrayList<>());
        List<Thread> waiting = IntStream.range(0, 3)
                .mapToObj(i -> Thread.startVirtualThread(() -> outcomes.add(turnstile.pass("a"))))
                .toList();
        Thread.sleep(100);

        assertThat(turnstile.pass("a")).isPresent();

        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(outcomes).hasSize(3).containsOnly(Optional.empty());
    }

    @Test
    void noRateIsAMistake() {
        assertThatThrownBy(() -> turnstile(0, 1, "1s", 1)).hasMessageContaining("requests-per-second");
    }

    private static Duration timed(Runnable work) {
        long before = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - before);
    }
}
