package dev.rolewright.reconcile;

import java.sql.SQLException;

/// The store did not do what it was asked to. Whatever was under way is found and finished by the next pass.
final class StoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreFailure(SQLException cause) {
        super("the store failed with SQL state " + cause.getSQLState(), cause);
    }
}
