package dev.rolewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"ada", "ada.lovelace", "ada+dba@example.org", "jürgen", "渡辺", "a_b-c$1"})
    void givesPlainNames(String name) {
        assertThat(new LoginName(name).isPlain()).isTrue();
        assertThat(new RoleName(name).isPlain()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a\"b",
                "a'b",
                "a;b",
                "a\nb",
                "a\u202Eb",
                "a\u200Bb",
                "a\\b",
                "a/b",
                "0123456789012345678901234567890123456789012345678901234567890123",
                "éééééééééééééééééééééééééééééééé"
            })
    void knowsNamesOfStrangersAndGivesNone(String name) {
        assertThat(new LoginName(name).isPlain()).isFalse();
        assertThat(new RoleName(name).isPlain()).isFalse();
    }

    @Test
    void refusesWhatNoServerCanHold() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LoginName(""));
        assertThatIllegalArgumentException().isThrownBy(() -> new RoleName("a\0b"));
        assertThatIllegalArgumentException().isThrownBy(() -> new RoleName("a".repeat(257)));
    }

    @Test
    void keepsSpellingsApart() {
        assertThat(new LoginName("Ada")).isNotEqualTo(new LoginName("ada"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Orders", "1orders", "orders.eu", "a b"})
    void refusesTargetNamesThatConfigurationCouldNotSpell(String name) {
        assertThat(TargetName.isName(name)).isFalse();
        assertThat(TargetName.of(name)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new TargetName(name));
    }

    @Test
    void refusesPrivilegesThatAreNotWords() {
        assertThat(new PrivilegeName("ALTER SYSTEM").value()).isEqualTo("ALTER SYSTEM");
        assertThatIllegalArgumentException().isThrownBy(() -> new PrivilegeName("select"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PrivilegeName("SELECT; DROP"));
    }
}
