package dev.rolewright.engine.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Brings a server back to how `initdb` left it: no sessions, databases and roles but its own.
final class Sweep {

    private static final int AT_ONCE = 500;
    private static final String FOREIGN_ROLES =
            "SELECT quote_ident(rolname) FROM pg_roles WHERE oid >= 16384 ORDER BY oid DESC";

    private final TestServers server;

    Sweep(TestServers server) {
        this.server = server;
    }

    void all() throws SQLException {
        try (Connection connection = server.administrator("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
            for (String database : Scene.ask(connection, "SELECT database FROM pg_prepared_xacts")) {
                rollBackPrepared(database);
            }
            for (String database : Scene.ask(
                    connection, "SELECT d.datname FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid")) {
                try (Connection there = server.administrator(database);
                        Statement drop = there.createStatement()) {
                    for (String name : Scene.ask(there, "SELECT quote_ident(subname) FROM pg_subscription")) {
                        drop.execute("DROP SUBSCRIPTION " + name);
                    }
                }
            }
            for (String database : Scene.ask(
                    connection,
                    "SELECT quote_ident(datname) FROM pg_database WHERE oid >= 16384 AND NOT datistemplate")) {
                statement.execute("DROP DATABASE " + database + " WITH (FORCE)");
            }
            statement.execute("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC");
            statement.execute("GRANT CONNECT, TEMPORARY ON DATABASE postgres TO PUBLIC");
            statement.execute("GRANT CONNECT ON DATABASE template1 TO PUBLIC");
            List<String> roles = Scene.ask(connection, FOREIGN_ROLES);
            if (roles.isEmpty()) {
                return;
            }
            try (Connection template = server.administrator("template1");
                    Statement there = template.createStatement()) {
                for (int from = 0; from < roles.size(); from += AT_ONCE) {
                    String some = String.join(", ", roles.subList(from, Math.min(from + AT_ONCE, roles.size())));
                    there.execute("DROP OWNED BY " + some + " CASCADE");
                    statement.execute("DROP OWNED BY " + some + " CASCADE");
                    statement.execute("DROP ROLE " + some);
                }
            }
        }
    }

    private void rollBackPrepared(String database) throws SQLException {
        try (Connection connection = server.administrator(database);
                Statement statement = connection.createStatement()) {
            for (String transaction : Scene.ask(
                    connection,
                    "SELECT quote_literal(gid) FROM pg_prepared_xacts WHERE database = current_database()")) {
                statement.execute("ROLLBACK PREPARED " + transaction);
            }
        }
    }
}
