package dev.rolewright.offboarding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How many people a feed may stop before a human is asked.
class FeedBrakeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "1, 0, 1",
        "5, 0, 100",
        "20, 0, 100",
        "10, 10, 90",
        "5, 0, 6",
        "0, 50, 50",
        "1, 0, 0",
    })
    void letsAShareGo(long stops, long lately, long active) {
        assertThat(FeedBrake.excess(stops, lately, active, 20, 5)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"21, 0, 100", "11, 10, 90", "50, 0, 100", "2, 0, 2", "6, 0, 6", "6, 0, 20", "1, 25, 100"})
    void holdsWhatIsMore(long stops, long lately, long active) {
        assertThat(FeedBrake.excess(stops, lately, active, 20, 5)).isPresent();
    }

    @Test
    void saysWhichLimitItIs() {
        assertThat(FeedBrake.excess(60, 4, 116, 20, 5))
                .contains("would stop 60 of 116 active people, after 4 a short while ago; at most 24 may be stopped"
                        + " at once");
        assertThat(FeedBrake.excess(7, 0, 7, 100, 50)).contains("would stop all 7 active people");
    }
}
