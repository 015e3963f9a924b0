package dev.rolewright.ops;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// One real PostgreSQL server for the whole test JVM, started by whoever asks first and stopped with the JVM.
///
/// The address is kept in a system property because Quarkus loads this class again in each of its class loaders.
public class TestPostgres implements QuarkusTestResourceLifecycleManager {

    private static final String ADDRESS = "rolewright.test.postgres";
    private static final String USER = "postgres";

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.datasource.jdbc.url", jdbcUrl(),
                "quarkus.datasource.username", user(),
                "quarkus.datasource.password", password());
    }

    @Override
    public void stop() {
        // The server outlives a single Quarkus boot; the JVM's shutdown hook ends it.
    }

    /// Gives the JDBC URL of the default database, starting the server when it is not there yet.
    public static String jdbcUrl() {
        synchronized (System.class) {
            String known = System.getProperty(ADDRESS);
            if (known != null) {
                return known;
            }
            String url = startServer().getJdbcUrl(USER, USER);
            System.setProperty(ADDRESS, url);
            return url;
        }
    }

    public static String user() {
        return USER;
    }

    public static String password() {
        return USER;
    }

    private static EmbeddedPostgres startServer() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("fsync", "off")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
