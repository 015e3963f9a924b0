package dev.rolewright.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.Reach;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Scope;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whoever may work on a target ends what an earlier process left open there, so that it does nothing more.
class FenceTest {

    private final PostgresEngine engine = new PostgresEngine();

    @ParameterizedTest
    @EnumSource
    void whoLostTheTargetCanDoNothingMore(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server);
                EngineSession first = open(scene, "orders")) {
            first.announce(41);
            first.observe(Scope.WHOLE);
            assertThat(connectedTo(scene, "orders")).contains("rolewright rolewright orders pass-41");

            try (EngineSession second = open(scene, "orders")) {
                assertThat(second.perform(List.of(Acts.create("ada")))).hasSize(1);
                assertThat(connectedTo(scene, "orders")).isEmpty();
            }

            assertThatThrownBy(() -> first.perform(List.of(Acts.create("bob")))).satisfies(FenceTest::isCutOff);
            assertThat(scene.ask("postgres", "select rolname from pg_roles where rolname in ('ada', 'bob')"))
                    .containsExactly("ada");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void anAddressThatGivesANameHidesNobody(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server);
                EngineSession looking = engine.open(named(reach(scene, "orders")), Purpose.LOOK);
                EngineSession first = engine.open(named(reach(scene, "orders")), Purpose.CHANGE)) {
            first.announce(41);

            try (EngineSession second = engine.open(named(reach(scene, "orders")), Purpose.CHANGE)) {
                assertThat(second.perform(List.of(Acts.create("ada")))).containsExactly(Outcome.DONE);
            }

            assertThatThrownBy(() -> first.observe(Scope.WHOLE)).satisfies(FenceTest::isCutOff);
            assertThat(looking.observe(Scope.WHOLE).isWhole()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoWorksOnAnotherTargetOfTheServerIsLeftInPeace(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server);
                EngineSession first = open(scene, "orders")) {

            assertThatThrownBy(() -> open(scene, "crm"))
                    .isInstanceOfSatisfying(
                            EngineFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.BUSY));

            assertThat(first.perform(List.of(Acts.create("ada")))).hasSize(1);
        }
    }

    /// A server cuts off names of applications, so that those of two targets can begin alike.
    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void whoWorksOnATargetOfALikeNameIsLeftInPeace(TestServers server) throws Exception {
        String name = "orders-of-our-customers-in-europe-"; // with the number of a pass it is too long for a server
        try (Scene scene = Scene.on(server);
                EngineSession working = open(scene, name + "b")) {
            Reach patient = reach(scene, name + "a", Duration.ofSeconds(20));
            CompletableFuture<EngineSession> predecessor =
                    CompletableFuture.supplyAsync(() -> engine.open(patient, Purpose.CHANGE));
            while (scene.ask(
                            "postgres",
                            "select 1 from pg_locks where locktype = 'advisory' and not granted"
                                    + " and pid in (select pid from pg_stat_activity where usename = 'connector')")
                    .isEmpty()) {
                Thread.sleep(10);
            }

            assertThatThrownBy(() -> open(scene, name + "a"))
                    .isInstanceOfSatisfying(
                            EngineFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.BUSY));

            assertThatThrownBy(predecessor::join).hasCauseInstanceOf(EngineFailure.class);
            assertThat(working.perform(List.of(Acts.create("ada")))).containsExactly(Outcome.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoOnlyLooksIsLeftInPeace(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server);
                EngineSession looking = engine.open(reach(scene, "orders"), Purpose.LOOK);
                EngineSession first = open(scene, "orders");
                EngineSession second = open(scene, "orders")) {

            assertThat(looking.observe(Scope.WHOLE).isWhole()).isTrue();
            assertThat(second.observe(Scope.WHOLE).isWhole()).isTrue();
            assertThatThrownBy(() -> first.observe(Scope.WHOLE)).satisfies(FenceTest::isCutOff);
        }
    }

    private static List<String> connectedTo(Scene scene, String database) throws SQLException {
        return scene.ask(
                "postgres",
                "select application_name from pg_stat_activity where usename = 'connector' and datname = '" + database
                        + "'");
    }

    private EngineSession open(Scene scene, String target) {
        return engine.open(reach(scene, target), Purpose.CHANGE);
    }

    private static Reach reach(Scene scene, String target) {
        return reach(scene, target, Duration.ofMillis(300));
    }

    private static Reach reach(Scene scene, String target, Duration lock) {
        return scene.reach(
                new Target(
                        new TargetName(target),
                        "postgresql",
                        "test",
                        Set.of("orders"),
                        Optional.empty(),
                        Target.Drift.REVERT),
                new Reach.Patience(Duration.ofSeconds(5), lock, Duration.ofSeconds(20)));
    }

    private static Reach named(Reach reach) {
        return new Reach(
                reach.target(),
                reach.url() + "?ApplicationName=rolewright",
                reach.user(),
                reach.password(),
                reach.installation(),
                reach.patience());
    }

    private static void isCutOff(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        EngineFailure.class, cut -> assertThat(cut.kind()).isEqualTo(Kind.UNREACHABLE));
    }
}
