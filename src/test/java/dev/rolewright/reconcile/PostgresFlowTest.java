package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// From a push to what somebody can do on a real server, seen by logging in as the person.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class PostgresFlowTest {

    private static final TargetName ORDERS = new TargetName("orders");
    private static final String READ = "SELECT count(*) FROM sales.orders";
    private static final String WRITE = "UPDATE sales.orders SET region = region";

    @Inject
    Premises premises;

    @Inject
    ChangeFeed feed;

    private Scene scene;
    private Rig rig;
    private Idp idp;
    private UUID analysts;
    private UUID desk;

    @BeforeEach
    void setTheScene() throws SQLException {
        scene = Scene.on(TestServers.V18);
        premises.run("DELETE FROM login WHERE target = 'orders'");
        premises.run("DELETE FROM target_state WHERE target = 'orders'");
        rig = new Rig(premises.site(premises.postgresql(), Map.of("orders", Rig.at(scene.reach()))));
        String tag = UUID.randomUUID().toString().substring(0, 8);
        idp = premises.idp("idp-" + tag);
        analysts = idp.founds("analysts-" + tag);
        desk = idp.founds("desk-" + tag);
        rig.follow(rig.contract(1, OrdersContract.of(tag)));
        rig.settle(ORDERS);
    }

    @AfterEach
    void leaveTheScene() throws SQLException {
        scene.close();
    }

    @Test
    void aPersonCanDoWhatTheContractSaysAndNothingElse() throws SQLException {
        PersonId ada = employed("ada", analysts);
        Connection session = scene.as("ada", "orders");

        assertThatCode(() -> Scene.ask(session, READ)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Scene.ask(session, WRITE + " RETURNING 1")).hasMessageContaining("permission denied");

        idp.adds(desk, ada);
        rig.settle(ORDERS);

        assertThatCode(() -> Scene.ask(session, WRITE + " RETURNING 1")).doesNotThrowAnyException();
    }

    @Test
    void whoLeavesIsOutAndStaysOut() throws SQLException {
        PersonId ada = employed("ada", analysts);
        Connection session = scene.as("ada", "orders");
        assertThatCode(() -> Scene.ask(session, READ)).doesNotThrowAnyException();

        idp.dismisses(ada);
        rig.settle(ORDERS);

        assertThatThrownBy(() -> Scene.ask(session, "SELECT 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> scene.logIn("ada", "orders")).hasMessageContaining("not permitted to log in");
        assertThat(known(ada).state()).isEqualTo(KnownLogin.State.SUSPENDED);
    }

    @Test
    void whoMovesLosesTheRoleAtOnce() throws SQLException {
        PersonId ada = employed("ada", analysts);
        employed("bob", desk);
        idp.adds(desk, ada);
        rig.settle(ORDERS);
        Connection session = scene.as("ada", "orders");
        assertThatCode(() -> Scene.ask(session, WRITE + " RETURNING 1")).doesNotThrowAnyException();

        idp.removes(desk, ada);
        rig.settle(ORDERS);

        assertThatThrownBy(() -> Scene.ask(session, WRITE + " RETURNING 1")).isInstanceOf(SQLException.class);
        Connection again = scene.logIn("ada", "orders");
        assertThatCode(() -> Scene.ask(again, READ)).doesNotThrowAnyException();
    }

    @Test
    void aRehireGetsTheSameLoginBack() throws SQLException {
        PersonId ada = employed("ada", analysts);
        String oid = oid("ada");
        idp.dismisses(ada);
        rig.settle(ORDERS);

        idp.takesBack(ada);
        rig.settle(ORDERS);

        assertThat(oid("ada")).isEqualTo(oid);
        Connection session = scene.as("ada", "orders");
        assertThatCode(() -> Scene.ask(session, READ)).doesNotThrowAnyException();
    }

    @Test
    void theLossOfTheStoreLosesNobody() throws SQLException {
        PersonId ada = employed("ada", analysts);
        String oid = oid("ada");
        premises.run("DELETE FROM login WHERE target = 'orders'");
        premises.run("DELETE FROM target_state WHERE target = 'orders'");
        premises.run("INSERT INTO target_state (target) VALUES ('orders')");

        rig.settle(ORDERS);

        assertThat(oid("ada")).isEqualTo(oid);
        assertThat(known(ada).serverId()).contains(oid);
    }

    @Test
    void theSecondLookAtTheWholeFindsNothingToDo() throws SQLException {
        employed("ada", analysts);
        long passes = premises.number("SELECT count(*) FROM pass WHERE target = 'orders' AND done > 0");

        premises.run("UPDATE target_state SET whole_due = now()");
        rig.settle(ORDERS);

        assertThat(premises.number("SELECT count(*) FROM pass WHERE target = 'orders' AND done > 0"))
                .isEqualTo(passes);
        assertThat(premises.number("SELECT settled::int FROM target_state WHERE target = 'orders'"))
                .isEqualTo(1);
    }

    @Test
    void whatWasChangedByHandIsPutRight() throws SQLException {
        employed("ada", analysts);
        scene.run("orders", "GRANT DELETE ON sales.orders TO orders_reader", "GRANT pg_monitor TO ada");

        premises.run("UPDATE target_state SET whole_due = now()");
        rig.settle(ORDERS);

        assertThat(scene.ask("orders", "SELECT has_table_privilege('orders_reader', 'sales.orders', 'DELETE')"))
                .containsExactly("f");
    }

    @Test
    void theEndOfTheGraceDropsTheLogin() throws SQLException {
        PersonId ada = employed("ada", analysts);
        idp.dismisses(ada);
        rig.settle(ORDERS);
        scene.run(
                "postgres",
                "COMMENT ON ROLE ada IS 'rolewright:rolewright:person=" + ada + ";suspended=2020-01-01T00:00:00Z'");
        premises.run("UPDATE login SET due = now() WHERE target = 'orders' AND person = '" + ada + "'");

        rig.settle(ORDERS);

        assertThat(scene.ask("postgres", "SELECT count(*) FROM pg_roles WHERE rolname = 'ada'"))
                .containsExactly("0");
        assertThat(known(ada).state()).isEqualTo(KnownLogin.State.DROPPED);
    }

    @Test
    void aLeaverIsOutWithinMoments() throws Exception {
        List<PersonId> crew = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            crew.add(idp.hires("leaver" + i));
        }
        idp.adds(analysts, crew);
        rig.settle(ORDERS);
        TargetLoop loop = rig.loop(ORDERS);
        Thread thread = Thread.ofVirtual().start(loop);
        AtomicBoolean listening = new AtomicBoolean(true);
        feed.listen(() -> {
            if (listening.get()) {
                rig.fanOut.drain();
            }
        });
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < crew.size(); i++) {
            Connection session = scene.as("leaver" + i, "orders");
            idp.dismisses(crew.get(i));
            long answered = System.nanoTime();
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> isGone(session));
            times.add((System.nanoTime() - answered) / 1_000);
        }
        listening.set(false);
        loop.stop();
        rig.alarm.ring();
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

    private PersonId employed(String name, UUID group) {
        PersonId person = idp.hires(name);
        idp.adds(group, person);
        rig.settle(ORDERS);
        return person;
    }

    private KnownLogin known(PersonId person) {
        return rig.logins.of(Set.of(person)).get(person).getFirst();
    }

    private String oid(String login) throws SQLException {
        return scene.ask("postgres", "SELECT oid FROM pg_roles WHERE rolname = '" + login + "'")
                .getFirst();
    }
}
