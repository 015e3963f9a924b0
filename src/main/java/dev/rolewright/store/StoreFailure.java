package dev.rolewright.store;

import java.sql.SQLException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The store did not do what it was asked to, and nothing of the transaction under way was kept.
public final class StoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean defect;

    public StoreFailure(SQLException cause) {
        super(
                cause.getSQLState() == null
                        ? "the store gave no connection"
                        : "the store failed with SQL state " + cause.getSQLState(),
                cause);
        this.defect = isDefect(cause.getSQLState());
    }

    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
        this.defect = false;
    }

    /// That the store is away, when that is behind a failure, whoever met it and whatever was made of it.
    public static Optional<StoreFailure> away(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreFailure ours) {
                return ours.isDefect() ? Optional.empty() : Optional.of(ours);
            }
        }
        return Optional.empty();
    }

    /// Warns of a failure, in one line when it means no more than that the store is away.
    public static void warn(Logger log, String sentence, Throwable failure) {
        away(failure)
                .ifPresentOrElse(
                        away -> log.warnf("%s: %s", sentence, away.getMessage()), () -> log.warn(sentence, failure));
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
