package dev.rolewright.engine.postgres.words;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Runs statements as they are written. The driver would read braces in them, which a condition or a type may have, as
/// escapes of its own.
public final class Verbatim {

    private Verbatim() {}

    public static void run(Connection connection, String... statements) throws SQLException {
        run(connection, List.of(statements));
    }

    public static void run(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
