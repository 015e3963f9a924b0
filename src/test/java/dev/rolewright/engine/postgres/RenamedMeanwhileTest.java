package dev.rolewright.engine.postgres;

import static dev.rolewright.engine.postgres.Acts.READER;
import static dev.rolewright.engine.postgres.Acts.create;
import static dev.rolewright.engine.postgres.Acts.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.Membership;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
            Outcomes outcomes =
                    new Outcomes(List.of(new Step.Leave(acts.seen("ada"), Membership.of(READER))), new Shortfalls());
            Context context = Context.of(scene.reach(), server.major());
            Connection connection = scene.logIn(Scene.CONNECTOR, "postgres");
            try (Statement statement = connection.createStatement()) {
                statement.execute("set role rolewright_grantor");
            }

            new Batches(
                            connection,
                            context.own().grantor(),
                            new Renaming(scene, new Translation(context, outcomes)),
                            outcomes,
                            Waits.upTo(Duration.ofSeconds(5)))
                    .run(List.of(0));

            assertThat(outcomes.all())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.failure().kind()).isEqualTo(Kind.CHANGED_MEANWHILE));
            assertThat(scene.ask("postgres", "select pg_has_role('eve', 'orders_reader', 'MEMBER')"))
                    .containsExactly("t");
        }
    }

    /// Renames after the first look.
    private static final class Renaming implements Batches.Translator {

        private final Scene scene;
        private final Translation translation;
        private boolean renamed;

        Renaming(Scene scene, Translation translation) {
            this.scene = scene;
            this.translation = translation;
        }

        @Override
        public List<Piece> pieces(Connection connection, List<Integer> steps) throws SQLException {
            List<Piece> pieces = translation.pieces(connection, steps);
            if (!renamed) {
                renamed = true;
                scene.run("postgres", "ALTER ROLE ada RENAME TO eve");
            }
            return pieces;
        }

        @Override
        public boolean stillHolds(Connection connection, List<Integer> steps) throws SQLException {
            return translation.stillHolds(connection, steps);
        }

        @Override
        public Optional<String> remedy(Connection connection, Step step) throws SQLException {
            return translation.remedy(connection, step);
        }
    }
}
