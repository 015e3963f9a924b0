package dev.rolewright.scim.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTimesTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T00:20:27Z, 2026-11-21T00:20:27.000000Z",
        "2026-11-21t00:20:27z, 2026-11-21T00:20:27.000000Z",
        "2026-11-21T00:20:27.1Z, 2026-11-21T00:20:27.100000Z",
        "2026-11-21T00:20:27.123456Z, 2026-11-21T00:20:27.123456Z",
        "2026-11-21T00:20:27.1234569999Z, 2026-11-21T00:20:27.123456Z",
        "2026-11-21T01:20:27+02:00, 2026-11-20T23:20:27.000000Z",
        "2026-11-20T18:50:27-05:30, 2026-11-21T00:20:27.000000Z",
        "2026-11-21T00:00:00+14:00, 2026-11-20T10:00:00.000000Z",
        "2026-11-21T00:00:00-00:00, 2026-11-21T00:00:00.000000Z",
        "2026-12-31T24:00:00Z, 2027-01-01T00:00:00.000000Z",
        "2028-02-29T12:00:00Z, 2028-02-29T12:00:00.000000Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000000Z",
        "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z"
    })
    void bringsEveryPointInTimeToOneForm(String text, String canonical) {
        assertThat(DateTimes.canonical(text)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-21",
                "2026-11-21T00:20Z",
                "2026-11-21 00:20:27Z",
                "2026-11-21T00:20:27",
                "2026-11-21T00:20:27.Z",
                "2026-11-21T00:20:27+0200",
                "2026-11-21T00:20:27+14:01",
                "2026-11-21T00:20:27+02:60",
                "2026-13-01T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-11-21T24:00:01Z",
                "2026-11-21T24:00:00.5Z",
                "2026-11-21T23:59:60Z",
                "0000-06-01T00:00:00Z",
                "0001-01-01T00:00:00+00:01",
                "9999-12-31T23:59:59-00:01",
                "-0044-03-15T00:00:00Z",
                "12026-11-21T00:20:27Z",
                "２026-11-21T00:20:27Z",
                "2026-11-21T00:20:27Z\n"
            })
    void refusesWhatIsNoPointInTime(String text) {
        assertThat(DateTimes.canonical(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T00:20:27.123456789Z, 2026-11-21T00:20:27.123456Z",
        "2026-01-02T03:04:05Z, 2026-01-02T03:04:05.000000Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000000Z",
        "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z",
        "+10000-01-01T00:00:00Z, +10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z, -0001-01-01T00:00:00Z"
    })
    void writesAnInstantInTheSameForm(String instant, String canonical) {
        assertThat(DateTimes.canonical(Instant.parse(instant))).isEqualTo(canonical);
    }

    @Test
    void writesInstantsThatCanBeReadBack() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            Instant instant = Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000) * 1000L);

            String written = DateTimes.canonical(instant);

            assertThat(Instant.parse(written)).isEqualTo(instant);
            assertThat(DateTimes.canonical(written)).contains(written);
        }
    }
}
