package dev.rolewright.credential;

import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/// The form of the bearer tokens we make: `rw_`, 43 characters that carry 256 random bits, 6 characters of checksum.
///
/// The prefix lets secret scanners find a leaked token; the checksum tells a token from something that only looks like
/// one, without asking the store. Both are public knowledge and add nothing to the strength, which is in the 256 bits.
public final class BearerToken {

    private static final String PREFIX = "rw_";
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_CHARACTERS = 43; // 62^43 > 2^256
    private static final int CHECK_CHARACTERS = 6; // 62^6 > 2^32
    private static final int BODY = PREFIX.length() + RANDOM_CHARACTERS;
    private static final int LENGTH = BODY + CHECK_CHARACTERS;
    private static final int HINT = PREFIX.length() + 4;

    private BearerToken() {}

    /// Makes a new token from a generator that must be cryptographically strong.
    public static Secret mint(RandomGenerator random) {
        StringBuilder token = new StringBuilder(LENGTH).append(PREFIX);
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return Secret.of(token.append(checksum(token)).toString());
    }

    /// Tells whether a text can be one of our tokens: prefix, length, alphabet and checksum fit.
    public static boolean isWellFormed(Secret secret) {
        String text = secret.reveal();
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return false;
        }
        String body = text.substring(0, BODY);
        return body.chars().skip(PREFIX.length()).allMatch(c -> ALPHABET.indexOf(c) >= 0)
                && text.substring(BODY).equals(checksum(body));
    }

    /// The first few characters, by which people recognise a token in a list; far too few to help anyone guess it.
    public static String hint(Secret secret) {
        return isWellFormed(secret) ? secret.reveal().substring(0, HINT) : "***";
    }

    private static String checksum(CharSequence body) {
        CRC32 crc = new CRC32();
        body.chars().forEach(crc::update);
        long rest = crc.getValue();
        StringBuilder digits = new StringBuilder(CHECK_CHARACTERS);
        for (int i = 0; i < CHECK_CHARACTERS; i++) {
            digits.append(ALPHABET.charAt((int) (rest % ALPHABET.length())));
            rest /= ALPHABET.length();
        }
        return digits.toString();
    }
}
