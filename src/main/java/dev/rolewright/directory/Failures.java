package dev.rolewright.directory;

import dev.rolewright.scim.ScimProblem;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Turns what PostgreSQL refused into what a client is told.
final class Failures {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String QUERY_CANCELED = "57014";

    private Failures() {}

    static RuntimeException of(SQLException failure) {
        if (UNIQUE_VIOLATION.equals(failure.getSQLState())) {
            return ScimProblem.of(ScimProblem.Type.uniqueness, uniqueness(failure));
        }
        if (QUERY_CANCELED.equals(failure.getSQLState())) {
            return ScimProblem.of(ScimProblem.Type.tooMany, "the filter takes too long to answer; narrow it");
        }
        return new IllegalStateException("the store failed with SQL state " + failure.getSQLState(), failure);
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
