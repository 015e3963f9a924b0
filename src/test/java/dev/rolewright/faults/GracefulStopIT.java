package dev.rolewright.faults;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.faults.Pushes.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// A process that is told to end: it answers who asked, writes down what it did and leaves the rest to the others,
/// whatever is away.
@Timeout(value = 600, threadMode = ThreadMode.SEPARATE_THREAD)
class GracefulStopIT {

    /// So long nobody would take over from a process that died.
    private static final Duration LEASE = Duration.ofSeconds(60);

    private static final int PEOPLE = 30_000;

    /// So many milliseconds late is what is sent to the target or by it, until a test has seen what is there to be
    /// seen only before everybody is looked after.
    private static final long LATE = 20;

    /// What is told of a process that a signal ended: 128 and the signal's number.
    private static final int TERMINATED = 143;

    /// What the manifests allow, for the shorter times of these tests.
    private static final long LONGEST = 40_000;

    private static final Map<String, String> SETTINGS =
            Map.of("QUARKUS_SHUTDOWN_DELAY", "3S", "ROLEWRIGHT_RECONCILE_END_WITHIN", "10S");

    private Fleet fleet;
    private Pushes idp;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        fleet = new Fleet(folder, LEASE, SETTINGS);
        fleet.start().app().untilUp();
        fleet.start().app().untilUp();
        idp = new Pushes(() -> List.of(fleet.replicas.getFirst().app().port()), 1);
        idp.found();
    }

    @AfterEach
    void stop() throws Exception {
        idp.close();
        fleet.close();
    }

    @Test
    void whoAskedIsAnsweredAndWhatIsLeftOfAPassIsLeftToOthers() throws Exception {
        Replica leaving = begunByOne();
        try (Asking slow = new Asking(leaving.app().port(), Asking.newPerson("slow"))) {
            slow.begin();

            long began = System.nanoTime();
            leaving.app().end();
            await().pollDelay(Duration.ZERO).until(() -> ask(leaving, "/q/health/ready") == 503);
            Answer late = idp.send(leaving.app().port(), "POST", "/scim/v2/Users", Asking.newPerson("late"));
            await().until(() -> ask(leaving, "/q/health/live") == 503);
            leaving.app().end();
            slow.end();

            assertThat(late.status()).isEqualTo(201);
            assertThat(slow.status()).isEqualTo(201);
            assertThat(endOf(leaving, began)).isLessThan(20_000);
        }
        assertIsCalm(leaving);
        assertThat(fleet.inStore("SELECT 1 FROM pass WHERE outcome = 'partly' AND skipped > 0"))
                .as("something was left")
                .isNotEmpty();
        assertThat(othersGoOn(leaving)).isLessThan(5_000);
        fleet.until(() -> assertThat(members()).isEqualTo(PEOPLE));
        fleet.settle();
        fleet.until(() -> assertThat(fleet.inStore("SELECT id FROM pass WHERE ended IS NULL"))
                .isEmpty());
        assertThat(fleet.inStore("SELECT count(*) || ' ' || count(DISTINCT subject_id) FROM audit_event"
                        + " WHERE action = 'step.done' AND detail ->> 'step' LIKE '+ login c%'"))
                .containsExactly(PEOPLE + " " + PEOPLE);
    }

    @Test
    void aTargetThatHangsIsLeftToOthers() throws Exception {
        Replica leaving = begunByOne();
        leaving.target().swallow();

        long began = System.nanoTime();
        leaving.app().end();

        assertThat(endOf(leaving, began)).isLessThan(LONGEST);
        assertThat(othersGoOn(leaving)).isLessThan(10_000);
        assertIsCalm(leaving);
    }

    @Test
    void nobodyWaitsForAStoreThatIsAway() throws Exception {
        Replica leaving = fleet.replicas.getLast();
        Replica second = fleet.replicas.getFirst();
        leaving.store().swallow();
        second.store().cut();

        long began = System.nanoTime();
        leaving.app().end();
        second.app().end();

        assertThat(endOf(leaving, began)).isLessThan(LONGEST);
        assertThat(endOf(second, began)).isLessThan(LONGEST);
        assertIsCalm(leaving);
        assertIsCalm(second);
    }

    @Test
    void whoHasNotEvenStartedEndsToo() throws Exception {
        for (String moment : List.of("", "version of schema", "Contract 1", "Listening on")) {
            Replica starting = fleet.start();
            await().pollInterval(Duration.ofMillis(5))
                    .untilAsserted(() -> assertThat(starting.app().output()).contains(moment));

            long began = System.nanoTime();
            starting.app().end();

            assertThat(endOf(starting, began)).isLessThan(20_000);
            assertIsCalm(starting);
            fleet.until(
                    LEASE.dividedBy(4),
                    () -> assertThat(fleet.inStore("SELECT lease_holder FROM target_state WHERE lease_until > now()"))
                            .as("somebody's lease; that of a process that is gone would last")
                            .isEmpty());
        }
    }

    /// Whoever makes a pass about more people than are looked after in a moment, when it has begun.
    private Replica begunByOne() throws Exception {
        for (Replica replica : fleet.replicas) {
            replica.target().delay(LATE);
        }
        try (Connection store = Fleet.connect(fleet.storeUrl());
                Statement statement = store.createStatement()) {
            statement.execute("""
                    WITH crowd AS (
                        INSERT INTO resource (id, source_id, type, version, created, last_modified, document, search)
                        SELECT gen_random_uuid(), (SELECT min(id) FROM source), 'User', 1, now(), now(), d, d
                        FROM generate_series(1, %d) n
                        CROSS JOIN LATERAL (SELECT jsonb_build_object('userName', 'c' || n, 'active', true) AS d) d
                        RETURNING id)
                    INSERT INTO membership (group_id, member_id)
                    SELECT (SELECT id FROM resource WHERE type = 'Group'), id FROM crowd""".formatted(PEOPLE));
        }
        fleet.until(() -> assertThat(logins()).isPositive());
        return fleet.atWork().getFirst();
    }

    private long logins() throws SQLException {
        return count("SELECT count(*) FROM pg_roles WHERE rolname ~ '^c[0-9]+$'");
    }

    private long members() throws SQLException {
        return count("SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
                + " WHERE m.roleid = 'orders_reader'::regrole AND r.rolname ~ '^c[0-9]+$'");
    }

    private long count(String query) throws SQLException {
        return Long.parseLong(fleet.scene.ask("postgres", query).getFirst());
    }

    /// Milliseconds from the call until somebody else has the target. When more is done there depends on how long
    /// this machine takes to look at everybody.
    private long othersGoOn(Replica gone) throws Exception {
        long began = System.nanoTime();
        fleet.until(LEASE, () -> assertThat(fleet.atWork()).anyMatch(replica -> !replica.equals(gone)));
        long time = (System.nanoTime() - began) / 1_000_000;
        System.out.printf("others went on within %d ms of a lease of %d ms%n", time, LEASE.toMillis());
        long done = logins() + members();
        fleet.until(LEASE, () -> assertThat(logins() + members()).isGreaterThan(done));
        for (Replica replica : fleet.replicas) {
            replica.target().delay(0);
        }
        return time;
    }

    /// Milliseconds until a process that was told to end has ended.
    private static long endOf(Replica replica, long began) throws Exception {
        int status = replica.app().status();
        long time = (System.nanoTime() - began) / 1_000_000;
        System.out.printf("ended within %d ms%n", time);
        assertThat(status).isEqualTo(TERMINATED);
        return time;
    }

    private int ask(Replica replica, String path) throws InterruptedException {
        return idp.send(replica.app().port(), "GET", path, "").status();
    }

    private static void assertIsCalm(Replica replica) throws IOException {
        assertThat(replica.logged("ERROR")).isEmpty();
        assertThat(replica.traces()).isEmpty();
    }
}
