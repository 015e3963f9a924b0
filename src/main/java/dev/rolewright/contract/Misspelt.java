package dev.rolewright.contract;

import java.util.Objects;

/// A value that is not what can stand in its place, with a fix of its own.
final class Misspelt extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String fix;

    Misspelt(String sentence, String fix) {
        super(sentence);
        this.fix = fix;
    }

    String sentence() {
        return Objects.requireNonNull(getMessage());
    }

    String fix() {
        return fix;
    }
}
