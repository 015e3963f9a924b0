package dev.rolewright.reconcile;

import static dev.rolewright.Patience.await;
import static dev.rolewright.reconcile.OrdersScene.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.login.KnownLogin;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// From a push to what somebody can do on a real server, seen by logging in as the person.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class PostgresFlowTest extends OrdersFlow {

    @Inject
    ChangeFeed feed;

    @Test
    void aPersonCanDoWhatTheContractSaysAndNothingElse() throws SQLException {
        PersonId ada = scene.employed("ada");
        Connection session = scene.server.as("ada", "orders");

        assertThatCode(() -> Scene.ask(session, READ)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Scene.ask(session, WRITE)).hasMessageContaining("permission denied");

        scene.idp.adds(scene.desk, ada);
        scene.settle();

        assertThatCode(() -> Scene.ask(session, WRITE)).doesNotThrowAnyException();
    }

    @Test
    void whoLeavesIsOutAndStaysOut() throws SQLException {
        PersonId ada = scene.employed("ada");
        Connection session = scene.server.as("ada", "orders");
        assertThatCode(() -> Scene.ask(session, READ)).doesNotThrowAnyException();

        scene.idp.dismisses(ada);
        scene.settle();

        assertThatThrownBy(() -> Scene.ask(session, "SELECT 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> scene.server.logIn("ada", "orders")).hasMessageContaining("not permitted to log in");
        assertThat(scene.known(ada).state()).isEqualTo(KnownLogin.State.SUSPENDED);
    }

    @Test
    void whoMovesLosesTheRoleAtOnce() throws SQLException {
        PersonId ada = scene.employed("ada");
        scene.employed("bob", scene.desk);
        scene.idp.adds(scene.desk, ada);
        scene.settle();
        Connection session = scene.server.as("ada", "orders");
        assertThatCode(() -> Scene.ask(session, WRITE)).doesNotThrowAnyException();

        scene.idp.removes(scene.desk, ada);
        scene.settle();

        assertThatThrownBy(() -> Scene.ask(session, WRITE)).isInstanceOf(SQLException.class);
        Connection again = scene.server.logIn("ada", "orders");
        assertThatCode(() -> Scene.ask(again, READ)).doesNotThrowAnyException();
    }

    @Test
    void aRehireGetsTheSameLoginBack() throws SQLException {
        PersonId ada = scene.employed("ada");
        String oid = scene.oid("ada");
        scene.idp.dismisses(ada);
        scene.settle();

        scene.idp.takesBack(ada);
        scene.settle();

        assertThat(scene.oid("ada")).isEqualTo(oid);
        Connection session = scene.server.as("ada", "orders");
        assertThatCode(() -> Scene.ask(session, READ)).doesNotThrowAnyException();
    }

    /// The plan is cut between what fails and what it was to stop.
    @Test
    void aRehireStaysOutWhileSomethingCannotBeTaken() throws SQLException {
        PersonId ada = scene.employed("ada");
        PersonId bob = scene.employed("bob");
        scene.employed("eve");
        scene.idp.dismisses(ada);
        scene.idp.dismisses(bob);
        scene.settle();
        scene.server.run("postgres", "GRANT pg_monitor TO ada");

        scene.idp.takesBack(ada);
        scene.idp.takesBack(bob);
        scene.settle();

        assertThatThrownBy(() -> scene.server.as("ada", "orders")).hasMessageContaining("not permitted to log in");
        scene.server.as("bob", "orders");

        scene.server.run("postgres", "REVOKE pg_monitor FROM ada");
        premises.run("UPDATE login SET due = now() WHERE target = 'orders' AND NOT settled");
        scene.settle();

        scene.server.as("ada", "orders");
    }

    @Test
    void whoKeepsWhatWeMayNotTakeKeepsTheSessionsToo() throws SQLException {
        PersonId ada = scene.employed("ada");
        scene.server.run("postgres", "GRANT pg_monitor TO ada");
        Connection session = scene.server.as("ada", "orders");

        scene.lookAtAll();

        assertThat(scene.known(ada).error())
                .hasValueSatisfying(why -> assertThat(why).contains("pg_monitor"));
        assertThatCode(() -> Scene.ask(session, READ)).doesNotThrowAnyException();
    }

    @Test
    void membersOfARoleThatKeepsWhatWeMayNotTakeKeepTheirSessionsToo() throws SQLException {
        scene.employed("ada");
        scene.server.run("postgres", "GRANT pg_monitor TO orders_reader");
        Connection session = scene.server.as("ada", "orders");

        scene.lookAtAll();

        assertThat(scene.server.ask("postgres", "SELECT pg_has_role('orders_reader', 'pg_monitor', 'MEMBER')"))
                .containsExactly("t");
        assertThatCode(() -> Scene.ask(session, READ)).doesNotThrowAnyException();
    }

    @Test
    void theLossOfTheStoreLosesNobody() throws SQLException {
        PersonId ada = scene.employed("ada");
        String oid = scene.oid("ada");
        premises.run("DELETE FROM login WHERE target = 'orders'");
        premises.run("DELETE FROM target_state WHERE target = 'orders'");
        premises.run("INSERT INTO target_state (target) VALUES ('orders')");

        scene.settle();

        assertThat(scene.oid("ada")).isEqualTo(oid);
        assertThat(scene.known(ada).serverId()).contains(oid);
    }

    @Test
    void theSecondLookAtTheWholeFindsNothingToDo() throws SQLException {
        scene.employed("ada");
        long passes = premises.number("SELECT count(*) FROM pass WHERE target = 'orders' AND done > 0");

        scene.lookAtAll();

        assertThat(premises.number("SELECT count(*) FROM pass WHERE target = 'orders' AND done > 0"))
                .isEqualTo(passes);
        assertThat(premises.number("SELECT settled::int FROM target_state WHERE target = 'orders'"))
                .isEqualTo(1);
    }

    @Test
    void whatWasChangedByHandIsPutRight() throws SQLException {
        scene.employed("ada");
        scene.server.run("orders", "GRANT DELETE ON sales.orders TO orders_reader", "GRANT pg_monitor TO ada");

        scene.lookAtAll();

        assertThat(scene.server.ask("orders", "SELECT has_table_privilege('orders_reader', 'sales.orders', 'DELETE')"))
                .containsExactly("f");
    }

    @Test
    void theEndOfTheGraceDropsTheLogin() throws SQLException {
        PersonId ada = scene.employed("ada");
        scene.idp.dismisses(ada);
        scene.settle();
        scene.server.run(
                "postgres",
                "COMMENT ON ROLE ada IS 'rolewright:rolewright:person=" + ada + ";suspended=2020-01-01T00:00:00Z'");
        premises.run("UPDATE login SET due = now() WHERE target = 'orders' AND person = '" + ada + "'");

        scene.settle();

        assertThat(scene.server.ask("postgres", "SELECT count(*) FROM pg_roles WHERE rolname = 'ada'"))
                .containsExactly("0");
        assertThat(scene.known(ada).state()).isEqualTo(KnownLogin.State.DROPPED);
    }

    @Test
    void aLeaverIsOutWithinMoments() throws Exception {
        List<PersonId> crew = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            crew.add(scene.idp.hires("leaver" + i));
        }
        scene.idp.adds(scene.analysts, crew);
        scene.settle();
        TargetLoop loop = scene.rig.loop(ORDERS);
        Thread thread = Thread.ofVirtual().start(loop);
        AtomicBoolean listening = new AtomicBoolean(true);
        feed.listen(() -> {
            if (listening.get()) {
                scene.rig.fanOut.drain();
            }
        });
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < crew.size(); i++) {
            Connection session = scene.server.as("leaver" + i, "orders");
            scene.idp.dismisses(crew.get(i));
            long answered = System.nanoTime();
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> isGone(session));
            times.add((System.nanoTime() - answered) / 1_000);
        }
        listening.set(false);
        loop.stop();
        scene.rig.alarm.ring();
        thread.join();
        times.sort(Long::compare);

        System.out.printf("leaver out: p50 %d us, worst %d us%n", times.get(times.size() / 2), times.getLast());
        assertThat(times.get(times.size() / 2)).isLessThan(250_000);
    }

    private static boolean isGone(Connection session) {
        try {
            Scene.ask(session, "SELECT 1");
            return false;
        } catch (SQLException gone) {
            return true;
        }
    }
}
