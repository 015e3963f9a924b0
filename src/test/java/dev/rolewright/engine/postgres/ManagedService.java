package dev.rolewright.engine.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A server as RDS, Cloud SQL and Azure hand it out. Its superuser belongs to the service; the customer's administrator
/// may make roles and databases, and is a member of a role of the service that may a little more.
///
/// One of its databases lets nobody in.
public final class ManagedService implements AutoCloseable {

    /// What the customer's administrator is called.
    public static final String MASTER = "master";

    private static final String PASSWORD = "only for tests";
    private static final Path ORDERS = Path.of("src/test/resources/engine/postgres/orders.sql");

    private final Scene scene;
    private final Connection postgres;

    /// @param generous whether the service lets its customers pass on the server's own roles
    public ManagedService(TestServers server, boolean generous) throws SQLException {
        this.scene = Scene.empty(server);
        scene.run(
                "postgres",
                "CREATE ROLE service_superuser",
                "CREATE ROLE master LOGIN CREATEROLE CREATEDB PASSWORD '" + PASSWORD + "' IN ROLE service_superuser",
                "CREATE DATABASE rdsadmin",
                "REVOKE ALL ON DATABASE rdsadmin FROM PUBLIC");
        if (generous) {
            scene.run("postgres", "GRANT pg_signal_backend, pg_monitor TO service_superuser WITH ADMIN OPTION");
            if (server.keepsGrantors()) {
                scene.run("postgres", "GRANT pg_use_reserved_connections TO service_superuser WITH ADMIN OPTION");
            }
        }
        this.postgres = connect("postgres");
        as(
                postgres,
                "CREATE ROLE orders_owner",
                "GRANT orders_owner TO master",
                "CREATE DATABASE orders OWNER orders_owner");
        try (Connection orders = connect("orders")) {
            as(orders, Script.read(ORDERS, Map.of()));
        }
        as(postgres, "CREATE ROLE connector LOGIN NOINHERIT PASSWORD '" + PASSWORD + "'");
    }

    public Scene scene() {
        return scene;
    }

    /// Runs the script that customers run, as the customer's administrator.
    ///
    /// @return what the server noted
    public List<String> prepare(String databases, String owners) throws SQLException {
        try (Statement statement = postgres.createStatement()) {
            statement.execute(Scene.preparation(databases, owners, Scene.INSTALLATION));
            List<String> notes = new ArrayList<>();
            for (SQLWarning note = statement.getWarnings(); note != null; note = note.getNextWarning()) {
                notes.add(note.getMessage());
            }
            return notes;
        }
    }

    /// Runs statements as the customer's administrator.
    void run(String... statements) throws SQLException {
        as(postgres, statements);
    }

    @Override
    public void close() throws SQLException {
        postgres.close();
        scene.close();
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(scene.server().jdbcUrl(database), MASTER, PASSWORD);
    }

    private static void as(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
