package dev.rolewright.web.pickup;

import static java.util.stream.Collectors.joining;

import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.web.auth.TrustsPersons;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// People have a login on a server of each version, and take their passwords on all of them at once. Public for Quarkus
/// only.
public class EveryVersion extends TrustsPersons {

    /// Public for Quarkus only.
    public static class Servers implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            try {
                Path contract = Files.createTempDirectory("contract");
                Files.writeString(contract.resolve("all.yaml"), contract());
                Map<String, String> settings = new HashMap<>(new TestPostgres().start());
                settings.put("quarkus.datasource.jdbc.url", ownStore());
                settings.put("rolewright.contract.directory", contract.toString());
                for (TestServers server : TestServers.values()) {
                    Scene.on(server).close();
                    String key = "rolewright.target." + target(server) + ".";
                    settings.put(key + "url", server.jdbcUrl("postgres"));
                    settings.put(key + "username", Scene.CONNECTOR);
                    settings.put(key + "password", "only for tests");
                }
                return settings;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {}

        /// Other tests have another contract, and none lets go of a target just so.
        private static String ownStore() throws SQLException {
            String url = TestPostgres.jdbcUrl();
            try (Connection server = DriverManager.getConnection(url, TestPostgres.user(), TestPostgres.password());
                    Statement statement = server.createStatement()) {
                statement.execute("DROP DATABASE IF EXISTS every_version WITH (FORCE)");
                statement.execute("CREATE DATABASE every_version");
            }
            return url.substring(0, url.lastIndexOf('/') + 1) + "every_version";
        }
    }

    static String target(TestServers server) {
        return "orders-" + server.major();
    }

    private static String contract() {
        return """
                contract: 1
                environments: {test: {}}
                targets:
                %s
                roles:
                %s
                mappings:
                  - {name: analysts read, group: {displayName: %s}, roles: [%s]}
                lifecycle: {login: "{userName.local}", grace: P30D, credentials: password, rotateEvery: P1D}
                brakes: {removeLogins: "100%%", suspendLogins: "100%%", revokeMemberships: "100%%", atLeast: 1000}
                """.formatted(
                each(
                        "\n",
                        target -> "  " + target + ": {engine: postgresql, environment: test,"
                                + " databases: [orders], heir: orders_owner, drift: revert}"),
                each(
                        "\n",
                        target -> "  " + role(target) + ": {kind: read-only, purpose: Reading, owner: us,"
                                + " target: " + target + ", grants: [{database: orders, schema: sales, tables: \"*\","
                                + " privileges: [SELECT]}]}"),
                PasswordsAreGiven.GROUP,
                each(", ", EveryVersion::role));
    }

    private static String role(String target) {
        return target.replace('-', '_') + "_reader";
    }

    private static String each(String between, Function<String, String> line) {
        return Arrays.stream(TestServers.values())
                .map(EveryVersion::target)
                .map(line)
                .collect(joining(between));
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Servers.class));
    }
}
