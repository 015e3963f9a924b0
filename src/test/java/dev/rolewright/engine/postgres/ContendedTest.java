package dev.rolewright.engine.postgres;

import static dev.rolewright.engine.postgres.Acts.READER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.Outcome;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What two sessions do to each other passes by itself, so it is tried again; nothing else is.
class ContendedTest {

    @ParameterizedTest
    @CsvSource({
        "XX000, 3",
        "23505, 3",
        "40P01, 3",
        "40001, 3",
        "42501, 1",
        "22023, 1",
    })
    void isTriedAgain(String code, int times) throws SQLException {
        try (Scene scene = Scene.on(TestServers.V18)) {
            Outcomes outcomes = new Outcomes(List.of(new Step.CreateRole(READER)), new Shortfalls());
            Context context = Context.of(scene.reach(), TestServers.V18.major());
            Unlucky unlucky = new Unlucky(new Translation(context, outcomes), code);
            Connection connection = scene.logIn(Scene.CONNECTOR, "postgres");
            try (Statement statement = connection.createStatement()) {
                statement.execute("set role rolewright_grantor");
            }

            new Batches(connection, context.own().grantor(), unlucky, outcomes, Waits.upTo(Duration.ofSeconds(5)))
                    .run(List.of(0));

            assertThat(unlucky.tries).isEqualTo(times);
            assertThat(outcomes.all())
                    .singleElement()
                    .isInstanceOf(times > 1 ? Outcome.Done.class : Outcome.Failed.class);
        }
    }

    /// Has what it takes at the third time.
    private static final class Unlucky implements Batches.Translator {

        private final Translation translation;
        private final String code;
        private int tries;

        Unlucky(Translation translation, String code) {
            this.translation = translation;
            this.code = code;
        }

        @Override
        public List<Piece> pieces(Connection connection, List<Integer> steps) throws SQLException {
            tries++;
            if (tries < 3) {
                throw new SQLException("somebody else was there", code);
            }
            return translation.pieces(connection, steps);
        }

        @Override
        public boolean stillHolds(Connection connection, List<Integer> steps) throws SQLException {
            return translation.stillHolds(connection, steps);
        }

        @Override
        public Optional<String> remedy(Connection connection, Step step) {
            return Optional.empty();
        }
    }
}
