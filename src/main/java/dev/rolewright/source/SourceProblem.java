package dev.rolewright.source;

/// A wish about sources or tokens that cannot be granted, in a sentence for the admin who had it.
public final class SourceProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Why not.
    public enum Kind {
        UNKNOWN,
        INVALID,
        TAKEN
    }

    private final Kind kind;

    SourceProblem(Kind kind, String sentence) {
        super(sentence, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
