package dev.rolewright.reconcile;

import static dev.rolewright.reconcile.OrdersScene.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.login.KnownLogin;
import dev.rolewright.reconcile.proof.Receipt;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whoever leaves is out, whatever was done by hand to the login and its mark, seen by logging in on every version.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class MarkFlowTest {

    private static final String READ = "SELECT count(*) FROM sales.orders";

    @Inject
    Premises premises;

    private OrdersScene scene;

    @AfterEach
    void leaveTheScene() throws SQLException {
        scene.close();
    }

    static Stream<Arguments> everyVersionAndMode() {
        return Stream.of(TestServers.values())
                .flatMap(server -> Stream.of("revert", "report").map(drift -> Arguments.of(server, drift)));
    }

    @ParameterizedTest
    @MethodSource("everyVersionAndMode")
    void aLeaverIsOutWhoseMarkAndNameWereTakenAway(TestServers server, String drift) throws SQLException {
        setTheScene(server, drift);
        PersonId ada = scene.employed("ada");
        Connection session = scene.server.as("ada", "orders");
        assertThatCode(() -> Scene.ask(session, READ)).doesNotThrowAnyException();
        unmark("ada");
        scene.server.run("postgres", "ALTER ROLE ada RENAME TO app_service");
        password("app_service");

        scene.idp.dismisses(ada);
        scene.settle();

        assertThatThrownBy(() -> Scene.ask(session, "SELECT 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> scene.server.logIn("app_service", "orders"))
                .hasMessageContaining("not permitted to log in");
        scene.prove();
        assertThat(scene.known(ada).state()).isEqualTo(KnownLogin.State.SUSPENDED);
        assertThat(receipt(ada).proof().orElseThrow().holds()).isTrue();
        assertThat(premises.number(
                        "SELECT count(*) FROM audit_event WHERE action = 'step.done' AND detail::text LIKE '%mark login%"
                                + ada + "%'"))
                .isEqualTo(1);
        assertThat(premises.number(
                        "SELECT count(*) FROM drift WHERE target = 'orders' AND difference = 'CHANGED' AND reverted"
                                + " AND remedy ->> 'is' = 'MarkLogin'"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whoStaysIsMarkedAnewAndKeepsAccess(TestServers server) throws SQLException {
        setTheScene(server, "report");
        PersonId ada = scene.employed("ada");
        String oid = scene.oid("ada");
        unmark("ada");

        scene.lookAtAll();

        assertThat(scene.oid("ada")).isEqualTo(oid);
        assertThat(scene.known(ada).state()).isEqualTo(KnownLogin.State.ACTIVE);
        premises.run("DELETE FROM login WHERE target = 'orders'");
        scene.lookAtAll();
        assertThat(scene.known(ada).serverId()).as("the mark alone tells of it").contains(oid);
        Connection session = scene.server.as("ada", "orders");
        assertThatCode(() -> Scene.ask(session, READ)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void theEndOfTheGraceDropsItWhateverItIsCalled(TestServers server) throws SQLException {
        setTheScene(server, "revert");
        PersonId ada = scene.employed("ada");
        String oid = scene.oid("ada");
        scene.idp.dismisses(ada);
        scene.settle();
        unmark("ada");
        scene.server.run("postgres", "ALTER ROLE ada RENAME TO app_service");
        premises.run("UPDATE login SET since = now() - interval '40 days', due = now() WHERE person = '" + ada + "'");

        scene.settle();
        scene.prove();

        assertThat(scene.server.ask("postgres", "SELECT rolname FROM pg_roles WHERE oid = " + oid))
                .isEmpty();
        assertThat(scene.known(ada).state()).isEqualTo(KnownLogin.State.DROPPED);
        assertThat(receipt(ada).what()).isEqualTo(Receipt.What.DROPPED);
        assertThat(receipt(ada).proof().orElseThrow().holds()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("everyVersionAndMode")
    void whoWasLetInAgainByHandIsLockedAgain(TestServers server, String drift) throws SQLException {
        setTheScene(server, drift);
        PersonId ada = scene.employed("ada");
        scene.server.as("ada", "orders");
        scene.idp.dismisses(ada);
        scene.settle();
        scene.server.run("postgres", "ALTER ROLE ada LOGIN");
        Connection session = scene.server.logIn("ada", "postgres");

        scene.lookAtAll();

        assertThatThrownBy(() -> Scene.ask(session, "SELECT 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> scene.server.logIn("ada", "orders")).hasMessageContaining("not permitted to log in");
    }

    @ParameterizedTest
    @EnumSource
    void aReceiptIsNotFooledByAnotherName(TestServers server) throws SQLException {
        setTheScene(server, "revert");
        PersonId ada = scene.employed("ada");
        password("ada");
        scene.idp.dismisses(ada);
        scene.settle();
        unmark("ada");
        scene.server.run("postgres", "ALTER ROLE ada RENAME TO app_service", "ALTER ROLE app_service LOGIN");

        scene.prove();

        assertThat(receipt(ada).proof().orElseThrow().why())
                .hasValueSatisfying(why -> assertThat(why).contains("login: it can log in"));

        scene.settle();
        scene.prove();

        assertThat(receipt(ada).proof().orElseThrow().holds()).isTrue();
        assertThat(scene.server.ask("postgres", "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'app_service'"))
                .containsExactly("f");
    }

    @ParameterizedTest
    @EnumSource
    void aLoginThatWasMadeAgainByHandIsAStranger(TestServers server) throws SQLException {
        setTheScene(server, "revert");
        PersonId ada = scene.employed("ada");
        scene.server.run("postgres", "DROP ROLE ada", "CREATE ROLE ada LOGIN");

        scene.idp.dismisses(ada);
        scene.settle();

        assertThat(scene.server.ask("postgres", "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'ada'"))
                .containsExactly("t");
        assertThat(scene.known(ada).error())
                .hasValueSatisfying(why -> assertThat(why).startsWith("ada was dropped by hand"));
    }

    @ParameterizedTest
    @EnumSource
    void afterTheLossOfTheStoreOnlyWholeMarksCount(TestServers server) throws SQLException {
        setTheScene(server, "revert");
        PersonId ada = scene.employed("ada");
        String oid = scene.oid("ada");
        scene.server.run("postgres", "COMMENT ON ROLE ada IS NULL");
        premises.run("DELETE FROM login WHERE target = 'orders'");

        scene.idp.dismisses(ada);
        scene.lookAtAll();

        assertThat(scene.server.ask("postgres", "SELECT oid FROM pg_roles WHERE rolname = 'ada' AND rolcanlogin"))
                .containsExactly(oid);
    }

    /// What was restored from a dump has other ids, and on another server even the same id says nothing.
    @ParameterizedTest
    @EnumSource
    void anIdOfAnotherServerSaysNothing(TestServers server) throws SQLException {
        setTheScene(server, "revert");
        PersonId ada = scene.employed("ada");
        premises.run("UPDATE login SET server = 'another server' WHERE target = 'orders'");
        unmark("ada");

        scene.idp.dismisses(ada);
        scene.settle();

        assertThat(scene.server.ask("postgres", "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'ada'"))
                .containsExactly("t");
        assertThat(scene.known(ada).error())
                .hasValueSatisfying(why -> assertThat(why).contains("carries our mark no more"));
    }

    private void setTheScene(TestServers server, String drift) throws SQLException {
        scene = new OrdersScene(premises, server);
        scene.follow(scene.contract().replace("drift: revert", "drift: " + drift));
        scene.settle();
        scene.employed("bob"); // somebody who stays, so that nobody is the last one
    }

    private void unmark(String login) throws SQLException {
        scene.server.run(
                "postgres",
                "COMMENT ON ROLE " + login + " IS NULL",
                "REVOKE rolewright_marker FROM " + login
                        + (scene.server.server().keepsGrantors() ? " GRANTED BY rolewright_grantor" : ""));
    }

    private void password(String login) throws SQLException {
        scene.server.as(login, "orders");
    }

    private Receipt receipt(PersonId person) {
        return scene.rig
                .receipts
                .list(Optional.of(ORDERS), Optional.of(person), null, 10)
                .getFirst();
    }
}
