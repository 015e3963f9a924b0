package dev.rolewright.web.scim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstantsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T00:20:27.123456789Z, 2026-11-21T00:20:27.123456Z",
        "2026-01-02T03:04:05Z, 2026-01-02T03:04:05.000000Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00.000000Z",
        "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z",
        "+10000-01-01T00:00:00Z, +10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z, -0001-01-01T00:00:00Z"
    })
    void showsMicroseconds(String instant, String text) {
        assertThat(Instants.text(Instant.parse(instant))).isEqualTo(text);
    }

    @Test
    void canBeReadBack() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            Instant instant = Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000) * 1000L);

            assertThat(Instant.parse(Instants.text(instant))).isEqualTo(instant);
        }
    }
}
