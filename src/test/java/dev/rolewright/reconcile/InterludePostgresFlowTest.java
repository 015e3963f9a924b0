package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.login.KnownLogin;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// Somebody leaves a real server while others come.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class InterludePostgresFlowTest {

    @Inject
    Premises premises;

    @Test
    void whoLeavesWhileOthersComeIsOutBeforeTheyAreIn() throws SQLException {
        try (OrdersScene scene = new OrdersScene(premises)) {
            PersonId ada = scene.employed("ada");
            PersonId bob = scene.employed("bob");
            Connection session = scene.server.as("ada", "orders");
            for (int i = 0; i < 6; i++) {
                scene.idp.adds(scene.analysts, scene.idp.hires("n" + i));
            }
            scene.rig.clock.meanwhile = () -> {
                scene.rig.clock.meanwhile = () -> {};
                scene.idp.dismisses(ada);
                scene.idp.adds(scene.desk, bob);
                scene.rig.fanOut.drain();
            };

            scene.settle();

            assertThatThrownBy(() -> Scene.ask(session, "SELECT 1")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> scene.server.logIn("ada", "orders"))
                    .hasMessageContaining("not permitted to log in");
            scene.prove();
            assertThat(scene.known(ada).state()).isEqualTo(KnownLogin.State.SUSPENDED);
            Connection working = scene.server.as("bob", "orders");
            assertThatCode(() -> Scene.ask(working, "UPDATE sales.orders SET region = region RETURNING 1"))
                    .doesNotThrowAnyException();
            scene.server.as("n0", "orders").close();
            scene.server.as("n5", "orders").close();
            assertThat(premises.number(told("suspend login ada"))).isLessThan(premises.number(told("login n0")));
            assertThat(premises.number("SELECT count(*) FROM receipt WHERE verdict AND person = '" + ada + "'"))
                    .isEqualTo(1);
            assertThat(scene.server.ask(
                            "postgres",
                            "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'rolewright%pass-%'"))
                    .containsExactly("0");
        }
    }

    /// The place in the trail of something that was done last.
    private static String told(String step) {
        return "SELECT max(id) FROM audit_event WHERE action = 'step.done' AND detail ->> 'target' = 'orders'"
                + " AND detail ->> 'step' LIKE '%" + step + "%'";
    }
}
