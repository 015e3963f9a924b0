package dev.rolewright.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Everybody at once: all of a large company get their login by one contract, all of them fall out of their only group
/// by one push, and a human lets that happen. The application has the memory that `deploy/jvm.options` gives it.
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class SurgeBench {

    private static final int PEOPLE = Integer.getInteger("rolewright.bench.people", 100_000);
    private static final Pattern HOLD = Pattern.compile("\"id\"\\s*:\\s*(\\d+).*?\"digest\"\\s*:\\s*\"([0-9a-f]+)\"");

    private final Report report = new Report("Everybody at once");
    private AccessStage stage;

    @Test
    void measuresEverybodyAtOnce() throws Exception {
        Path folder = Files.createDirectories(Report.FOLDER);
        try (BenchTarget target = BenchTarget.start();
                EmbeddedPostgres store = BenchTarget.durable();
                AccessStage open = new AccessStage(target, store, folder)) {
            stage = open;
            stage.group("all");
            stage.group("writers");
            stage.fill(PEOPLE);
            stage.join("all", 0, PEOPLE);
            stage.map("all");
            long start = System.nanoTime();
            stage.untilSettled(PEOPLE);
            seen("all %,d get a login and a role".formatted(PEOPLE), start);
            holds();
            lets(target);
        }
        report.write("");
    }

    private void holds() throws Exception {
        stage.brake("all");
        long start = System.nanoTime();
        try (Lane lane = stage.scim()) {
            AccessStage.expect(lane, stage.empty("all"));
        }
        stage.until("SELECT count(*) FROM hold WHERE state = 'open'", 1);
        seen("all fall out of their only group, until that is held", start);
        try (Lane lane = stage.admin()) {
            for (String path : new String[] {"/api/holds", "/api/holds/1/plan", "/api/targets/orders/plan"}) {
                long asked = System.nanoTime();
                Lane.Answer answer = AccessStage.expect(lane, new Request("GET", path, "", 200));
                seen("GET %s: %,d bytes".formatted(path, answer.body().length), asked);
            }
        }
    }

    private void lets(BenchTarget target) throws Exception {
        String login = AccessStage.login(0);
        try (Watch watch = new Watch(target);
                Lane scim = stage.scim();
                Lane admin = stage.admin();
                Connection session = target.as(login, BenchTarget.DATABASE)) {
            watch.on(login);
            long start = System.nanoTime();
            AccessStage.expect(scim, stage.active(0, false));
            watch.untilLockedAndAlone();
            assertThat(session.isValid(1)).isFalse();
            seen("one of them is dismissed, until locked and alone", start);
            Matcher hold = HOLD.matcher(AccessStage.expect(admin, new Request("GET", "/api/holds?open=true", "", 200))
                    .text());
            assertThat(hold.find()).isTrue();
            start = System.nanoTime();
            AccessStage.expect(
                    admin,
                    new Request(
                            "POST",
                            "/api/holds/" + hold.group(1) + "/release",
                            "{\"digest\":\"" + hold.group(2) + "\",\"reason\":\"the company is sold\"}",
                            200));
            stage.untilLocked(PEOPLE);
            seen("a human lets the others go, until all are locked", start);
        }
    }

    private void seen(String act, long since) throws Exception {
        report.note(
                "%s: %.1f s; resident memory %d MiB",
                act, (System.nanoTime() - since) / 1e9, stage.residentMebibytes());
    }
}
