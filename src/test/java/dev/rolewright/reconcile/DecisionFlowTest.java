package dev.rolewright.reconcile;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Ruling;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.hold.Hold;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// Somebody decides about a hold at the moment at which a pass over its target ends.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class DecisionFlowTest {

    private static final Caller ADMIN = Caller.ofNoSource("grace", "req-decision");

    @Inject
    Premises premises;

    @Test
    void aPassThatEndsDoesNotWaitForWhoeverDecides() throws Exception {
        Scene scene = new Scene(premises, new FakeEngine());
        List<PersonId> crew = scene.crew(40);
        crew.subList(0, 20).forEach(scene.idp::dismisses);
        scene.settle();
        Hold hold =
                scene.rig.holds.list(Optional.of(scene.target), true, null, 1).getFirst();
        FutureTask<Hold> decision =
                new FutureTask<>(() -> scene.rig.holds.release(hold.id(), new Ruling(hold.digest(), "Yes."), ADMIN));

        try (Connection pass = premises.store.getConnection()) {
            pass.setAutoCommit(false);
            run(pass, "UPDATE target_state SET lease_until = NULL WHERE target = '" + scene.target + "'");
            Thread.startVirtualThread(decision);
            await().until(this::somebodyWaits);

            assertThatCode(() -> run(pass, "SELECT FROM hold WHERE id = " + hold.id() + " FOR UPDATE NOWAIT"))
                    .doesNotThrowAnyException();
            pass.rollback();
            pass.setAutoCommit(true);
        }

        assertThat(decision.get().state()).isEqualTo(Hold.State.RELEASED);
    }

    private boolean somebodyWaits() {
        return premises.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND wait_event_type = 'Lock' AND query LIKE '%target_state%'")
                == 1;
    }

    private static void run(Connection connection, String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
