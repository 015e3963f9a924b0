package dev.rolewright.reconcile;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The store did not do what it was asked to. Whatever was under way is found and finished by the next pass.
final class StoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean defect;

    StoreFailure(SQLException cause) {
        super("the store failed with SQL state " + cause.getSQLState(), cause);
        this.defect = isDefect(cause.getSQLState());
    }

    StoreFailure(String message, Throwable cause) {
        super(message, cause);
        this.defect = false;
    }

    /// Whether the store is well and we asked for something that cannot be, so that asking again is of no use.
    boolean isDefect() {
        return defect;
    }

    /// Data exceptions, violated constraints, and statements that make no sense.
    private static boolean isDefect(@Nullable String state) {
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("42"));
    }
}
