package dev.rolewright.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.store.StoreFailure;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

    @ParameterizedTest
    @CsvSource({"23505, 409, uniqueness", "57014, 400, tooMany", "08006, 503,", "57P01, 503,", "53300, 503,"})
    void tellsTheClientWhatItCanDoAbout(String state, int status, ScimProblem.Type type) {
        ScimProblem problem = (ScimProblem) Failures.of(new SQLException("value 'secret'", state));

        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.type()).isEqualTo(type);
        assertThat(problem.detail()).doesNotContain("secret");
    }

    @Test
    void aPoolWithoutConnectionsIsAStoreThatCannotBeReached() {
        ScimProblem problem = (ScimProblem) Failures.of(new SQLException("Acquisition timeout"));

        assertThat(problem.status()).isEqualTo(503);
        assertThat(StoreFailure.away(problem)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "23503"})
    void triesAgainWhatOnlyMetAnotherChange(String state) {
        assertThat(Failures.of(new SQLException("x", state))).isInstanceOf(Contention.class);
    }

    @Test
    void hidesNothingItDoesNotKnow() {
        SQLException failure = new SQLException("syntax error", "42601");

        assertThat(Failures.of(failure))
                .isInstanceOf(IllegalStateException.class)
                .hasCause(failure)
                .hasMessageContaining("42601");
    }
}
