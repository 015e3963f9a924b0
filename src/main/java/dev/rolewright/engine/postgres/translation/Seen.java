package dev.rolewright.engine.postgres.translation;

import dev.rolewright.model.RoleName;
import org.jspecify.annotations.Nullable;

/// A role as the catalogue has it just now.
///
/// @param markedAsLogin whether it is a member of the logins' marker, which is half of the mark
/// @param markedAsRole the same for contract roles
/// @param comment the other half
/// @param settable whether we may become it without more ado
/// @param keeper who of ours may change it and give membership of it; null when none of us may
public record Seen(
        long id,
        boolean login,
        boolean markedAsLogin,
        boolean markedAsRole,
        @Nullable String comment,
        boolean settable,
        @Nullable RoleName keeper) {

    Seen marked(String newComment) {
        return new Seen(id, login, true, markedAsRole, newComment, settable, keeper);
    }

    Seen standing(boolean canLogIn, String newComment) {
        return new Seen(id, canLogIn, markedAsLogin, markedAsRole, newComment, settable, keeper);
    }
}
