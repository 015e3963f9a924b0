package dev.rolewright.faults;

import dev.rolewright.credential.Secret;
import dev.rolewright.engine.Reach;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.ops.PackagedApp;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.OrdersContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// Packaged replicas on one real store and one real target, and whoever looks at both from outside.
final class Fleet implements AutoCloseable {

    static final String SCIM = "the-scim-token-of-the-fleet-0123456789";
    static final String ADMIN = "the-admin-token-of-the-fleet-0123456789";

    final Scene scene;
    final List<Replica> replicas = new CopyOnWriteArrayList<>();
    private final Path folder;
    private final String database;
    private final Map<String, String> environment;
    private final Connection store;

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
        Line toStore = Line.to(storeUrl());
        Line toTarget = Line.to(scene.reach().url());
        Map<String, String> own = new HashMap<>(environment);
        own.put("QUARKUS_DATASOURCE_JDBC_URL", toStore.url());
        own.put("ROLEWRIGHT_TARGET_ORDERS_URL", toTarget.url());
        Replica replica = new Replica(PackagedApp.start(folder, own), toStore, toTarget);
        replicas.add(replica);
        return replica;
    }

    /// Kills one, as nobody can prepare for, and starts another.
    void replace(Replica victim) throws Exception {
        victim.close();
        replicas.remove(victim);
        start().app().untilUp();
    }

    /// Whoever changes the target at this moment.
    Optional<Replica> atWork() throws SQLException {
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
                .findFirst();
    }

    List<String> inStore(String query) throws SQLException {
        return Scene.ask(store, query);
    }

    String storeUrl() {
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
