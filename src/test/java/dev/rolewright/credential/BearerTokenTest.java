package dev.rolewright.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BearerTokenTest {

    private final Random random = new Random(20);

    @Test
    void hasAFormThatSecretScannersFind() {
        assertThat(BearerToken.mint(random).reveal()).matches("rw_[0-9A-Za-z]{49}");
    }

    @Test
    void isRecognisedByItsChecksum() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(BearerToken.isWellFormed(BearerToken.mint(random))).isTrue();
        }
    }

    @Test
    void oneChangedCharacterIsATypo() {
        String token = BearerToken.mint(random).reveal();

        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'a' ? 'b' : 'a';
            String mistyped = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(BearerToken.isWellFormed(Secret.of(mistyped)))
                    .as(mistyped)
                    .isFalse();
        }
    }

    @Test
    void foreignTextsAreNotOurs() {
        String token = BearerToken.mint(random).reveal();

        for (String text :
                new String[] {"", "rw_", token + "a", " " + token, token.toLowerCase(Locale.ROOT), "rw_é".repeat(13)}) {
            assertThat(BearerToken.isWellFormed(Secret.of(text))).as(text).isFalse();
        }
    }

    @Test
    void usesTheWholeAlphabetAtEveryPlace() {
        Set<Character> first = new HashSet<>();
        Set<Character> last = new HashSet<>();

        for (int i = 0; i < 3_000; i++) {
            String token = BearerToken.mint(random).reveal();
            first.add(token.charAt(3));
            last.add(token.charAt(45));
        }

        assertThat(first).hasSize(62);
        assertThat(last).hasSize(62);
    }

    @Test
    void theHintGivesAwayFourCharacters() {
        Secret token = BearerToken.mint(random);

        assertThat(BearerToken.hint(token)).isEqualTo(token.reveal().substring(0, 7));
        assertThat(BearerToken.hint(Secret.of("a password of somebody"))).isEqualTo("***");
    }
}
