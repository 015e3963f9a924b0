package dev.rolewright.ops;

import java.io.Serial;

/// Says in one sentence, for the person who starts Rolewright, why the embedded store cannot be used.
final class EmbeddedStoreFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    EmbeddedStoreFailure(String sentence) {
        super(sentence);
    }

    EmbeddedStoreFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
