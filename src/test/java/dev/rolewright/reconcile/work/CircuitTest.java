package dev.rolewright.reconcile.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.EngineFailure.Kind;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CircuitTest {

    private static final int OFTEN = 20;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"RIGHT_MISSING", "FULL", "BUSY", "CHANGED_MEANWHILE", "UNSAFE", "UNEXPECTED"})
    void whatMayBeOfSomeKeepsNobodyElseWaitingForLong(Kind kind) {
        assertThat(Circuit.pause(kind, OFTEN, LONGEST)).isLessThan(Duration.ofSeconds(40));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"UNREACHABLE", "REFUSED", "WRONG_VERSION", "MOVED", "SHARED", "READ_ONLY"})
    void whatIsOfTheWholeServerIsLeftAloneForLonger(Kind kind) {
        assertThat(Circuit.pause(kind, OFTEN, LONGEST)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void nothingIsLeftAloneForLongerThanItMay(Kind kind) {
        assertThat(Circuit.pause(kind, OFTEN, Duration.ofSeconds(2))).isLessThan(Duration.ofSeconds(4));
    }
}
