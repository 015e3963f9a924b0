package dev.rolewright.offboarding;

/// Why nothing can be decided about a feed.
public final class FeedProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public enum Kind {
        UNKNOWN,
        /// It does not wait for anybody.
        CLOSED,
        OTHER_DIGEST
    }

    private final Kind kind;

    FeedProblem(Kind kind, String sentence) {
        super(sentence, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
