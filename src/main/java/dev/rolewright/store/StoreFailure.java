package dev.rolewright.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The store did not do what it was asked to, and nothing of the transaction under way was kept.
public final class StoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean defect;

    public StoreFailure(SQLException cause) {
        super("the store failed with SQL state " + cause.getSQLState(), cause);
        this.defect = isDefect(cause.getSQLState());
    }

    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
        this.defect = false;
    }

    /// Whether the store is well and we asked for something that cannot be, so that asking again is of no use.
    public boolean isDefect() {
        return defect;
    }

    /// Data exceptions, violated constraints, and statements that make no sense.
    private static boolean isDefect(@Nullable String state) {
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("42"));
    }
}
