package dev.rolewright.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScramVerifierTest {

    private static final byte[] SALT = bytes("W22ZaJ0SNY7soEsUEjb6gQ==");

    /// RFC 7677 §3.
    private static final String AUTH_MESSAGE = "n=user,r=rOprNGfwEbeRWgbNEkqO,"
            + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
            + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";

    private static final String CLIENT_PROOF = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    private static final String SERVER_SIGNATURE = "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    private static final String GOOD = "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
            + "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";

    @Test
    void holdsTheKeysOfTheExampleInTheStandard() throws GeneralSecurityException {
        String verifier = ScramVerifier.of(Secret.of("pencil"), SALT, 4096).reveal();

        assertThat(verifier).isEqualTo(GOOD);
        String[] keys = verifier.substring(verifier.lastIndexOf('$') + 1).split(":");
        byte[] clientKey = hmac(bytes(keys[0]));
        byte[] proof = bytes(CLIENT_PROOF);
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= proof[i];
        }
        assertThat(MessageDigest.getInstance("SHA-256").digest(clientKey)).isEqualTo(bytes(keys[0]));
        assertThat(hmac(bytes(keys[1]))).isEqualTo(bytes(SERVER_SIGNATURE));
    }

    /// RFC 4013 §3.
    @ParameterizedTest
    @CsvSource({"I\u00ADX,IX", "user,user", "\u00AA,a", "\u2168,IX", "a\u00A0b,a b"})
    void isTheSameForAllSpellingsOfAPassword(String spelt, String prepared) {
        assertThat(ScramVerifier.of(Secret.of(spelt), SALT, 4096))
                .isEqualTo(ScramVerifier.of(Secret.of(prepared), SALT, 4096));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u00AD", "bell\u0007", "\u06271"})
    void isNotMadeOfWhatIsNoPassword(String text) {
        assertThatThrownBy(() -> ScramVerifier.of(Secret.of(text), SALT, 4096))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageNotContaining("bell");
    }

    @Test
    void takesASaltAndIterationsThatAreEnough() {
        Secret password = Secret.of("pencil");

        assertThatThrownBy(() -> ScramVerifier.of(password, new byte[15], 4096)).hasMessageContaining("16 bytes");
        assertThatThrownBy(() -> ScramVerifier.of(password, SALT, 4095)).hasMessageContaining("4096 to");
        assertThatThrownBy(() -> ScramVerifier.of(password, SALT, 1_000_001)).hasMessageContaining("1000000");
        assertThat(ScramVerifier.of(password, SALT, 10_000).reveal()).startsWith("SCRAM-SHA-256$10000:W22Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pencil",
                "md5cd2c6b1e8a1bff1a2a9bbf0ae3ff0f0f",
                "SCRAM-SHA-1$4096:W22ZaJ0SNY7soEsUEjb6gQ==$a:b",
                "SCRAM-SHA-256$4095:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
                "SCRAM-SHA-256$4096:W22ZaJ0S$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
                "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
                "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2Keoi",
                "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4q=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
                GOOD + "'",
                GOOD + "\n",
                " " + GOOD
            })
    void hasOneFormOnly(String other) {
        assertThatThrownBy(() -> new ScramVerifier(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("That is no SCRAM-SHA-256 verifier; a server would take it for a password.");
    }

    @Test
    void printsAsStars() {
        assertThat(new ScramVerifier(GOOD)).hasToString("***").isEqualTo(new ScramVerifier(GOOD));
    }

    private static byte[] hmac(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(AUTH_MESSAGE.getBytes(US_ASCII));
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
