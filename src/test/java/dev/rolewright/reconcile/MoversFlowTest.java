package dev.rolewright.reconcile;

import static dev.rolewright.reconcile.OrdersScene.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.Engine;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.proof.Receipt;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whoever loses a role loses the sessions that have become it, where a server would let them keep it.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class MoversFlowTest extends OrdersFlow {

    MoversFlowTest() {
        super(TestServers.V15);
    }

    @Test
    void sessionsEndAlsoWhenWhoeverTookTheRoleDiedBefore() throws SQLException {
        PersonId ada = analystAtTheDesk();
        Connection session = scene.server.as("ada", "orders");
        Scene.ask(session, "SELECT set_config('role', 'orders_writer', false)");
        scene.idp.removes(scene.desk, ada);

        assertThatThrownBy(() -> dying().settle(ORDERS)).isInstanceOf(Mortal.Death.class);
        premises.run("UPDATE target_state SET lease_until = NULL WHERE target = 'orders'");
        scene.prove();

        assertThatCode(() -> Scene.ask(session, WRITE)).doesNotThrowAnyException();
        assertThat(proof(ada)).as("while the role is still used").isEmpty();

        scene.settle();
        scene.prove();

        assertThatThrownBy(() -> Scene.ask(session, WRITE)).isInstanceOf(SQLException.class);
        assertThat(proof(ada))
                .hasValueSatisfying(proof -> assertThat(proof.holds()).isTrue());
    }

    @Test
    void sessionsEndAlsoWhenSomethingElseCouldNotBeTakenMeanwhile() throws SQLException {
        PersonId ada = analystAtTheDesk();
        Connection session = scene.server.as("ada", "orders");
        Scene.ask(session, "SELECT set_config('role', 'orders_writer', false)");
        scene.idp.removes(scene.desk, ada);
        assertThatThrownBy(() -> dying().settle(ORDERS)).isInstanceOf(Mortal.Death.class);
        premises.run("UPDATE target_state SET lease_until = NULL WHERE target = 'orders'");
        scene.server.run("postgres", "CREATE ROLE boss SUPERUSER", "GRANT boss TO orders_reader");

        scene.lookAtAll();

        assertThatCode(() -> Scene.ask(session, WRITE))
                .as("while another role cannot be taken from her role")
                .doesNotThrowAnyException();

        scene.server.run("postgres", "REVOKE boss FROM orders_reader");
        scene.lookAtAll();

        assertThatThrownBy(() -> Scene.ask(session, WRITE)).isInstanceOf(SQLException.class);
    }

    @Test
    void sessionsEndAlsoWhereSomebodyElseTookWhatWeCouldNot() throws SQLException {
        PersonId ada = analystAtTheDesk();
        scene.server.run("postgres", "CREATE ROLE boss SUPERUSER", "GRANT boss TO ada");
        Connection session = scene.server.as("ada", "orders");
        Scene.ask(session, "SELECT set_config('role', 'boss', false)");

        scene.lookAtAll();

        assertThat(scene.known(ada).error()).isPresent();
        scene.server.run("postgres", "REVOKE boss FROM ada");
        scene.lookAtAll();

        assertThatThrownBy(() -> Scene.ask(session, READ)).isInstanceOf(SQLException.class);
        Connection next = scene.server.as("ada", "orders");
        scene.lookAtAll();
        assertThatCode(() -> Scene.ask(next, READ)).doesNotThrowAnyException();
    }

    @Test
    void sessionsEndAlsoWhereSomebodyElseTookWhatWeCouldNotTakeFromARole() throws SQLException {
        analystAtTheDesk();
        scene.server.run("postgres", "CREATE ROLE boss SUPERUSER", "GRANT boss TO orders_reader");
        Connection session = scene.server.as("ada", "orders");
        Scene.ask(session, "SELECT set_config('role', 'boss', false)");

        scene.lookAtAll();
        scene.server.run("postgres", "REVOKE boss FROM orders_reader");
        scene.lookAtAll();

        assertThatThrownBy(() -> Scene.ask(session, READ)).isInstanceOf(SQLException.class);
    }

    @Test
    void sessionsEndOnce() throws SQLException {
        PersonId ada = analystAtTheDesk();
        scene.idp.removes(scene.desk, ada);
        scene.settle();
        Connection session = scene.server.as("ada", "orders");

        scene.lookAtAll();

        assertThatCode(() -> Scene.ask(session, READ)).doesNotThrowAnyException();
    }

    private PersonId analystAtTheDesk() {
        PersonId ada = scene.employed("ada");
        scene.employed("bob", scene.desk);
        scene.idp.adds(scene.desk, ada);
        scene.settle();
        return ada;
    }

    private Optional<Receipt.Proof> proof(PersonId person) {
        return scene.rig.receipts.list(Optional.of(ORDERS), Optional.of(person), null, 10).stream()
                .flatMap(receipt -> receipt.proof().stream())
                .findFirst();
    }

    /// A process that comes to an end when it is to end a session.
    private Rig dying() {
        Rig.Site site = scene.rig.site;
        Rig rig = new Rig(new Rig.Site(
                site.store(),
                site.trail(),
                site.feed(),
                site.snapshots(),
                site.leavers(),
                site.catalog(),
                dying(Engine.class, site.engine()),
                site.targets()));
        rig.follow(scene.active());
        return rig;
    }

    private static <T> T dying(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                MoversFlowTest.class.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    try {
                        if (real instanceof EngineSession session
                                && method.getName().equals("perform")) {
                            return performUntilDeath(session, (List<?>) arguments[0]);
                        }
                        Object answer = method.invoke(real, arguments);
                        return answer instanceof EngineSession session ? dying(EngineSession.class, session) : answer;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }

    private static List<Outcome> performUntilDeath(EngineSession session, List<?> steps) {
        List<Step> before = steps.stream()
                .takeWhile(step -> !(step instanceof Step.EndSessions))
                .map(Step.class::cast)
                .toList();
        List<Outcome> outcomes = session.perform(before);
        if (before.size() < steps.size()) {
            throw new Mortal.Death();
        }
        return outcomes;
    }
}
