package dev.rolewright.credential;

import com.ongres.saslprep.SASLprep;
import dev.rolewright.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What a server keeps of a password to check it by SCRAM-SHA-256 (RFC 5802 §3, RFC 7677), in PostgreSQL's form. The
/// password cannot be computed from it.
///
/// A server takes a text of any other form for a password, and says nothing. So there is no verifier but one of exactly
/// this form.
///
/// Who has one can try passwords at leisure, and whoever has it from the server's own files can pass for that server.
/// So it prints as `***`, as a [Secret] does.
public final class ScramVerifier {

    /// RFC 7677 §4 asks for no fewer, and so many a server makes its own with.
    public static final int FEWEST_ITERATIONS = 4096;

    /// The server goes through all of them while a password is set, and each client at each login.
    public static final int MOST_ITERATIONS = 1_000_000;

    public static final int SALT_BYTES = 16;

    private static final int KEY_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("SCRAM-SHA-256\\$([1-9][0-9]{0,6}):([A-Za-z0-9+/]+={0,2})"
            + "\\$([A-Za-z0-9+/]+={0,2}):([A-Za-z0-9+/]+={0,2})");

    private final String text;

    /// @throws IllegalArgumentException when the text is no verifier; the sentence repeats nothing of it
    ScramVerifier(String text) {
        Matcher form = FORM.matcher(text);
        boolean sound = form.matches()
                && isWithin(Integer.parseInt(form.group(1)))
                && length(form.group(2)) >= SALT_BYTES
                && length(form.group(3)) == KEY_BYTES
                && length(form.group(4)) == KEY_BYTES;
        if (!sound) {
            throw new IllegalArgumentException(
                    "That is no SCRAM-SHA-256 verifier; a server would take it for a password.");
        }
        this.text = text;
    }

    /// @param salt random bytes
    /// @throws IllegalArgumentException when SASLprep (RFC 4013) allows no such password, or the
    /// salt or the number of iterations is less than a verifier takes
    public static ScramVerifier of(Secret password, byte[] salt, int iterations) {
        String prepared = prepare(password);
        if (prepared.isEmpty() || salt.length < SALT_BYTES || !isWithin(iterations)) {
            throw new IllegalArgumentException("A verifier takes a password, a salt of " + SALT_BYTES + " bytes and "
                    + FEWEST_ITERATIONS + " to " + MOST_ITERATIONS + " iterations.");
        }
        try {
            PBEKeySpec spec = new PBEKeySpec(prepared.toCharArray(), salt, iterations, KEY_BYTES * Byte.SIZE);
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            byte[] stored = Sha256.of(hmac(salted, "Client Key"));
            return new ScramVerifier("SCRAM-SHA-256$" + iterations + ":" + base64(salt) + "$" + base64(stored) + ":"
                    + base64(hmac(salted, "Server Key")));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has what SCRAM-SHA-256 is made of", e);
        }
    }

    /// Hands out the text: for the statement that sets it, and for nothing that is kept.
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ScramVerifier verifier && verifier.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }

    // The library's own words would repeat a piece of the password; on one of which nothing is left it breaks.
    private static String prepare(Secret password) {
        try {
            return new SASLprep().prepareStored(password.reveal());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("SASLprep (RFC 4013) allows no such password.");
        }
    }

    private static boolean isWithin(int iterations) {
        return FEWEST_ITERATIONS <= iterations && iterations <= MOST_ITERATIONS;
    }

    /// The number of bytes; none when it is not Base64.
    private static int length(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length;
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
