package dev.rolewright.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolewright.ops.PackagedApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Alerts and dashboard ask for what the application tells once everything has happened that they are about.
class MetricsIT {

    private static final String SCIM = "the-scim-token-of-the-metrics-0123456789";
    private static final String ADMIN = "the-admin-token-of-the-metrics-0123456789";
    private static final String HR = "the-hr-token-of-the-metrics-0123456789-ab";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static PackagedApp app;
    private static Exposition exposed;

    @BeforeAll
    static void letEverythingHappen() throws Exception {
        app = PackagedApp.start(
                        folder,
                        Map.of(
                                "ROLEWRIGHT_DATA_DIR", folder.resolve("data").toString(),
                                "ROLEWRIGHT_SCIM_TOKEN", SCIM,
                                "ROLEWRIGHT_ADMIN_TOKEN", ADMIN,
                                "ROLEWRIGHT_HR_SENDER_WORKDAY_TOKEN", HR))
                .untilUp();
        String ada = id(call("POST", "/scim/v2/Users", SCIM, """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ada@example.org", "active": true}"""));
        String group = id(call("POST", "/scim/v2/Groups", SCIM, """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "db-analysts",
                 "members": [{"value": "%s"}]}""".formatted(ada)));
        await().atMost(PATIENCE)
                .until(() ->
                        call("GET", "/api/people/" + ada + "/access", ADMIN, "").contains("orders_reader"));
        await().atMost(PATIENCE)
                .until(() ->
                        call("GET", "/api/targets/orders/logins", ADMIN, "").contains("\"ada\""));
        byHand("ALTER ROLE ada NOLOGIN");
        await().atMost(PATIENCE).until(() -> {
            call("POST", "/api/targets/orders/passes?wait=30", ADMIN, "");
            return call("GET", "/q/metrics", ADMIN, "").contains("drift_reverted_total{");
        });
        call("PATCH", "/scim/v2/Groups/" + group, SCIM, """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                 "Operations": [{"op": "Remove", "path": "members", "value": [{"value": "%s"}]}]}""".formatted(ada));
        await().atMost(PATIENCE)
                .until(() ->
                        call("GET", "/api/receipts?person=" + ada, ADMIN, "").contains("\"holds\":true"));
        call("POST", "/hr/v1/events", HR, """
                {"id": "e-1", "kind": "leaver", "person": {"userName": "ada@example.org"}, "at": "2026-01-01T00:00:00Z"}""");
        call("GET", "/api/targets", "not-the-token-of-anybody-0123456789", "");
        exposed = Exposition.read(call("GET", "/q/metrics", ADMIN, ""));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        app.close();
        CLIENT.close();
    }

    @Test
    void whatIsAskedForIsTold() throws IOException {
        DeployFiles files = DeployFiles.read();

        assertThat(WatchLaws.against(exposed))
                .allSatisfy(law -> assertThat(law.brokenBy(files)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "target_failing, target_fails, tells nothing of target_fails",
        "max by (target), max by (database), has no database",
        "rate(revocation_seconds_bucket, rate(target_waiting_seconds, is no counter"
    })
    void whatIsAskedForInVainIsSeen(String before, String after, String accusation) throws IOException {
        for (String file : List.of(WatchLaws.ALERTS, WatchLaws.DASHBOARD)) {
            DeployFiles spoiled = DeployFiles.read().with(file, text -> text.replace(before, after));

            assertThat(WatchLaws.against(exposed).stream().flatMap(law -> law.brokenBy(spoiled).stream()))
                    .as(file)
                    .anySatisfy(accused -> assertThat(accused).contains(accusation));
        }
    }

    private static String call(String method, String path, String token, String body) throws Exception {
        return CLIENT.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
                                .method(
                                        method,
                                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                                .header("Authorization", "Bearer " + token)
                                .header(
                                        "Content-Type",
                                        path.startsWith("/scim") ? "application/scim+json" : "application/json")
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static String id(String answer) {
        Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(answer);
        assertThat(id.find()).as(answer).isTrue();
        return id.group(1);
    }

    private static void byHand(String sql) throws Exception {
        Path data = folder.resolve("data");
        int port = Integer.parseInt(
                Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3));
        try (Connection server = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                        "rolewright",
                        Files.readString(data.resolve("postgres.password")));
                Statement statement = server.createStatement()) {
            statement.execute(sql);
        }
    }
}
