package dev.rolewright.reconcile;

/// A decision about a hold that cannot be taken.
public final class HoldProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public enum Kind {
        /// There is no such hold.
        UNKNOWN,
        /// It was decided, or has passed; what is held now is another plan.
        CLOSED,
        /// The digest is not that of what is held.
        OTHER_DIGEST
    }

    private final Kind kind;

    HoldProblem(Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
