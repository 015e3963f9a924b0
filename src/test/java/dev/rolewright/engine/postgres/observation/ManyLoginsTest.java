package dev.rolewright.engine.postgres.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.engine.postgres.words.Queries;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A look beside many other logins. `-Dtest.rolewright.logins=100000` tells times and memory for a large server.
class ManyLoginsTest {

    private static final int LOGINS = Integer.getInteger("test.rolewright.logins", 5_000);
    private static final int AT_ONCE = 1_000;
    private static final List<String> LARGE = List.of("pg_authid", "pg_auth_members", "pg_shdescription");

    @ParameterizedTest
    @EnumSource(names = {"V15", "V18"})
    void aLookAtSomeWalksIndexesAndAWholeLookSeesAll(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.role("reader");
            fill(scene);
            Scope.Some one = new Scope.Some(Set.of(person(7)), Set.of(new LoginName("login_7")));

            long id = Long.parseLong(scene.ask("postgres", "SELECT oid FROM pg_roles WHERE rolname = 'login_7'")
                    .getFirst());
            long marker =
                    Long.parseLong(scene.ask("postgres", "SELECT oid FROM pg_roles WHERE rolname = 'rolewright_marker'")
                            .getFirst());
            long roleMarker = Long.parseLong(
                    scene.ask("postgres", "SELECT oid FROM pg_roles WHERE rolname = 'rolewright_role_marker'")
                            .getFirst());
            LookAlikes others = LookAlikes.of(Set.of("login_x"));
            try (Connection connector = scene.logIn(Scene.CONNECTOR, "postgres")) {
                assertWalksIndexes(
                        connector, server, "named", marker, roleMarker, List.of("login_7"), List.of(Long.toString(id)));
                assertWalksIndexes(connector, server, "memberships-of", List.of(id));
                assertWalksIndexes(connector, server, "names", List.of(id));
                assertWalksIndexes(connector, server, "own-roles", List.of("rolewright_marker"));
                assertWalksIndexes(connector, server, "logins", roleMarker);
                assertWalksIndexes(connector, server, "sessions");
                assertWalksIndexes(connector, server, "prepared");
                assertWalksIndexes(connector, server, "predefined");
                Scene.ask(connector, "SELECT set_config('enable_seqscan', 'off', false)"); // as a look at some does
                assertWalksIndexes(connector, server, "look-alikes", others.lows(), others.highs());
            }
            Observed some = scene.observe(one);
            Observed whole = scene.observe(Scope.WHOLE);

            assertThat(some.logins().keySet()).containsExactly(new LoginName("login_7"));
            assertThat(some.contractRoles()).containsExactly(new RoleName("reader"));
            assertThat(whole.logins()).hasSize(LOGINS);
            assertThat(whole.census().memberships()).isEqualTo(LOGINS);
            assertThat(whole.logins().values().stream()
                            .map(login -> login.state().memberships())
                            .map(System::identityHashCode)
                            .collect(Collectors.toSet()))
                    .hasSize(1);
            assertThat(whole.logins().get(new LoginName("login_7")).state().memberships())
                    .containsExactly(Membership.of(new RoleName("reader")));
            assertThat(whole.strangers().logins()).isEmpty();
            if (LOGINS >= 100_000) {
                tellTimes(scene, one);
            }
        }
    }

    private static void tellTimes(Scene scene, Scope.Some one) {
        Scope.Some fresh = new Scope.Some(Set.of(person(LOGINS + 1)), Set.of(new LoginName("new_login")));
        System.out.println("look at one, new one, all (ms): " + best(scene, one, 50) + " " + best(scene, fresh, 20)
                + " " + best(scene, Scope.WHOLE, 5));
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        Observed kept = scene.observe(Scope.WHOLE);
        System.gc();
        long after = runtime.totalMemory() - runtime.freeMemory();
        System.out.println(
                "bytes of heap for a login: " + (after - before) / kept.logins().size());
    }

    private static double best(Scene scene, Scope scope, int times) {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            scene.observe(scope);
            nanos.add(System.nanoTime() - began);
        }
        return nanos.stream().sorted().toList().get(times / 2) / 1e6;
    }

    // Made by the superuser: how long it takes to make them is not what this is about.
    private static void fill(Scene scene) throws SQLException {
        String options =
                scene.server().keepsGrantors() ? " WITH INHERIT TRUE, SET FALSE GRANTED BY rolewright_grantor" : "";
        for (int from = 0; from < LOGINS; from += AT_ONCE) {
            int to = Math.min(LOGINS, from + AT_ONCE);
            String all = IntStream.range(from, to).mapToObj(i -> "login_" + i).collect(Collectors.joining(", "));
            scene.run(
                    "postgres",
                    IntStream.range(from, to)
                            .mapToObj(i -> "CREATE ROLE login_" + i + " LOGIN; COMMENT ON ROLE login_" + i
                                    + " IS 'rolewright:rolewright:person=" + person(i) + "';")
                            .collect(Collectors.joining()),
                    "GRANT rolewright_marker, reader TO " + all + options);
        }
        scene.run("postgres", "VACUUM ANALYZE pg_authid, pg_auth_members, pg_shdescription, pg_shdepend");
    }

    private static PersonId person(int number) {
        return new PersonId(new UUID(0, number));
    }

    private static void assertWalksIndexes(Connection connector, TestServers server, String query, Object... parameters)
            throws SQLException {
        List<String> plan = new ArrayList<>();
        String sql = "EXPLAIN " + Queries.of(query, server.major());
        try (PreparedStatement statement = connector.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(
                        i + 1,
                        parameters[i] instanceof Collection<?> all
                                ? connector.createArrayOf(
                                        all.iterator().next() instanceof Long ? "oid" : "text", all.toArray())
                                : parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    plan.add(rows.getString(1));
                }
            }
        }
        assertThat(plan)
                .as(query + " on " + server + "\n" + String.join("\n", plan))
                .noneMatch(line -> line.contains("Seq Scan")
                        && LARGE.stream()
                                .anyMatch(table ->
                                        Arrays.asList(line.trim().split("\\s+")).contains(table)));
    }
}
