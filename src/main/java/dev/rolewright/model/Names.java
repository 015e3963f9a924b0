package dev.rolewright.model;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// What a name of a database object must look like to exist at all, and to be one that we give.
final class Names {

    private static final int LONGEST = 256;
    private static final int LONGEST_OF_OURS = 63;

    private Names() {}

    /// Any name a server could tell us about: nothing is refused here that a stranger may have chosen.
    static String check(String what, String name) {
        if (name.isEmpty() || name.length() > LONGEST || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A " + what + " has 1 to " + LONGEST + " characters and no NUL.");
        }
        return name;
    }

    /// Letters, digits and `_ . - @ + $`, within the 63 bytes that PostgreSQL keeps of a name: no quote, blank,
    /// control or direction mark can be in it.
    static boolean isPlain(String name) {
        for (int at = 0; at < name.length(); at += Character.charCount(name.codePointAt(at))) {
            int point = name.codePointAt(at);
            if (!Character.isLetterOrDigit(point)
                    && Character.getType(point) != Character.NON_SPACING_MARK
                    && "_.-@+$".indexOf(point) < 0) {
                return false;
            }
        }
        return name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_OF_OURS;
    }

    /// One spelling for all that differ in case only.
    static String fold(String name) {
        return isAscii(name)
                ? name.toLowerCase(Locale.ROOT)
                : name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static boolean isAscii(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
