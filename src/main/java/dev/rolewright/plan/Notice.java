package dev.rolewright.plan;

import java.util.Locale;
import java.util.Optional;

/// Something an engine saw that a human should know, which no step of ours mends.
///
/// @param remedy the statement that an administrator could run
public record Notice(Kind kind, String sentence, Optional<String> remedy) {

    public enum Kind {
        /// Our login lacks a right that its work needs.
        RIGHT_MISSING,
        /// A managed database could not be looked into.
        NOT_LOOKED_INTO,
        /// Our login can do more than its work needs.
        RIGHT_NOT_NEEDED,
        /// The server gives everybody more than is wise.
        OPEN_TO_EVERYBODY,
        /// Something carries half our mark, so it counts as a stranger.
        MARK_DAMAGED,
        /// A stranger holds one of our roles.
        STRANGER_IN_ROLE,
        /// A session outlived its login.
        GHOST_SESSION,
        /// A transaction of a login of ours is prepared and neither committed nor rolled back.
        PREPARED_TRANSACTION,
        /// A policy of somebody else shows or hides rows to a role of ours.
        FOREIGN_POLICY,
        /// Anything else, in words.
        OTHER;

        /// What a note about it is about.
        String subject() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
