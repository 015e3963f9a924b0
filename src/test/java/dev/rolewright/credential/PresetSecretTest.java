package dev.rolewright.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "12345678, fewer than 32 characters",
        "0123456789abcdef0123456789abcde, fewer than 32 characters",
        "abababababababababababababababababab, fewer than 8 different characters",
    })
    void whatSomebodyMayHaveChosenByHandIsAWeakness(String text, String why) {
        Secret weak = PresetSecret.read("SETTING", Optional.of(text)).orElseThrow();

        assertThat(PresetSecret.weakness("SETTING", weak))
                .hasValueSatisfying(danger -> assertThat(danger.warning())
                        .startsWith("Not safe: SETTING has " + why)
                        .contains("openssl rand -hex 32")
                        .doesNotContain(text));
    }

    @Test
    void whatIsRandomIsNone() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            assertThat(PresetSecret.weakness("SETTING", Secret.of(HexFormat.of().formatHex(bytes))))
                    .isEmpty();
        }
    }
}
