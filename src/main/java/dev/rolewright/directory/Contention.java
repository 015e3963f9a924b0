package dev.rolewright.directory;

import org.jspecify.annotations.Nullable;

/// A change that failed only because of another one at the same time; tried again, it may succeed.
final class Contention extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Contention(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
