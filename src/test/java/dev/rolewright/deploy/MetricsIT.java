package dev.rolewright.deploy;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.ops.PackagedApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
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

    @TempDir
    private static Path folder;

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
                                "ROLEWRIGHT_HR_SENDER_WORKDAY_TOKEN", HR,
                                "ROLEWRIGHT_HR_SENDER_WORKDAY_HEARD_EVERY", "P2D"))
                .untilUp();
        Wire idp = new Wire(app, SCIM, "req-idp");
        Wire admin = new Wire(app, ADMIN, "req-admin");
        Wire.Hired ada = idp.hire("");
        await().until(() -> admin.get("/api/targets/orders/logins").body().matches("(?s).*\"ada\".*\"ACTIVE\".*"));
        await().until(() -> {
            byHand("ALTER ROLE ada NOLOGIN"); // again where the pass that made it was still under way
            admin.send("/api/targets/orders/passes?wait=60", "");
            return admin.get("/q/metrics").body().contains("drift_reverted_total{");
        });
        idp.send("PATCH", "/scim/v2/Groups/" + ada.group(), """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                 "Operations": [{"op": "Remove", "path": "members", "value": [{"value": "%s"}]}]}""".formatted(ada.person()));
        await().until(() ->
                admin.get("/api/receipts?person=" + ada.person()).body().contains("\"holds\":true"));
        new Wire(app, HR, "req-hr").send("/hr/v1/events", """
                {"id": "e-1", "kind": "leaver", "person": {"userName": "ada"}, "at": "2026-01-01T00:00:00Z"}""");
        new Wire(app, "not-the-token-of-anybody-0123456789", "req-nobody").get("/api/targets");
        exposed = Exposition.read(admin.get("/q/metrics").body());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        app.close();
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
