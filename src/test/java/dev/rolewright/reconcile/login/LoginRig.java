package dev.rolewright.reconcile.login;

import dev.rolewright.reach.Sessions;
import dev.rolewright.store.Store;

/// What one process knows of logins, put together by hand.
public final class LoginRig {

    public final LoginBook book;
    public final Logins logins;

    public LoginRig(Store store) {
        book = new LoginBook(store);
        logins = new Logins(store);
    }

    public RenamedLogins renamed() {
        return new RenamedLogins(book);
    }

    public ForeignLogins foreign(Sessions sessions) {
        return new ForeignLogins(sessions, book);
    }
}
