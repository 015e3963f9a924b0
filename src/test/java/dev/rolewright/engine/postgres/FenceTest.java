package dev.rolewright.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Reach;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Scope;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
            first.observe(Scope.WHOLE);

            try (EngineSession second = open(scene, "orders")) {
                assertThat(second.perform(List.of(Acts.create("ada")))).hasSize(1);
                assertThat(scene.ask(
                                "postgres",
                                "select count(*) from pg_stat_activity where application_name = 'rolewright rolewright orders'"
                                        + " and datname = 'orders'"))
                        .containsExactly("0");
            }

            assertThatThrownBy(() -> first.perform(List.of(Acts.create("bob")))).satisfies(FenceTest::isCutOff);
            assertThat(scene.ask("postgres", "select rolname from pg_roles where rolname in ('ada', 'bob')"))
                    .containsExactly("ada");
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

    private EngineSession open(Scene scene, String target) {
        return engine.open(reach(scene, target), Purpose.CHANGE);
    }

    private static Reach reach(Scene scene, String target) {
        Reach usual = scene.reach();
        return new Reach(
                new Target(
                        new TargetName(target),
                        "postgresql",
                        "test",
                        Set.of("orders"),
                        Optional.empty(),
                        Target.Drift.REVERT),
                usual.url(),
                usual.user(),
                usual.password(),
                usual.installation(),
                new Reach.Patience(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofSeconds(20)));
    }

    private static void isCutOff(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        EngineFailure.class, cut -> assertThat(cut.kind()).isEqualTo(Kind.UNREACHABLE));
    }
}
