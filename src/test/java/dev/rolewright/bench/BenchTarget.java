package dev.rolewright.bench;

import dev.rolewright.engine.postgres.Script;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/// A customer's server that makes everything durable before it answers, prepared by the script that customers run:
/// our login there is no superuser.
final class BenchTarget implements AutoCloseable {

    static final String DATABASE = "orders";
    static final String OWNER = "orders_owner";
    static final String CONNECTOR = "bench_connector";
    static final String INSTALLATION = "rolewright";
    private static final Path PREPARATION = Path.of("deploy", "postgresql", "connector.sql");

    private final EmbeddedPostgres server;

    private BenchTarget(EmbeddedPostgres server) {
        this.server = server;
    }

    static BenchTarget start() throws IOException, SQLException {
        BenchTarget target = new BenchTarget(durable());
        try (Connection administrator = target.administrator("postgres")) {
            run(administrator, "CREATE ROLE " + OWNER, "CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
            run(
                    administrator,
                    Script.read(
                            PREPARATION,
                            Map.of(
                                    "connector", CONNECTOR,
                                    "installation", INSTALLATION,
                                    "databases", DATABASE,
                                    "owners", OWNER)));
        }
        try (Connection administrator = target.administrator(DATABASE)) {
            run(
                    administrator,
                    "CREATE SCHEMA sales AUTHORIZATION " + OWNER,
                    "SET ROLE " + OWNER,
                    "CREATE TABLE sales.orders (id bigint PRIMARY KEY, region text, amount numeric)",
                    "CREATE TABLE sales.order_lines (order_id bigint REFERENCES sales.orders, article text)");
        }
        return target;
    }

    /// A PostgreSQL with a data directory of its own that trusts whoever comes over loopback.
    static EmbeddedPostgres durable() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "120")
                .start();
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    Connection administrator(String database) throws SQLException {
        return as("postgres", database);
    }

    Connection as(String login, String database) throws SQLException {
        return DriverManager.getConnection(url(database), login, "");
    }

    /// A connection as our own login, doing everything in the grantor's name.
    Connection connector() throws SQLException {
        Connection connection = as(CONNECTOR, "postgres");
        run(connection, "SET ROLE " + INSTALLATION + "_grantor");
        return connection;
    }

    /// Clears away what changes left behind in the catalogue, so that one act does not pay for another.
    void tidy() throws SQLException {
        try (Connection administrator = administrator("postgres")) {
            for (String table : List.of("pg_authid", "pg_auth_members", "pg_shdescription", "pg_shdepend")) {
                run(administrator, "VACUUM ANALYZE " + table);
            }
            run(administrator, "CHECKPOINT");
        }
    }

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
