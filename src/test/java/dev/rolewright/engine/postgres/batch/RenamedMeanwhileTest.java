package dev.rolewright.engine.postgres.batch;

import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.postgres.Acts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.Membership;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Somebody renames a login between our look at it and what we do with it.
class RenamedMeanwhileTest {

    @ParameterizedTest
    @EnumSource
    void whoHasAnotherNameNowHasNotLeftARole(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"), join("ada", READER));
            Step leave = new Step.Leave(acts.seen("ada"), Membership.of(READER));

            List<Outcome> outcomes = new Meddling(scene, server, leave) {
                @Override
                void after(int tries) throws SQLException {
                    if (tries == 1) {
                        scene.run("postgres", "ALTER ROLE ada RENAME TO eve");
                    }
                }
            }.perform();

            assertThat(outcomes)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.failure().kind()).isEqualTo(Kind.CHANGED_MEANWHILE));
            assertThat(scene.ask("postgres", "select pg_has_role('eve', 'orders_reader', 'MEMBER')"))
                    .containsExactly("t");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStrangerWhoHasTheNameNowGetsNothing(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Acts acts = new Acts(scene);
            acts.done(Acts.reader());
            acts.done(create("ada"));
            Step join = new Step.Join(acts.seen("ada"), Membership.of(READER));

            List<Outcome> outcomes = new Meddling(scene, server, join) {
                @Override
                void after(int tries) throws SQLException {
                    if (tries == 1) {
                        scene.run("postgres", "ALTER ROLE ada RENAME TO eve", "CREATE ROLE ada LOGIN");
                    }
                }
            }.perform();

            assertThat(outcomes)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.failure().kind()).isEqualTo(Kind.CHANGED_MEANWHILE));
            assertThatThrownBy(() -> Scene.ask(scene.as("ada", "orders"), Acts.READ))
                    .hasMessageContaining("denied");
        }
    }
}
