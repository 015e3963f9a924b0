package dev.rolewright.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Somebody takes every connection that a server has.
class FullServerTest {

    @ParameterizedTest
    @EnumSource
    void whoTakesAllConnectionsIsSuspendedAllTheSame(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", Acts.person("ada"));
            PostgresEngine engine = new PostgresEngine();
            engine.open(scene.reach(), Purpose.CHANGE).close(); // an earlier pass
            fill(scene);

            Acts acts = new Acts(scene);
            Account ada = acts.seen("ada");
            assertThatThrownBy(() -> new PostgresEngine().open(scene.reach(), Purpose.CHANGE))
                    .isInstanceOfSatisfying(
                            EngineFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.FULL));
            try (EngineSession session = engine.open(scene.reach(), Purpose.CHANGE)) {
                assertThat(session.perform(
                                List.of(new Step.SuspendLogin(ada, Optional.empty()), new Step.EndSessions(ada))))
                        .containsOnly(Outcome.DONE);
            }

            assertThat(scene.ask("postgres", "select count(*) from pg_stat_activity where usename = 'ada'"))
                    .containsExactly("0");
            engine.closeAll();
        }
    }

    private static void fill(Scene scene) throws SQLException {
        scene.as("ada", "postgres");
        assertThatThrownBy(() -> {
                    while (true) {
                        scene.logIn("ada", "postgres");
                    }
                })
                .isInstanceOfSatisfying(
                        SQLException.class,
                        full -> assertThat(full.getSQLState()).isEqualTo("53300"));
    }
}
