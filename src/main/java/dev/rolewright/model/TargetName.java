package dev.rolewright.model;

import java.util.Optional;
import java.util.regex.Pattern;

/// The name of one target, as the contract and the configuration spell it.
public record TargetName(String value) implements Comparable<TargetName> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    public TargetName {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "A target name has 1 to 63 lower-case letters, digits, underscores and hyphens, and begins with a letter.");
        }
    }

    /// The name that the text is; empty when none can be so.
    public static Optional<TargetName> of(String text) {
        return isName(text) ? Optional.of(new TargetName(text)) : Optional.empty();
    }

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    public int compareTo(TargetName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
