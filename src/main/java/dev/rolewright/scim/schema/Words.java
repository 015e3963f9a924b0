package dev.rolewright.scim.schema;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The words of RFC 7643 §7 for characteristics, which are our constants in camel case.
final class Words {

    private Words() {}

    /// `READ_ONLY` is `readOnly`.
    static String of(Enum<?> constant) {
        StringBuilder word = new StringBuilder();
        for (String part : constant.name().split("_")) {
            String lower = part.toLowerCase(Locale.ROOT);
            word.append(word.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
        }
        return word.toString();
    }

    static <E extends Enum<E>> Map<String, E> all(E[] constants) {
        return Stream.of(constants).collect(Collectors.toUnmodifiableMap(Words::of, constant -> constant));
    }
}
