package dev.rolewright.faults;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// Replicas that are killed, held still and cut off while an identity provider goes on pushing.
@Timeout(value = 600, threadMode = ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicasIT {

    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final int KILLS = Integer.getInteger("rolewright.kills", 3);
    private static final String STRANGERS =
            "SELECT string_agg(r::text || coalesce(shobj_description(oid, 'pg_authid'), ''), ' ' ORDER BY oid)"
                    + " FROM pg_authid r WHERE rolname IN ('app_shop', 'p1', 'P2', 'orders_owner', 'postgres')";

    /// The same done again to the same login, though no pass was cut off in between whose outcome nobody wrote
    /// down.
    private static final String TWICE = """
            WITH done AS (
                SELECT id, subject_id, (detail ->> 'pass')::bigint AS pass, detail ->> 'step' AS step,
                       lag(detail ->> 'step') OVER one AS before, lag((detail ->> 'pass')::bigint) OVER one AS pass_before
                FROM audit_event
                WHERE action = 'step.done' AND detail ->> 'step' ~ '^\\S (suspend |resume )?login '
                WINDOW one AS (PARTITION BY subject_id ORDER BY id))
            SELECT subject_id || ': ' || before || ', ' || step FROM done
            WHERE split_part(step, ' ', 2) = split_part(before, ' ', 2)
              AND NOT EXISTS (SELECT FROM pass WHERE ended IS NULL AND id BETWEEN pass_before AND done.pass)""";

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private Fleet fleet;
    private Pushes idp;
    private String strangers;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        fleet = new Fleet(folder, LEASE, Map.of());
        fleet.scene.run(
                "postgres", "CREATE ROLE app_shop LOGIN", "CREATE ROLE p1 LOGIN", "CREATE ROLE \"P2\" LOGIN NOINHERIT");
        strangers = fleet.scene.ask("postgres", STRANGERS).getFirst();
        fleet.start().app().untilUp();
        for (Replica other : List.of(fleet.start(), fleet.start())) {
            other.app().untilUp();
        }
        idp = new Pushes(this::ports, seed);
        idp.found();
        for (int i = 0; i < 5; i++) {
            idp.hire();
        }
    }

    @AfterAll
    void stop() throws Exception {
        idp.close();
        fleet.close();
    }

    @Test
    void whoIsKilledIsReplacedAndNothingIsLostOrDoneTwice() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<Throwable> broken = new AtomicReference<>();
        Thread pushing = Thread.ofVirtual().start(() -> {
            try {
                while (!over.get()) {
                    idp.something();
                }
            } catch (Throwable e) {
                broken.set(e);
            }
        });
        for (int kill = 0; kill < KILLS; kill++) {
            Thread.sleep(random.nextInt(1500));
            Replica victim =
                    random.nextInt(3) == 0 ? fleet.replicas.get(random.nextInt(fleet.replicas.size())) : atWork();
            fleet.replace(victim);
        }
        over.set(true);
        pushing.join();

        assertThat(broken.get()).as("seed %d", seed).isNull();
        assertEverybodyHasWhatTheyShould();
        System.out.printf("%d kills, %d requests asked again%n", KILLS, idp.refused.get());
    }

    /// Milliseconds from the call until the person cannot log in any more.
    private long out(String name) throws Exception {
        long began = System.nanoTime();
        fleet.until(() -> assertThat(
                        fleet.scene.ask("postgres", "SELECT rolcanlogin FROM pg_roles WHERE rolname = '" + name + "'"))
                .containsExactly("f"));
        return (System.nanoTime() - began) / 1_000_000;
    }

    @Test
    void whoDiesIsReplacedBeforeTheLeaseIsOver() throws Exception {
        String ada = idp.hire();
        fleet.settle();
        try (Connection blocking = fleet.scene.server().administrator("postgres")) {
            Replica worker = blocked(blocking, ada);
            fleet.replace(worker);
        }

        long time = out(ada);

        System.out.printf("the next one took over within %d ms of a lease of %d ms%n", time, LEASE.toMillis());
        assertThat(time).isLessThan(LEASE.toMillis() + 3_000);
        assertEverybodyHasWhatTheyShould();
    }

    @Test
    void whoIsHeldStillDoesNothingMoreAndKeepsNobodyOut() throws Exception {
        String ada = idp.hire();
        fleet.settle();
        Replica worker;
        long time;
        try (Connection blocking = fleet.scene.server().administrator("postgres")) {
            worker = blocked(blocking, ada);
            worker.stop();
        }
        try {
            time = out(ada);
            fleet.replicas.remove(worker);
            idp.takeBack(ada); // by somebody who is awake
            fleet.settle();
        } finally {
            fleet.replicas.add(worker);
            worker.goOn();
        }
        Thread.sleep(2_000);

        System.out.printf("the next one took over within %d ms of a lease of %d ms%n", time, LEASE.toMillis());
        assertEverybodyHasWhatTheyShould();
        assertThat(time).isLessThan(LEASE.toMillis() + 3_000);
    }

    @Test
    void whoIsCutOffFromTheTargetKeepsNobodyOut() throws Exception {
        String ada = idp.hire();
        fleet.settle();
        Replica worker;
        try (Connection blocking = fleet.scene.server().administrator("postgres")) {
            worker = blocked(blocking, ada);
            worker.target().swallow();
            worker.store().swallow();
        }

        long time = out(ada);

        System.out.printf("the next one took over within %d ms of a lease of %d ms%n", time, LEASE.toMillis());
        worker.target().mend();
        worker.store().mend();
        assertThat(time).isLessThan(LEASE.toMillis() + 3_000);
        assertEverybodyHasWhatTheyShould();
    }

    /// Whoever is suspending somebody, and waits there.
    private Replica blocked(Connection blocking, String name) throws Exception {
        blocking.setAutoCommit(false);
        try (Statement statement = blocking.createStatement()) {
            statement.execute("ALTER ROLE " + name + " CONNECTION LIMIT 7");
        }
        idp.dismiss(name);
        return atWork();
    }

    private Replica atWork() {
        return await().pollInterval(Duration.ofMillis(20))
                .until(fleet::atWork, workers -> !workers.isEmpty())
                .getFirst();
    }

    private void assertEverybodyHasWhatTheyShould() throws Exception {
        fleet.until(() -> assertThat(fleet.having()).as("seed %d", seed).isEqualTo(idp.wanted()));
        fleet.settle();
        assertThat(fleet.scene.ask("postgres", STRANGERS)).containsExactly(strangers);
        assertThat(fleet.inStore(TWICE)).as("seed %d", seed).isEmpty();
        assertThat(fleet.inStore("SELECT count(*) FROM receipt WHERE verdict IS FALSE AND overtaken IS NULL"))
                .containsExactly("0");
    }

    private List<Integer> ports() {
        return fleet.replicas.stream().map(replica -> replica.app().port()).toList();
    }
}
