package dev.rolewright.credential;

import java.util.random.RandomGenerator;

/// The form of the passwords we make: 26 characters that carry 128 random bits and that people can tell apart.
///
/// Beyond that no slow hash protects it any better: 2^128 guesses are too many for everybody who has got hold of its
/// verifier, in a server's log or elsewhere. Nobody is to remember it, so nobody has to be asked for one.
///
/// All are lower-case letters and digits of ASCII: SASLprep (RFC 4013), quoting, URLs and shells leave them as they
/// are.
public final class Password {

    private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"; // 31, without 0 1 i l o
    private static final int LENGTH = 26; // 31^26 > 2^128

    private Password() {}

    /// Makes a new password from a generator that must be cryptographically strong.
    public static Secret mint(RandomGenerator random) {
        StringBuilder password = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return Secret.of(password.toString());
    }
}
