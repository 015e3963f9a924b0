package dev.rolewright.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rolewright.ops.PackagedApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log of an installation: one object a line, from which the id of a request leads to what became of it, and in
/// which
/// nothing stands that nobody is to read, even when it says all that it can.
class LogsIT {

    private static final String SCIM = "the-scim-token-of-the-logs-0123456789-abc";
    private static final String ADMIN = "the-admin-token-of-the-logs-0123456789-ab";
    private static final String WRONG = "rw_a-token-that-nobody-gave-to-anybody-012345";
    private static final String PASSWORD = "correct-horse-battery-staple";
    private static final String MAIL = "ada.lovelace@mail.example";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static PackagedApp app;

    @BeforeAll
    static void start() throws Exception {
        app = PackagedApp.start(
                        folder,
                        Map.of(
                                "ROLEWRIGHT_DATA_DIR",
                                folder.resolve("data").toString(),
                                "ROLEWRIGHT_SCIM_TOKEN",
                                SCIM,
                                "ROLEWRIGHT_ADMIN_TOKEN",
                                ADMIN,
                                "QUARKUS_LOG_CONSOLE_JSON_ENABLED",
                                "true",
                                "QUARKUS_LOG_LEVEL",
                                "DEBUG"))
                .untilUp();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        app.close();
        CLIENT.close();
    }

    @Test
    void theIdOfAPushLeadsToThePassThatFollowedItAndSecretsAreNotTold() throws Exception {
        String ada = push("POST", "/scim/v2/Users", SCIM, "hires-ada", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ada", "active": true,
                 "password": "%s", "emails": [{"value": "%s", "type": "work"}]}""".formatted(PASSWORD, MAIL));
        push("POST", "/scim/v2/Groups", SCIM, "makes-her-an-analyst", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "db-analysts",
                 "members": [{"value": "%s"}]}""".formatted(ada));
        push("GET", "/scim/v2/Users?filter=emails%20eq%20%22" + MAIL + "%22", SCIM, "looks-for-her", "");
        push("GET", "/api/targets", WRONG, "tries-a-token", "");

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(messages("hires-ada")).contains("User " + ada + " was created by source default");
            assertThat(messages("makes-her-an-analyst"))
                    .anyMatch(message ->
                            message.startsWith("Group ") && message.endsWith(" was created by source default"))
                    .anyMatch(message ->
                            message.matches("Target orders: pass \\d+ did \\d+ steps of \\d+, about 1 people"));
        });
        JsonNode pass = lines().filter(line -> line.path("loggerName").asText().endsWith(".PassStory")
                        && line.path("level").asText().equals("INFO"))
                .filter(line -> line.at("/mdc/requestId").asText().contains("makes-her-an-analyst"))
                .findFirst()
                .orElseThrow();
        assertThat(pass.at("/mdc/target").asText()).isEqualTo("orders");
        assertThat(push("GET", "/api/audit?limit=100", ADMIN, "asks", ""))
                .contains("\"requestId\":\"" + pass.at("/mdc/pass").asText() + "\"");
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
            return app.output()
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

    /// @return the id of what was made, or the whole answer
    private static String push(String method, String path, String token, String request, String body) throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .header("Authorization", "Bearer " + token)
                        .header("X-Request-Id", request)
                        .header("Content-Type", "application/scim+json")
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("X-Request-Id")).contains(request);
        return method.equals("POST") ? parse(answer.body()).path("id").asText() : answer.body();
    }
}
