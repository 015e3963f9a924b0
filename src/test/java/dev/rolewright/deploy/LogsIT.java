package dev.rolewright.deploy;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rolewright.ops.PackagedApp;
import dev.rolewright.ops.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log of an installation: one object a line, from which the id of a request leads to what
/// became of it, and in which nothing stands that nobody is to read, even when it says all that it
/// can.
class LogsIT {

    private static final String SCIM = "the-scim-token-of-the-logs-0123456789-abc";
    private static final String ADMIN = "the-admin-token-of-the-logs-0123456789-ab";
    private static final String WRONG = "rw_a-token-that-nobody-gave-to-anybody-012345";
    private static final String PASSWORD = "correct-horse-battery-staple";
    private static final String MAIL = "ada.lovelace@mail.example";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Collector collector;
    private static PackagedApp app;

    @BeforeAll
    static void start() throws Exception {
        collector = new Collector();
        Map<String, String> environment = new HashMap<>(collector.environment());
        environment.put("ROLEWRIGHT_DATA_DIR", folder.resolve("data").toString());
        environment.put("ROLEWRIGHT_SCIM_TOKEN", SCIM);
        environment.put("ROLEWRIGHT_ADMIN_TOKEN", ADMIN);
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
        environment.put("QUARKUS_LOG_LEVEL", "DEBUG");
        app = PackagedApp.start(folder, environment).untilUp();
        haveTheServerTell();
    }

    /// The target's server says in its log who said which statement, as an operator has it do.
    private static void haveTheServerTell() throws Exception {
        try (Connection server = server();
                Statement statement = server.createStatement()) {
            statement.execute("ALTER SYSTEM SET log_statement = 'ddl'");
            statement.execute("ALTER SYSTEM SET log_line_prefix = '<%a> '");
            statement.execute("SELECT pg_reload_conf()");
        }
        await().until(LogsIT::newcomersAreTold);
    }

    private static boolean newcomersAreTold() throws Exception {
        try (Connection server = server();
                Statement statement = server.createStatement();
                ResultSet row = statement.executeQuery("SHOW log_statement")) {
            return row.next() && row.getString(1).equals("ddl");
        }
    }

    private static Connection server() throws Exception {
        String port = Files.readAllLines(folder.resolve("data/postgres/postmaster.pid"))
                .get(3);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                TestPostgres.user(),
                Files.readString(folder.resolve("data/postgres.password")));
    }

    /// Traces that nobody switched on are not sent at the end either, when whatever is left would be.
    @AfterAll
    static void stop() throws InterruptedException {
        try (Collector silent = collector) {
            app.close();
            assertThat(silent.sent).isEmpty();
        }
    }

    @Test
    void theIdOfAPushLeadsToThePassThatFollowedItAndSecretsAreNotTold() throws Exception {
        Wire.Hired ada = new Wire(app, SCIM, "hires-ada")
                .hire("\"password\": \"%s\", \"emails\": [{\"value\": \"%s\", \"type\": \"work\"}],"
                        .formatted(PASSWORD, MAIL));
        assertThat(new Wire(app, SCIM, "looks")
                        .get("/scim/v2/Users?filter=emails%20eq%20%22" + MAIL + "%22")
                        .statusCode())
                .isEqualTo(200);
        assertThat(new Wire(app, WRONG, "tries").get("/api/targets").statusCode())
                .isEqualTo(401);

        await().untilAsserted(() -> {
            assertThat(messages("hires-ada"))
                    .contains(
                            "User " + ada.person() + " was created by source default",
                            "Group " + ada.group() + " was created by source default")
                    .anyMatch(message ->
                            message.matches("Target orders: pass \\d+ did \\d+ steps of \\d+, about 1 person"));
        });
        JsonNode pass = lines().filter(line -> line.path("loggerName").asText().endsWith(".PassStory")
                        && line.path("level").asText().equals("INFO"))
                .filter(line -> line.at("/mdc/requestId").asText().contains("hires-ada"))
                .findFirst()
                .orElseThrow();
        assertThat(pass.at("/mdc/target").asText()).isEqualTo("orders");
        assertThat(new Wire(app, ADMIN, "asks").get("/api/audit?limit=100").body())
                .contains("\"requestId\":\"" + pass.at("/mdc/pass").asText() + "\"");
        assertThat(Files.readString(folder.resolve("data/postgres.log")))
                .containsPattern("<rolewright rolewright orders "
                        + pass.at("/mdc/pass").asText() + "> LOG: .*(?i:create role) \"ada\"");
        assertThat(app.output())
                .doesNotContain(SCIM, ADMIN, WRONG, PASSWORD, MAIL)
                .doesNotContain(Files.readString(folder.resolve("data/postgres.password")))
                .doesNotContain(Files.readString(folder.resolve("data/orders.password")));
    }

    private static List<String> messages(String request) {
        return lines().filter(line ->
                        List.of(line.at("/mdc/requestId").asText().split(",")).contains(request))
                .map(line -> line.path("message").asText())
                .toList();
    }

    /// But for what the JVM itself says, and a line that is not yet written to its end.
    private static Stream<JsonNode> lines() {
        try {
            String output = app.output();
            return output.substring(0, output.lastIndexOf('\n') + 1)
                    .lines()
                    .filter(line -> line.startsWith("{") && line.endsWith("}"))
                    .map(LogsIT::parse);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
