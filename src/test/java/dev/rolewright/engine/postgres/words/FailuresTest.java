package dev.rolewright.engine.postgres.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a server says becomes one of few kinds, in words that quote nothing of it.
class FailuresTest {

    @ParameterizedTest
    @CsvSource({
        "53100, FULL, true", // the disk
        "53200, FULL, false", // the memory for one statement
        "53300, FULL, true", // the connections
        "58030, FULL, true", // writing failed
        "25006, READ_ONLY, true",
        "57P03, UNREACHABLE, true",
        "08006, UNREACHABLE, true",
        "55P03, BUSY, false",
        "57014, BUSY, false",
        "42501, RIGHT_MISSING, false",
        "28P01, REFUSED, false",
        "2BP01, UNSAFE, false",
        "22000, UNEXPECTED, false"
    })
    void codesHaveKinds(String code, Kind kind, boolean serverWide) {
        SQLException cause = new SQLException("could not extend file: ALTER ROLE ada PASSWORD 'secret'", code);

        EngineFailure failure = Failures.of(cause, Optional.of("GRANT it"));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.sentence()).isNotBlank().doesNotContain("secret", "extend");
        assertThat(failure.remedy()).isEqualTo(kind == Kind.RIGHT_MISSING ? Optional.of("GRANT it") : Optional.empty());
        assertThat(Failures.isServerWide(cause)).isEqualTo(serverWide);
    }
}
