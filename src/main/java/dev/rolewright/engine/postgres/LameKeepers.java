package dev.rolewright.engine.postgres;

import dev.rolewright.model.RoleName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Keepers that somebody took something from that they need to change their logins. The registrar, who made them, gives
/// it back: the logins of one that is lame could not be locked.
final class LameKeepers {

    private LameKeepers() {}

    /// What cannot be mended is told by a look, and by the steps that need it.
    ///
    /// @param registrar one that may create roles and that our login may become
    /// @param id the registrar's
    /// @param connection outside of any transaction, in our own login's name
    static void mend(RoleName registrar, long id, Connection connection, int version) throws SQLException {
        List<String> statements = statements(registrar, id, connection, version);
        if (statements.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE " + Quoting.name(registrar));
            for (String sql : statements) {
                mend(statement, sql);
            }
            statement.execute("SET ROLE NONE");
        }
    }

    // Somebody who holds one keeper keeps the others from nothing.
    private static void mend(Statement statement, String sql) throws SQLException {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            if (Failures.isServerWide(e)) {
                throw e;
            }
        }
    }

    private static List<String> statements(RoleName registrar, long id, Connection connection, int version) {
        List<String> statements = new ArrayList<>();
        Catalogue.reading(
                connection,
                version,
                catalogue -> catalogue.read(
                        "lame-keepers",
                        row -> {
                            String keeper = Quoting.name(row.getString(1));
                            if (!row.getBoolean(2)) {
                                statements.add("ALTER ROLE " + keeper + " CREATEROLE");
                            }
                            if (!row.getBoolean(3)) {
                                statements.add("GRANT " + keeper + " TO " + Quoting.name(registrar)
                                        + " WITH INHERIT FALSE, SET TRUE");
                            }
                        },
                        id));
        return statements;
    }
}
