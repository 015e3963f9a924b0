package dev.rolewright.engine.postgres.batch;

import static dev.rolewright.engine.postgres.Acts.READER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.util.List;
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
            Meddling unlucky = new Meddling(scene, TestServers.V18, new Step.CreateRole(READER)) {
                @Override
                void before(int tries) throws SQLException {
                    if (tries < 3) {
                        throw new SQLException("somebody else was there", code);
                    }
                }
            };

            List<Outcome> outcomes = unlucky.perform();

            assertThat(unlucky.tries()).isEqualTo(times);
            assertThat(outcomes).singleElement().isInstanceOf(times > 1 ? Outcome.Done.class : Outcome.Failed.class);
        }
    }
}
