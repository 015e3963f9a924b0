package dev.rolewright.engine.postgres.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.EngineFailure;
import org.junit.jupiter.api.Test;

class QuotingTest {

    @Test
    void neverLetsANameOutOfItsQuotes() {
        assertThat(Quoting.name("ada")).isEqualTo("\"ada\"");
        assertThat(Quoting.name("a\"; DROP ROLE postgres; --")).isEqualTo("\"a\"\"; DROP ROLE postgres; --\"");
        assertThat(Quoting.name("a\\\"")).isEqualTo("\"a\\\"\"\"");
        assertThat(Quoting.name("sales", "o\"r")).isEqualTo("\"sales\".\"o\"\"r\"");
    }

    @Test
    void refusesANameThatTheServerWouldCut() {
        assertThat(Quoting.name("é".repeat(31))).hasSize(33);

        assertThatThrownBy(() -> Quoting.name("é".repeat(32))).isInstanceOf(EngineFailure.class);
        assertThatThrownBy(() -> Quoting.name("a".repeat(64))).isInstanceOf(EngineFailure.class);
        assertThatThrownBy(() -> Quoting.name("")).isInstanceOf(EngineFailure.class);
        assertThatThrownBy(() -> Quoting.name("a\0b")).isInstanceOf(EngineFailure.class);
    }

    @Test
    void quotesTextsWhateverTheServerThinksOfBackslashes() {
        assertThat(Quoting.text("O'Neil")).isEqualTo("'O''Neil'");
        assertThat(Quoting.text("\\'; --")).isEqualTo("E'\\\\''; --'");
    }
}
