package dev.rolewright.credential;

import dev.rolewright.model.Sha256;
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
        return new Fingerprint(HexFormat.of().formatHex(Sha256.of(secret.bytes())));
    }
}
