package dev.rolewright.faults;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.Patience;
import dev.rolewright.credential.Secret;
import dev.rolewright.engine.Reach;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.ops.PackagedApp;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.OrdersContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.ThrowingRunnable;

/// Packaged replicas on one real store and one real target, and whoever looks at both from outside.
final class Fleet implements AutoCloseable {

    static final String SCIM = "the-scim-token-of-the-fleet-0123456789";
    static final String ADMIN = "the-admin-token-of-the-fleet-0123456789";

    final Scene scene;
    final List<Replica> replicas = new CopyOnWriteArrayList<>();
    private final Path folder;
    private final String database;
    private final Map<String, String> environment;
    private Connection store;

    /// @param lease of every replica
    Fleet(Path folder, Duration lease, Map<String, String> more) throws Exception {
        this.folder = folder;
        scene = Scene.on(TestServers.V18);
        database = "fleet_" + ProcessHandle.current().pid();
        try (Connection server = connect(TestPostgres.jdbcUrl())) {
            server.createStatement().execute("drop database if exists " + database + " with (force)");
            server.createStatement().execute("create database " + database);
        }
        store = connect(storeUrl());
        Path contract = Files.createDirectories(folder.resolve("contract"));
        Files.writeString(contract.resolve("contract.yaml"), OrdersContract.of(Pushes.TAG));
        Reach reach = scene.reach();
        environment = new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_USERNAME", TestPostgres.user(),
                "QUARKUS_DATASOURCE_PASSWORD", TestPostgres.password(),
                "ROLEWRIGHT_SCIM_TOKEN", SCIM,
                "ROLEWRIGHT_ADMIN_TOKEN", ADMIN,
                "ROLEWRIGHT_CONTRACT_DIRECTORY", contract.toString(),
                "ROLEWRIGHT_TARGET_ORDERS_USERNAME", reach.user(),
                "ROLEWRIGHT_TARGET_ORDERS_PASSWORD",
                        reach.password().map(Secret::reveal).orElseThrow(),
                "ROLEWRIGHT_RECONCILE_LEASE", lease.toMillis() / 1000 + "s",
                "ROLEWRIGHT_RECONCILE_POLL_EVERY", "1s"));
        environment.put("JDK_JAVA_OPTIONS", "-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        environment.putAll(more);
    }

    /// Another process, that nobody waits for yet.
    Replica start() throws Exception {
        return start(storeUrl());
    }

    Replica start(String storeUrl) throws Exception {
        Line toStore = Line.to(storeUrl);
        Line toTarget = Line.to(scene.reach().url());
        Map<String, String> own = new HashMap<>(environment);
        own.put("QUARKUS_DATASOURCE_JDBC_URL", toStore.url());
        own.put("ROLEWRIGHT_TARGET_ORDERS_URL", toTarget.url());
        Replica replica = new Replica(PackagedApp.start(folder, own), toStore, toTarget);
        replicas.add(replica);
        return replica;
    }

    /// Has one end as it ends when it is told to.
    void retire(Replica leaving) throws Exception {
        leaving.app().end();
        leaving.app().status();
        leaving.close();
        replicas.remove(leaving);
    }

    /// Keeps what the store holds now. Neither for this nor for what follows may anybody use it.
    void backUp() throws SQLException {
        copy(database, backup());
    }

    /// Brings back what was kept.
    void restore() throws SQLException {
        copy(backup(), database);
    }

    /// Leaves a store that holds nothing.
    void lose() throws SQLException {
        copy("template1", database);
    }

    private void copy(String from, String to) throws SQLException {
        store.close();
        try (Connection server = connect(TestPostgres.jdbcUrl())) {
            server.createStatement().execute("drop database if exists " + to + " with (force)");
            server.createStatement().execute("create database " + to + " template " + from);
        }
        store = connect(storeUrl());
    }

    /// Kills one, as nobody can prepare for, and starts another.
    void replace(Replica victim) throws Exception {
        victim.close();
        replicas.remove(victim);
        start().app().untilUp();
    }

    /// Who changes the target at this moment.
    List<Replica> atWork() throws SQLException {
        Set<Integer> ports = scene
                .ask(
                        "postgres",
                        "select distinct a.client_port from pg_locks l join pg_stat_activity a using (pid)"
                                + " where l.locktype = 'advisory' and l.granted and a.usename = '" + Scene.CONNECTOR
                                + "'")
                .stream()
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
        return replicas.stream()
                .filter(replica -> replica.target().ports().stream().anyMatch(ports::contains))
                .toList();
    }

    List<String> inStore(String query) throws SQLException {
        return Scene.ask(store, query);
    }

    /// Waits until nothing is to be done.
    void settle() throws Exception {
        untilNone("SELECT (SELECT count(*) FROM touched) + (SELECT count(*) FROM dirty)"
                + " + (SELECT count(*) FROM login WHERE NOT settled)");
    }

    /// Waits until what was asked for is looked after, whatever had to be left as it is.
    void heed() throws Exception {
        untilNone("SELECT (SELECT count(*) FROM touched) + (SELECT count(*) FROM dirty)");
    }

    private void untilNone(String count) throws Exception {
        until(() -> assertThat(inStore(count)).containsExactly("0"));
    }

    /// Waits for something that comes about sooner or later.
    void until(ThrowingRunnable something) throws Exception {
        until(Patience.LONG, something);
    }

    /// Waits for something, and tells what is not through when it does not come about.
    void until(Duration atMost, ThrowingRunnable something) throws Exception {
        try {
            await().atMost(atMost).pollInterval(Duration.ofMillis(20)).untilAsserted(something);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(late.getMessage() + "\n" + state(), late);
        }
    }

    /// What is not through and who is at it, for whoever reads that something did not come about.
    String state() throws SQLException, IOException {
        List<String> seen = new ArrayList<>(inStore("""
                SELECT 'target ' || to_jsonb(t)::text FROM target_state t
                UNION ALL SELECT 'touched ' || count(*) FROM touched
                UNION ALL SELECT * FROM (SELECT 'dirty ' || to_jsonb(d)::text FROM dirty d LIMIT 100) d
                UNION ALL SELECT * FROM (
                    SELECT 'login ' || to_jsonb(l)::text FROM login l WHERE NOT settled LIMIT 100) l
                UNION ALL SELECT * FROM (
                    SELECT 'pass ' || (to_jsonb(p) - 'plan')::text FROM pass p ORDER BY id DESC LIMIT 5) p
                UNION ALL SELECT * FROM (
                    SELECT concat_ws(' ', action, at, detail) FROM audit_event
                    WHERE action IN ('step.failed', 'step.skipped') ORDER BY id DESC LIMIT 10) e
                UNION ALL SELECT * FROM (
                    SELECT concat_ws(' ', document ->> 'userName', 'active', document -> 'active', 'in groups',
                        (SELECT count(*) FROM membership WHERE member_id = r.id))
                    FROM resource r WHERE type = 'User' LIMIT 100) r
                UNION ALL SELECT 'hold ' || (to_jsonb(h) - 'plan')::text FROM hold h
                UNION ALL SELECT 'session in the store ' || concat_ws(' ', state, state_change, wait_event, query)
                FROM pg_stat_activity WHERE datname = current_database()"""));
        seen.addAll(scene.ask(
                "postgres",
                "SELECT 'session on the target ' || concat_ws(' ', application_name, state, state_change, wait_event, query)"
                        + " FROM pg_stat_activity WHERE usename = '" + Scene.CONNECTOR + "'"));
        for (Replica replica : replicas) {
            seen.addAll(replica.logged("Target orders"));
            seen.addAll(replica.logged("WARN"));
        }
        return String.join("\n", seen);
    }

    /// Who can log in and read; where a stranger has somebody's name, without what tells the two apart.
    Set<String> having() throws SQLException {
        return Set.copyOf(scene.ask(
                "postgres",
                "SELECT regexp_replace(rolname, '_[0-9a-f]{8}$', '') FROM pg_roles r"
                        + " WHERE rolcanlogin AND pg_has_role(r.oid, 'orders_reader', 'USAGE') AND NOT rolsuper"
                        + " AND pg_has_role(r.oid, 'rolewright_marker', 'MEMBER')"));
    }

    String storeUrl() {
        return url(database);
    }

    String backupUrl() {
        return url(backup());
    }

    private String backup() {
        return database + "_backup";
    }

    private static String url(String database) {
        String url = TestPostgres.jdbcUrl();
        return url.substring(0, url.lastIndexOf('/') + 1) + database;
    }

    static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, TestPostgres.user(), TestPostgres.password());
    }

    @Override
    public void close() throws Exception {
        for (Replica replica : replicas) {
            replica.close();
        }
        store.close();
        scene.close();
    }
}
