package dev.rolewright.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a parameter may look like, and what is said of one that does not.
class ParametersTest {

    private enum Colour {
        RED,
        SEA_GREEN
    }

    private static final Map<String, Function<String, Object>> READERS = Map.of(
            "limit", Parameters::limit,
            "number", text -> Parameters.number("number", text, 0, 9),
            "olderThan", text -> String.valueOf(Parameters.olderThan(text)),
            "flag", text -> Parameters.flag("flag", text),
            "colour", text -> Parameters.oneOf(Colour.class, "colour", text),
            "id", text -> Parameters.id("id", text),
            "target", Parameters::target,
            "from", text -> String.valueOf(Parameters.instant("from", text)),
            "lifetime", text -> Parameters.duration("lifetime", text));

    @ParameterizedTest
    @CsvSource({
        "limit, 0",
        "limit, 1001",
        "limit, x",
        "limit, ''",
        "limit, 1e2",
        "number, -1",
        "number, 10",
        "number, 99999999999999999999",
        "olderThan, 0",
        "flag, TRUE",
        "flag, 1",
        "flag, ''",
        "colour, red",
        "colour, Sea_Green",
        "colour, SEA-GREEN",
        "colour, BLUE",
        "colour, ''",
        "colour, ' RED'",
        "id, 1-1-1-1-1",
        "id, x",
        "target, UPPER CASE",
        "from, 2026-11-21",
        "from, 2026-11-21T08:00:00",
        "from, +10000-01-01T00:00:00Z",
        "lifetime, P3651D",
        "lifetime, PT0S",
        "lifetime, -PT1S",
        "lifetime, 7 days",
        "lifetime, ''",
    })
    void saysWhichIsWrong(String name, String text) {
        Function<String, Object> reader = READERS.get(name);

        assertThatThrownBy(() -> reader.apply(text))
                .isInstanceOf(ParameterProblem.class)
                .hasMessageStartingWith(name + " must be ")
                .hasMessageEndingWith(".");
    }

    @Test
    void readsWhatIsMeant() {
        assertThat(Parameters.limit(null)).isEqualTo(100);
        assertThat(Parameters.limit("1000")).isEqualTo(1000);
        assertThat(Parameters.number("n", "9", 0, 9)).isEqualTo(9);
        assertThat(Parameters.olderThan(null)).isNull();
        assertThat(Parameters.olderThan("7")).isEqualTo(7);
        assertThat(Parameters.flag("f", "true")).isTrue();
        assertThat(Parameters.flag("f", "false")).isFalse();
        assertThat(Parameters.flag("f", null)).isFalse();
        assertThat(Parameters.oneOf(Colour.class, "c", "SEA_GREEN")).contains(Colour.SEA_GREEN);
        assertThat(Parameters.oneOf(Colour.class, "c", null)).isEmpty();
        assertThat(Parameters.id("id", "2819C223-7f76-453a-919d-413861904646"))
                .contains(UUID.fromString("2819c223-7f76-453a-919d-413861904646"));
        assertThat(Parameters.target(null)).isEmpty();
        assertThat(Parameters.duration("lifetime", null)).isEmpty();
        assertThat(Parameters.duration("lifetime", "PT0.5S")).contains(Duration.ofMillis(500));
        assertThat(Parameters.duration("lifetime", "P3650D")).contains(Duration.ofDays(3_650));
        assertThat(Parameters.instant("from", "2026-11-21T09:00:00+01:00"))
                .isEqualTo(Instant.parse("2026-11-21T08:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P7DT1S", "PT0S", "-P1D", "P1Y", "7"})
    void namesTheLongestTimeThereMayBe(String text) {
        assertThat(Parameters.duration("lifetime", "P7D", Duration.ofDays(7))).contains(Duration.ofDays(7));
        assertThatThrownBy(() -> Parameters.duration("lifetime", text, Duration.ofDays(7)))
                .hasMessage("lifetime must be a duration of at most P7D, such as P5D or PT4H.");
    }

    @Test
    void namesTheValuesThereAre() {
        assertThatThrownBy(() -> Parameters.oneOf(Colour.class, "colour", "blue"))
                .hasMessage("colour must be one of RED, SEA_GREEN.");
    }
}
