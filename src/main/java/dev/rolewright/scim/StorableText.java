package dev.rolewright.scim;

/// What a store of Unicode text can keep.
public final class StorableText {

    private StorableText() {}

    /// Says whether the text has neither U+0000, which PostgreSQL cannot hold, nor half a surrogate
    /// pair, which UTF-8 cannot write.
    public static boolean is(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
