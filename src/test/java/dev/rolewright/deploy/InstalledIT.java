package dev.rolewright.deploy;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.ops.PackagedApp;
import dev.rolewright.ops.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged application as the manifests start it: the store is migrated by a process that
/// ends, and the others rely on it; secrets are files.
class InstalledIT {

    private static final String ADMIN = "the-admin-token-of-the-installation-0123456789";
    private static final String DATABASE = "installed";

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void prepare() throws Exception {
        execute("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
        execute("CREATE DATABASE " + DATABASE);
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        // As Kubernetes lays them out: links to what can be replaced at once.
        Path data = Files.createDirectory(secrets.resolve("..2026"));
        Files.writeString(data.resolve("quarkus.datasource.password"), TestPostgres.password() + "\n");
        Files.writeString(data.resolve("rolewright.admin.token"), ADMIN + "\n");
        Files.writeString(folder.resolve("orders.password"), "the-password-of-the-connector\n");
        Files.createSymbolicLink(secrets.resolve("..data"), Path.of("..2026"));
        for (String key : new String[] {"quarkus.datasource.password", "rolewright.admin.token"}) {
            Files.createSymbolicLink(secrets.resolve(key), Path.of("..data", key));
        }
    }

    @Test
    void servesOnceTheStoreIsMigratedByAProcessThatEnds() throws Exception {
        try (PackagedApp early = PackagedApp.start(folder, environment("Deployment"))) {
            assertThat(early.status()).isEqualTo(1);
            assertThat(early.output()).contains("Detected resolved migration not applied to database: 1");
        }
        try (PackagedApp migration = PackagedApp.start(folder, environment("Job"))) {
            assertThat(migration.status()).isZero();
            assertThat(migration.output()).contains("Successfully applied").doesNotContain("Listening on");
        }

        try (PackagedApp app =
                PackagedApp.start(folder, environment("Deployment")).untilUp()) {
            await().until(() -> healthy(app.port()) == 0); // a busy store may answer late
            assertThat(new Wire(app, ADMIN, "req-1").get("/api/targets").statusCode())
                    .isEqualTo(200);
            assertThat(app.output())
                    .contains("\"message\":\"Targets: orders at jdbc:postgresql://")
                    .contains("as rolewright_connector\"")
                    .contains("\"message\":\"Admin token: preset\"")
                    .contains("\"message\":\"Contract 1 (")
                    .doesNotContain("Unrecognized configuration key")
                    .doesNotContain(ADMIN)
                    .doesNotContain(TestPostgres.password())
                    .doesNotContain("the-password-of-the-connector");
            app.kill();
            assertThat(healthy(app.port())).isNotZero();
        }
    }

    @Test
    void aMigrationThatFailsSaysSo() throws Exception {
        execute("DROP DATABASE " + DATABASE + " WITH (FORCE)");

        try (PackagedApp migration = PackagedApp.start(folder, environment("Job"))) {
            assertThat(migration.status()).isNotZero();
        }
    }

    @Test
    void isNotHealthyWhileItsStoreIsAway() throws Exception {
        Map<String, String> environment = environment("Deployment");
        environment.remove("QUARKUS_FLYWAY_MIGRATE_AT_START");
        environment.remove("QUARKUS_FLYWAY_VALIDATE_AT_START");
        try (PackagedApp app = PackagedApp.start(folder, environment).untilUp()) {
            execute("ALTER DATABASE " + DATABASE + " WITH ALLOW_CONNECTIONS false");
            execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + DATABASE + "'");

            assertThat(healthy(app.port())).isNotZero();
            assertThat(new Wire(app, ADMIN, "req-1").get("/q/health/live").statusCode())
                    .isEqualTo(200);
        }
    }

    /// What the manifests say, but for what is different on every machine.
    private Map<String, String> environment(String kind) throws IOException {
        DeployFiles files = DeployFiles.read();
        Map<String, String> environment = new HashMap<>();
        Stream.concat(
                        files.objects("ConfigMap").map(it -> it.path("data")),
                        files.objects(kind).map(it -> it.at("/spec/template/spec/containers/0/env")))
                .flatMap(Elements::named)
                .forEach((Map.Entry<String, JsonNode> it) ->
                        environment.put(it.getKey(), it.getValue().asText()));
        Map<String, String> ours = Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", address(),
                "QUARKUS_DATASOURCE_USERNAME", TestPostgres.user(),
                "SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS",
                        folder.resolve("secrets").toString(),
                "ROLEWRIGHT_CONTRACT_DIRECTORY",
                        DeployFiles.FOLDER.resolve("contract").toAbsolutePath().toString(),
                "ROLEWRIGHT_TARGET_ORDERS_URL", address(),
                "ROLEWRIGHT_TARGET_ORDERS_PASSWORD_FILE",
                        folder.resolve("orders.password").toString());
        assertThat(environment).containsKeys(ours.keySet().toArray(String[]::new));
        environment.putAll(ours);
        return environment;
    }

    private static String address() {
        return TestPostgres.jdbcUrl().replaceFirst("[^/]*$", DATABASE);
    }

    private static int healthy(int port) throws Exception {
        ProcessBuilder script = new ProcessBuilder(
                        "bash", DeployFiles.FOLDER.resolve("docker/healthy").toString())
                .inheritIO();
        script.environment().put("QUARKUS_HTTP_PORT", "" + port);
        return script.start().waitFor();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        TestPostgres.jdbcUrl(), TestPostgres.user(), TestPostgres.password());
                Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    assertThat(rows.next()).isTrue();
                }
            }
        }
    }
}
