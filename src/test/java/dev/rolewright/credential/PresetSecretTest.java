package dev.rolewright.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PresetSecretTest {

    @Test
    void blankCountsAsNotConfigured() {
        assertThat(PresetSecret.read("SETTING", Optional.empty())).isEmpty();
        assertThat(PresetSecret.read("SETTING", Optional.of("  "))).isEmpty();
    }

    @Test
    void aSecretThatAnybodyCanTryIsRefusedWithoutBeingRepeated() {
        assertThatThrownBy(() -> PresetSecret.read("SETTING", Optional.of("hunter2")))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith("SETTING has fewer than 8 characters")
                .doesNotContain("hunter2");
    }

    @Test
    void aShortSecretIsAWeakness() {
        Secret weak = PresetSecret.read("SETTING", Optional.of("12345678")).orElseThrow();
        Secret strong = Secret.of("x".repeat(32));

        assertThat(PresetSecret.weakness("SETTING", weak))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .startsWith("SETTING has fewer than 32 characters")
                        .doesNotContain("12345678"));
        assertThat(PresetSecret.weakness("SETTING", strong)).isEmpty();
    }
}
