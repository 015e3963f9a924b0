package dev.rolewright.offboarding;

import java.util.Optional;

/// What became of one row of a feed, or would become of it as long as the feed is not applied.
///
/// @param event its name; empty when it cannot be understood or says nothing
/// @param problem what is wrong about it
public record FeedRow(int line, Outcome outcome, Optional<String> event, Optional<String> problem) {

    public enum Outcome {
        /// It is of a person whom the directory knows.
        APPLIED,
        /// It is kept until the directory knows the person.
        WAITING,
        /// The sender said it before.
        KNOWN,
        /// It is not clear who is meant.
        AMBIGUOUS,
        /// It cannot be understood, or its name was used for something else.
        REFUSED,
        /// It says nothing that is for us.
        SILENT
    }
}
