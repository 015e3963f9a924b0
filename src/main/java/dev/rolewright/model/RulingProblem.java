package dev.rolewright.model;

/// Why nothing can be decided.
public final class RulingProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public enum Kind {
        UNKNOWN,
        /// It does not wait for anybody.
        CLOSED,
        /// It is not what was shown to whoever decides.
        OTHER_DIGEST
    }

    private final Kind kind;

    public RulingProblem(Kind kind, String sentence) {
        super(sentence, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
