package dev.rolewright.ops;

import dev.rolewright.web.auth.TestTokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/// One real PostgreSQL server for the whole test JVM, started by whoever asks first and stopped with the JVM.
///
/// Every JVM begins with an empty database. The server is the embedded store itself, only that it need not survive a
/// power cut. What others must find again is kept in system properties, because Quarkus loads this class once more in
/// each of its class loaders.
public class TestPostgres implements QuarkusTestResourceLifecycleManager {

    private static final String URL = "test.rolewright.postgres.url";
    private static final String PASSWORD = "test.rolewright.postgres.password";
    private static final Map<String, String> SETTINGS =
            Map.of("fsync", "off", "full_page_writes", "off", "max_connections", "200");
    private static final int SIMULTANEOUS_JVMS = 8;

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.datasource.jdbc.url", jdbcUrl(),
                "quarkus.datasource.username", user(),
                "quarkus.datasource.password", password(),
                "rolewright.scim.token", TestTokens.SCIM,
                "rolewright.admin.token", TestTokens.ADMIN);
    }

    @Override
    public void stop() {
        // The server outlives a single Quarkus boot; the JVM's shutdown hook ends it.
    }

    /// The JDBC URL of the database of this JVM.
    public static String jdbcUrl() {
        return started(URL);
    }

    public static String user() {
        return PostgresServer.USER;
    }

    /// The environment of a process whose store it is.
    public static Map<String, String> isTheStore(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", jdbcUrl());
        environment.put("QUARKUS_DATASOURCE_USERNAME", user());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", password());
        return environment;
    }

    public static String password() {
        return started(PASSWORD);
    }

    /// Leaves nobody in the directory. Whoever put many there does it in the end, because whoever looks at
    /// everybody later, as a whole pass does, would take long over them.
    public static void forgetEverybody() throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl(), user(), password());
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE resource, resource_count, touched CASCADE");
        }
    }

    private static String started(String property) {
        synchronized (System.class) {
            if (System.getProperty(property) == null) {
                EmbeddedStore store = open(1);
                Runtime.getRuntime().addShutdownHook(new Thread(store::close));
                System.setProperty(PASSWORD, store.password().reveal());
                System.setProperty(URL, emptyDatabase(store));
            }
            return System.getProperty(property);
        }
    }

    /// Another test JVM may be at work in the same checkout; each takes a folder of its own.
    private static EmbeddedStore open(int number) {
        try {
            return EmbeddedStore.open(DataDirectory.at(Path.of("target", "test-postgres", "" + number)), SETTINGS);
        } catch (EmbeddedStoreFailure e) {
            if (number == SIMULTANEOUS_JVMS || !e.getMessage().startsWith("another Rolewright")) {
                throw e;
            }
            return open(number + 1);
        }
    }

    private static String emptyDatabase(EmbeddedStore store) {
        try (Connection connection = DriverManager.getConnection(
                        store.jdbcUrl(), store.user(), store.password().reveal());
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists test with (force)");
            statement.execute("create database test");
            return store.jdbcUrl().replaceFirst("postgres$", "test");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
