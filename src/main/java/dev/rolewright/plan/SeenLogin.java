package dev.rolewright.plan;

import dev.rolewright.model.LoginState;

/// A login of ours, and what the server knows about it beyond its state.
///
/// @param id the server's own id of it (PostgreSQL's OID), which no later login of the same name has
/// @param sessions how many are open
/// @param marked whether it carries our mark; else it is [Known] although somebody took the mark away or changed it
/// @param belongings looked up for suspended logins; [Belongings#NONE] otherwise
public record SeenLogin(LoginState state, String id, boolean marked, int sessions, Belongings belongings) {

    public SeenLogin {
        if (id.isEmpty() || sessions < 0) {
            throw new IllegalArgumentException("A login that was seen has an id and no fewer than no sessions.");
        }
    }

    /// One that carries its mark.
    public SeenLogin(LoginState state, String id, int sessions, Belongings belongings) {
        this(state, id, true, sessions, belongings);
    }

    Account account() {
        return Account.of(state.name(), state.person(), id);
    }
}
