package dev.rolewright.web.auth;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.web.auth.Refusal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        Turnstile patient = turnstile(10, 5, "10s", 10);
        Turnstile impatient = turnstile(10, 5, "0s", 10);

        assertThat(IntStream.range(0, 5).mapToObj(_ -> impatient.pass("a")))
                .as("who would have to wait is refused")
                .containsOnly(Optional.empty());
        assertThat(timed(() -> assertThat(IntStream.range(0, 6).mapToObj(_ -> patient.pass("a")))
                        .containsOnly(Optional.empty())))
                .isGreaterThanOrEqualTo(Duration.ofMillis(99));
    }

    @Test
    void holdsTheRateInTheLongRun() {
        Turnstile turnstile = turnstile(100, 1, "600ms", 100);
        Queue<Optional<Refusal>> outcomes = new ConcurrentLinkedQueue<>();

        Duration taken = timed(() -> {
            try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
                IntStream.range(0, 51).forEach(_ -> crowd.execute(() -> outcomes.add(turnstile.pass("a"))));
            }
        });

        assertThat(taken).isGreaterThanOrEqualTo(Duration.ofMillis(495));
        assertThat(outcomes).as("nobody would have to wait longer").hasSize(51).containsOnly(Optional.empty());
    }

    @Test
    void refusesWhoWouldWaitTooLongAndSaysWhenToComeBack() {
        Turnstile turnstile = turnstile(1, 1, "500ms", 10);

        Refusal refusal = exhaust(turnstile, "a");

        assertThat(refusal.reason()).isEqualTo(Reason.TOO_MANY);
        assertThat(refusal.retryAfter()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void aRefusedRequestTakesNobodysTurn() throws Exception {
        Turnstile turnstile = turnstile(2, 1, "0s", 10);
        IntStream.range(0, 100).forEach(_ -> exhaust(turnstile, "a"));

        Thread.sleep(600);

        assertThat(turnstile.pass("a")).isEmpty();
    }

    @Test
    void oneTokenDoesNotSlowAnother() {
        Turnstile turnstile = turnstile(1, 1, "0s", 10);
        exhaust(turnstile, "a");

        assertThat(turnstile.pass("b")).isEmpty();
    }

    @Test
    void onlySoManyMayWait() throws Exception {
        Turnstile turnstile = turnstile(1, 1, "1m", 3);
        turnstile.pass("a");
        List<Optional<Refusal>> outcomes = Collections.synchronizedList(new ArrayList<>());
        List<Thread> waiting = IntStream.range(0, 3)
                .mapToObj(i -> Thread.startVirtualThread(() -> outcomes.add(turnstile.pass("a"))))
                .toList();
        await().pollDelay(Duration.ZERO)
                .until(() -> waiting.stream().allMatch(it -> it.getState() == Thread.State.TIMED_WAITING));

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

    /// Asks until it is refused, however slowly.
    private static Refusal exhaust(Turnstile turnstile, String token) {
        return Stream.generate(() -> turnstile.pass(token))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    private static Duration timed(Runnable work) {
        long before = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - before);
    }
}
