package dev.rolewright.offboarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How many people a feed may stop before a human is asked.
class FeedBrakeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0",
        "1, 0, 0, 1",
        "5, 0, 0, 100",
        "20, 0, 0, 100",
        "10, 0, 10, 90",
        "5, 0, 0, 6",
        "0, 0, 50, 50",
        "1, 0, 0, 0",
        "0, 5, 0, 0",
        "10, 10, 0, 100",
        "0, 20, 0, 100",
    })
    void letsAShareGo(long stops, long awaited, long lately, long active) {
        assertThat(excess(stops, awaited, lately, active)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "21, 0, 0, 100",
        "11, 0, 10, 90",
        "50, 0, 0, 100",
        "2, 0, 0, 2",
        "6, 0, 0, 6",
        "6, 0, 0, 20",
        "1, 0, 25, 100",
        "0, 6, 0, 0",
        "10, 11, 0, 100",
        "0, 11, 10, 90",
    })
    void holdsWhatIsMore(long stops, long awaited, long lately, long active) {
        assertThat(excess(stops, awaited, lately, active)).isPresent();
    }

    private static Optional<String> excess(long stops, long awaited, long lately, long active) {
        return FeedBrake.excess(new FeedBrake.Stops(stops, awaited), lately, active, 20, 5);
    }

    @Test
    void saysWhichLimitItIs() {
        assertThat(excess(60, 0, 4, 116))
                .contains("would stop 60 of 116 active people, after 4 a short while ago; at most 24 may be stopped"
                        + " at once");
        assertThat(excess(1, 60, 0, 100))
                .contains("would stop 1 of 100 active people and 60 whom the directory does not know yet; at most 20"
                        + " may be stopped at once");
        assertThat(FeedBrake.excess(new FeedBrake.Stops(7, 0), 0, 7, 100, 50))
                .contains("would stop all 7 active people");
    }
}
