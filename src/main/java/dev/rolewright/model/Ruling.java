package dev.rolewright.model;

/// What a human says of something that waits for them.
///
/// @param digest of what was shown to them, so that nobody decides about something else
/// @param reason for those who read it later
public record Ruling(String digest, String reason) {

    private static final int LONGEST_REASON = 1_000;

    /// @throws IllegalArgumentException when no reason is given, or a very long one
    public Ruling {
        checkReason(reason);
    }

    /// @throws IllegalArgumentException when it is none, or a very long one
    public static void checkReason(String reason) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException(
                    "A decision has a reason, of at most " + LONGEST_REASON + " characters.");
        }
    }

    /// Sees to it that it is about what waits now.
    ///
    /// @param what it is about, at the beginning of a sentence
    /// @param waits whether anybody has still to decide about it
    /// @param state what it is otherwise
    /// @param actual its digest
    /// @throws RulingProblem when it is not
    public void check(String what, boolean waits, String state, String actual) {
        if (!waits) {
            throw new RulingProblem(
                    RulingProblem.Kind.CLOSED, what + " is " + state + ", so nothing of it can be decided.");
        }
        if (!actual.equals(digest)) {
            throw new RulingProblem(
                    RulingProblem.Kind.OTHER_DIGEST, what + " has another digest than the one that was given.");
        }
    }
}
