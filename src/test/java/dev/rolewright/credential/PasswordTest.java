package dev.rolewright.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.ongres.saslprep.SASLprep;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PasswordTest {

    @Test
    void carries128Bits() {
        Random random = new Random(1);
        Set<Character> used = new HashSet<>();
        Set<String> passwords = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String password = Password.mint(random).reveal();
            assertThat(password).hasSize(26);
            passwords.add(password);
            used.addAll(password.chars().mapToObj(c -> (char) c).collect(Collectors.toSet()));
        }

        assertThat(passwords).hasSize(1_000);
        assertThat(BigInteger.valueOf(used.size()).pow(26)).isGreaterThan(BigInteger.TWO.pow(128));
    }

    @Test
    void hasNoCharacterThatIsTakenForAnother() {
        for (int seed = 0; seed < 200; seed++) {
            assertThat(Password.mint(new Random(seed)).reveal())
                    .matches("[a-z2-9]+")
                    .doesNotContainPattern("[01ilo]");
        }
    }

    @Test
    void isItselfInEveryForm() {
        String password = Password.mint(new Random(7)).reveal();

        assertThat(new SASLprep().prepareStored(password)).isEqualTo(password);
    }
}
