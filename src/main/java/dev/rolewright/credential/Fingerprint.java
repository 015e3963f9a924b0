package dev.rolewright.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The SHA-256 of a secret: what is stored and looked up in its place.
///
/// A fast hash is right here. Slow ones (bcrypt, Argon2) make guessing of *human* passwords expensive;
/// our tokens carry 256 random bits, which nobody guesses at any speed, and a slow hash on every request
/// would only serve an attacker who wants to keep us busy. For the same reason no salt is needed, and so
/// the hash can be an index.
///
/// @param hex 64 lower-case hexadecimal digits
public record Fingerprint(String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public Fingerprint {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("a fingerprint is 64 lower-case hexadecimal digits");
        }
    }

    public static Fingerprint of(Secret secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.bytes());
            return new Fingerprint(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Compares in a time that does not depend on where the two differ.
    public boolean matches(Fingerprint other) {
        return MessageDigest.isEqual(
                hex.getBytes(StandardCharsets.US_ASCII), other.hex.getBytes(StandardCharsets.US_ASCII));
    }
}
