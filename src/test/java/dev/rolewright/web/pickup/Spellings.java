package dev.rolewright.web.pickup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/// The ways in which somebody who writes down a secret could spell it.
final class Spellings {

    private Spellings() {}

    /// A URL spells it as it is: secrets are letters, digits and what URLs leave alone.
    static Set<String> of(String secret) {
        byte[] bytes = secret.getBytes(UTF_8);
        Set<String> all = new LinkedHashSet<>();
        all.add(secret);
        all.add(HexFormat.of().formatHex(bytes));
        all.add(HexFormat.of().withUpperCase().formatHex(bytes));
        all.add(HexFormat.ofDelimiter(" ").formatHex(bytes));
        String numbers = Arrays.toString(bytes);
        all.add(numbers.substring(1, numbers.length() - 1));
        for (Base64.Encoder base64 : new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
            for (int ahead = 0; ahead < 3; ahead++) {
                all.add(within(base64, ahead, bytes));
            }
        }
        return all;
    }

    /// What is the same whatever is ahead of it, as a user's name is, and whatever follows.
    private static String within(Base64.Encoder base64, int ahead, byte[] secret) {
        byte[] bytes = new byte[ahead + secret.length];
        System.arraycopy(secret, 0, bytes, ahead, secret.length);
        String text = base64.withoutPadding().encodeToString(bytes);
        return text.substring((ahead * 8 + 5) / 6, bytes.length * 8 / 6);
    }
}
