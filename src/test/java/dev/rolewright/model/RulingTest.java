package dev.rolewright.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulingTest {

    private static final Ruling RULING = new Ruling("d1", "They left with the merger.");

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void hasAReason(String none) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Ruling("d1", none));
    }

    @Test
    void theReasonCanBeRead() {
        assertThatCode(() -> new Ruling("d1", "x".repeat(1_000))).doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> new Ruling("d1", "x".repeat(1_001)));
    }

    @Test
    void isAboutWhatWaitsAndWasShown() {
        assertThatCode(() -> RULING.check("Hold 7", true, "open", "d1")).doesNotThrowAnyException();
        assertThatExceptionOfType(RulingProblem.class)
                .isThrownBy(() -> RULING.check("Hold 7", false, "refused", "d1"))
                .withMessage("Hold 7 is refused, so nothing of it can be decided.")
                .returns(RulingProblem.Kind.CLOSED, RulingProblem::kind);
        assertThatExceptionOfType(RulingProblem.class)
                .isThrownBy(() -> RULING.check("Hold 7", true, "open", "d2"))
                .withMessage("Hold 7 has another digest than the one that was given.")
                .returns(RulingProblem.Kind.OTHER_DIGEST, RulingProblem::kind);
    }
}
