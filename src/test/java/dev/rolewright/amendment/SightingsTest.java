package dev.rolewright.amendment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Only who is seen to say nothing for a while is taken for gone.
class SightingsTest {

    private static final UUID OTHER = new UUID(0, 1);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Sightings sightings = new Sightings();
    private long nanos = -5;

    private boolean lives(Instant said) {
        return sightings.anyLives(Map.of(OTHER, said), nanos);
    }

    private void pass(int seconds) {
        nanos += Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void whoSaysNothingForHalfAMinuteIsGone() {
        assertThat(lives(NOON)).isTrue();
        for (int second = 2; second < 30; second += 2) {
            pass(2);
            assertThat(lives(NOON)).as("after %d s", second).isTrue();
        }
        pass(2);

        assertThat(lives(NOON)).isFalse();
        assertThat(lives(NOON.plusSeconds(1))).as("it comes back").isTrue();
    }

    @Test
    void aClockThatIsSetKillsNobodyAndKeepsNobodyAlive() {
        assertThat(lives(NOON)).isTrue();
        for (Duration jump : new Duration[] {Duration.ofDays(400), Duration.ofDays(-400), Duration.ofHours(1)}) {
            pass(2);
            assertThat(lives(NOON.plus(jump))).isTrue();
        }
        for (int look = 0; look < 15; look++) {
            pass(2);
            lives(NOON.plus(Duration.ofHours(1)));
        }

        assertThat(lives(NOON.plus(Duration.ofHours(1)))).isFalse();
    }

    @Test
    void whileNothingCouldBeSeenNobodyDies() {
        assertThat(lives(NOON)).isTrue();

        pass(3_600);

        assertThat(lives(NOON)).as("a store that was away for an hour").isTrue();
        pass(2);
        assertThat(lives(NOON.plusSeconds(3_601))).isTrue();
    }

    @Test
    void whoTookItsLeaveIsGoneAtOnce() {
        assertThat(lives(NOON)).isTrue();

        assertThat(sightings.anyLives(Map.of(), nanos)).isFalse();
    }
}
