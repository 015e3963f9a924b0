package dev.rolewright.directory;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.store.StoreFailure;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Turns what PostgreSQL refused into what a client is told, or into another attempt.
final class Failures {

    private Failures() {}

    static RuntimeException of(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return switch (state) {
            case "23505" -> ScimProblem.of(ScimProblem.Type.uniqueness, uniqueness(failure));
            // query_canceled: nobody but our own time-out cancels.
            case "57014" ->
                ScimProblem.of(ScimProblem.Type.tooMany, "the search takes too long to answer; narrow the filter");
            // serialization_failure, deadlock_detected, and foreign_key_violation: the other end was just deleted.
            case "40001", "40P01", "23503" -> new Contention("the change met another one: " + state, failure);
            default ->
                unreachable(state)
                        ? unavailable(failure)
                        : new IllegalStateException("the store failed with SQL state " + state, failure);
        };
    }

    /// Connection exceptions, a server that starts, stops or is full, and, without a state, a pool that had
    /// no connection to give for too long.
    private static boolean unreachable(String state) {
        return state.isEmpty() || state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
    }

    private static ScimProblem unavailable(SQLException failure) {
        return ScimProblem.of(
                503, "the directory's store cannot be reached at present; try again later", new StoreFailure(failure));
    }

    private static String uniqueness(SQLException failure) {
        ServerErrorMessage message = failure instanceof PSQLException p ? p.getServerErrorMessage() : null;
        String constraint = message == null ? null : message.getConstraint();
        if ("resource_user_name".equals(constraint)) {
            return "userName is already taken";
        }
        if ("resource_pkey".equals(constraint)) {
            return "id is already taken";
        }
        return "a value that the schema declares unique is already taken";
    }
}
