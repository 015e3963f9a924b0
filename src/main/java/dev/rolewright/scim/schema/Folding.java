package dev.rolewright.scim.schema;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/// The forms in which values are compared: two values are equal exactly when their forms are, and they order as their
/// forms order by code point. Every filter, sort and uniqueness check compares these forms, in memory and in the store.
public final class Folding {

    private Folding() {}

    /// The form of a text whose case does not matter.
    ///
    /// Composed first (NFC), so that both spellings of an accented letter meet. Then to lower, upper and lower
    /// case: upper because `ß` must meet `SS`, lower before it because the capital `ẞ` only meets them as a small
    /// one. The Greek final sigma is the one lower-case letter that depends on its neighbours; it becomes the
    /// ordinary one, or else a word would not start with its own beginning.
    public static String fold(String text) {
        if (ascii(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replace('ς', 'σ');
    }

    /// The form of one textual value of that attribute; empty when it is no value of the attribute's type.
    public static Optional<String> text(Attribute attribute, String value) {
        return switch (attribute.type()) {
            case STRING, REFERENCE -> Optional.of(attribute.caseExact() ? value : fold(value));
            case BINARY -> Optional.of(value);
            case DATE_TIME -> DateTimes.canonical(value);
            case BOOLEAN, DECIMAL, INTEGER, COMPLEX -> Optional.empty();
        };
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
