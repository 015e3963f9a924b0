package dev.rolewright.engine.postgres;

import org.jspecify.annotations.Nullable;

/// A role as the catalogue has it just now.
///
/// @param markedAsLogin whether it is a member of the logins' marker, which is half of the mark
/// @param markedAsRole the same for contract roles
/// @param comment the other half
/// @param settable whether we may become it without more ado
/// @param administered whether we may give membership of it, to ourselves too
record Seen(
        long id,
        boolean login,
        boolean markedAsLogin,
        boolean markedAsRole,
        @Nullable String comment,
        boolean settable,
        boolean administered) {

    Seen standing(boolean canLogIn, String newComment) {
        return new Seen(id, canLogIn, markedAsLogin, markedAsRole, newComment, settable, administered);
    }
}
