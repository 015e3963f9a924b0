package dev.rolewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.Patience;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// A feed whose store, or whose process, goes away in the middle: it was taken and is finished, or nothing of it is
/// told.
@Timeout(value = 600, threadMode = ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeedFaultsIT {

    private static final String TOKEN = "the-hr-token-of-the-fleet-0123456789-abc";
    private static final int PEOPLE = 20_000;

    private Fleet fleet;
    private HttpClient client;
    private Replica replica;
    private String number = "";
    private int round;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        fleet = new Fleet(
                folder,
                Duration.ofSeconds(3),
                Map.of("ROLEWRIGHT_HR_SENDER_NIGHTLY_TOKEN", TOKEN, "ROLEWRIGHT_HR_FEED_LARGEST_SHARE", "100"));
        client = HttpClient.newHttpClient();
        fleet.start().app().untilUp();
    }

    @AfterAll
    void stop() throws Exception {
        client.close();
        fleet.close();
    }

    /// More people than are in the feed, so that not everybody leaves.
    @BeforeEach
    void hire() throws Exception {
        fleet.replace(fleet.replicas.getFirst()); // with no connection that another test has cut
        replica = fleet.replicas.getFirst();
        number = "round" + ++round + "-";
        try (Connection store = Fleet.connect(fleet.storeUrl())) {
            store.createStatement().execute("""
                            INSERT INTO resource (id, source_id, type, version, created, last_modified, document, search)
                            SELECT gen_random_uuid(), (SELECT min(id) FROM source), 'User', 1, now(), now(), d, d
                            FROM generate_series(0, %1$d) n CROSS JOIN LATERAL (SELECT jsonb_build_object(
                                'userName', '%2$s' || n,
                                'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
                                jsonb_build_object('employeeNumber', '%2$s' || n)) AS d) d""".formatted(PEOPLE, number));
        }
    }

    private FutureTask<HttpResponse<String>> send() {
        StringBuilder body = new StringBuilder("kind,employeeNumber,lastDay\n");
        for (int n = 0; n < PEOPLE; n++) {
            body.append("leaver,").append(number).append(n).append(",2026-03-31\n");
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + replica.app().port() + "/hr/v1/feeds"))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        FutureTask<HttpResponse<String>> answer = new FutureTask<>(() -> client.send(request, BodyHandlers.ofString()));
        Thread.ofVirtual().start(answer);
        return answer;
    }

    private int count(String query) throws Exception {
        return Integer.parseInt(fleet.inStore(query.formatted(number)).getFirst());
    }

    private int facts() throws Exception {
        return count("SELECT count(*) FROM hr_fact f JOIN hr_subject s ON s.id = f.subject WHERE s.value LIKE '%s%%'");
    }

    private void untilApplying() throws Exception {
        fleet.until(() -> assertThat(facts()).isPositive());
    }

    /// Lets nobody get past something before it is closed, however fast they are.
    private Connection barrier(String statement) throws SQLException {
        Connection store = Fleet.connect(fleet.storeUrl());
        store.setAutoCommit(false);
        store.createStatement().execute(statement);
        return store;
    }

    /// Nobody writes down what is said of the last one in the feed.
    private Connection beforeTheLastOne() throws SQLException {
        return barrier("INSERT INTO hr_subject (sender, key, value) VALUES ('nightly', 'employee_number', '" + number
                + (PEOPLE - 1) + "')");
    }

    private void assertEverybodyIsFencedOnce() throws Exception {
        assertThat(facts()).isEqualTo(PEOPLE);
        assertThat(count("""
                SELECT count(*) FROM fence f JOIN resource r ON r.id = f.person WHERE r.search ->> 'userName' LIKE '%s%%'""")).isEqualTo(PEOPLE);
        assertThat(count("""
                SELECT count(*) FROM audit_event a JOIN resource r ON r.id::text = a.subject_id
                WHERE a.action = 'hr.applied' AND r.search ->> 'userName' LIKE '%s%%'""")).isEqualTo(PEOPLE);
        assertThat(fleet.inStore(
                        "SELECT applied, known, refused FROM hr_feed WHERE state = 'applied' ORDER BY id DESC"))
                .first()
                .asString()
                .startsWith("" + PEOPLE);
    }

    private void untilApplied() throws Exception {
        fleet.until(() -> assertThat(fleet.inStore("SELECT state FROM hr_feed WHERE state = 'applying'"))
                .isEmpty());
    }

    @Test
    void theStoreIsAwayWhileItIsApplied() throws Exception {
        FutureTask<HttpResponse<String>> answer;
        try (Connection _ = beforeTheLastOne()) {
            answer = send();
            untilApplying();

            replica.store().cut();
        }

        assertThat(answer.get().statusCode()).isEqualTo(202);
        assertThat(answer.get().body()).contains("\"APPLYING\"");
        assertThat(facts()).isBetween(1, PEOPLE - 1);
        replica.store().mend();
        untilApplied();
        assertEverybodyIsFencedOnce();
    }

    @Test
    void theStoreIsAwayBeforeItIsTaken() throws Exception {
        FutureTask<HttpResponse<String>> answer;
        try (Connection _ = barrier("LOCK hr_feed_row IN SHARE MODE")) {
            answer = send();
            fleet.until(() -> assertThat(fleet.inStore("SELECT state FROM hr_feed ORDER BY id DESC"))
                    .startsWith("arriving"));

            replica.store().cut();
        }

        assertThat(answer.get().statusCode()).isEqualTo(503);
        replica.store().mend();
        assertThat(facts()).isZero();
        HttpResponse<String> taken = send().get();
        while (taken.statusCode() == 503) { // it may not know yet that the store is back
            taken = send().get();
        }
        assertThat(taken.statusCode()).as(taken.body()).isBetween(200, 202);
        try (Connection store = Fleet.connect(fleet.storeUrl())) {
            store.createStatement().execute("DELETE FROM hr_feed WHERE state = 'arriving'"); // as after an hour
        }
        untilApplied();
        assertEverybodyIsFencedOnce();
    }

    @Test
    void theProcessIsKilledWhileItIsApplied() throws Exception {
        FutureTask<HttpResponse<String>> answer;
        try (Connection _ = beforeTheLastOne()) {
            answer = send();
            untilApplying();

            replica.close();
        }
        fleet.replace(replica);
        replica = fleet.replicas.getFirst();

        assertThat(answer).failsWithin(Patience.LONG);
        assertThat(facts()).isPositive();
        untilApplied();
        assertEverybodyIsFencedOnce();
    }
}
