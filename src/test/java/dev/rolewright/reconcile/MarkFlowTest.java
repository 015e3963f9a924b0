package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

    private static final TargetName ORDERS = new TargetName("orders");
    private static final String READ = "SELECT count(*) FROM sales.orders";

    @Inject
    Premises premises;

    private Scene scene;
    private Rig rig;
    private Idp idp;
    private UUID analysts;
    private String tag = "";

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
        PersonId ada = employed("ada");
        Connection session = scene.as("ada", "orders");
        assertThatCode(() -> Scene.ask(session, READ)).doesNotThrowAnyException();
        unmark("ada");
        scene.run("postgres", "ALTER ROLE ada RENAME TO app_service");
        password("app_service");

        idp.dismisses(ada);
        rig.settle(ORDERS);

        assertThatThrownBy(() -> Scene.ask(session, "SELECT 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> scene.logIn("app_service", "orders")).hasMessageContaining("not permitted to log in");
        rig.prove(ORDERS);
        assertThat(known(ada).state()).isEqualTo(KnownLogin.State.SUSPENDED);
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
        PersonId ada = employed("ada");
        String oid = oid("ada");
        unmark("ada");

        lookAtAll();

        assertThat(oid("ada")).isEqualTo(oid);
        assertThat(known(ada).state()).isEqualTo(KnownLogin.State.ACTIVE);
        premises.run("DELETE FROM login WHERE target = 'orders'");
        lookAtAll();
        assertThat(known(ada).serverId()).as("the mark alone tells of it").contains(oid);
        Connection session = scene.as("ada", "orders");
        assertThatCode(() -> Scene.ask(session, READ)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void theEndOfTheGraceDropsItWhateverItIsCalled(TestServers server) throws SQLException {
        setTheScene(server, "revert");
        PersonId ada = employed("ada");
        String oid = oid("ada");
        idp.dismisses(ada);
        rig.settle(ORDERS);
        unmark("ada");
        scene.run("postgres", "ALTER ROLE ada RENAME TO app_service");
        premises.run("UPDATE login SET since = now() - interval '40 days', due = now() WHERE person = '" + ada + "'");

        rig.settle(ORDERS);
        rig.prove(ORDERS);

        assertThat(scene.ask("postgres", "SELECT rolname FROM pg_roles WHERE oid = " + oid))
                .isEmpty();
        assertThat(known(ada).state()).isEqualTo(KnownLogin.State.DROPPED);
        assertThat(receipt(ada).what()).isEqualTo(Receipt.What.DROPPED);
        assertThat(receipt(ada).proof().orElseThrow().holds()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("everyVersionAndMode")
    void whoWasLetInAgainByHandIsLockedAgain(TestServers server, String drift) throws SQLException {
        setTheScene(server, drift);
        PersonId ada = employed("ada");
        scene.as("ada", "orders");
        idp.dismisses(ada);
        rig.settle(ORDERS);
        scene.run("postgres", "ALTER ROLE ada LOGIN");
        Connection session = scene.logIn("ada", "postgres");

        lookAtAll();

        assertThatThrownBy(() -> Scene.ask(session, "SELECT 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> scene.logIn("ada", "orders")).hasMessageContaining("not permitted to log in");
    }

    @ParameterizedTest
    @EnumSource
    void aReceiptIsNotFooledByAnotherName(TestServers server) throws SQLException {
        setTheScene(server, "revert");
        PersonId ada = employed("ada");
        password("ada");
        idp.dismisses(ada);
        rig.settle(ORDERS);
        unmark("ada");
        scene.run("postgres", "ALTER ROLE ada RENAME TO app_service", "ALTER ROLE app_service LOGIN");

        rig.prove(ORDERS);

        assertThat(receipt(ada).proof().orElseThrow().why())
                .hasValueSatisfying(why -> assertThat(why).contains("login: it can log in"));

        rig.settle(ORDERS);
        rig.prove(ORDERS);

        assertThat(receipt(ada).proof().orElseThrow().holds()).isTrue();
        assertThat(scene.ask("postgres", "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'app_service'"))
                .containsExactly("f");
    }

    @ParameterizedTest
    @EnumSource
    void aLoginThatWasMadeAgainByHandIsAStranger(TestServers server) throws SQLException {
        setTheScene(server, "revert");
        PersonId ada = employed("ada");
        scene.run("postgres", "DROP ROLE ada", "CREATE ROLE ada LOGIN");

        idp.dismisses(ada);
        rig.settle(ORDERS);

        assertThat(scene.ask("postgres", "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'ada'"))
                .containsExactly("t");
        assertThat(known(ada).error()).hasValueSatisfying(why -> assertThat(why).startsWith("ada was dropped by hand"));
    }

    @ParameterizedTest
    @EnumSource
    void afterTheLossOfTheStoreOnlyWholeMarksCount(TestServers server) throws SQLException {
        setTheScene(server, "revert");
        PersonId ada = employed("ada");
        String oid = oid("ada");
        scene.run("postgres", "COMMENT ON ROLE ada IS NULL");
        premises.run("DELETE FROM login WHERE target = 'orders'");

        idp.dismisses(ada);
        lookAtAll();

        assertThat(scene.ask("postgres", "SELECT oid FROM pg_roles WHERE rolname = 'ada' AND rolcanlogin"))
                .containsExactly(oid);
    }

    /// What was restored from a dump has other ids, and on another server even the same id says nothing.
    @ParameterizedTest
    @EnumSource
    void anIdOfAnotherServerSaysNothing(TestServers server) throws SQLException {
        setTheScene(server, "revert");
        PersonId ada = employed("ada");
        premises.run("UPDATE login SET server = 'another server' WHERE target = 'orders'");
        unmark("ada");

        idp.dismisses(ada);
        rig.settle(ORDERS);

        assertThat(scene.ask("postgres", "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'ada'"))
                .containsExactly("t");
        assertThat(known(ada).error()).hasValueSatisfying(why -> assertThat(why).contains("carries our mark no more"));
    }

    private void setTheScene(TestServers server, String drift) throws SQLException {
        scene = Scene.on(server);
        for (String table : Set.of("login", "target_state", "drift", "dirty", "hold", "held_step")) {
            premises.run("DELETE FROM " + table + " WHERE target = 'orders'");
        }
        rig = new Rig(premises.site(premises.postgresql(), Map.of("orders", Rig.at(scene.reach()))));
        tag = UUID.randomUUID().toString().substring(0, 8);
        idp = premises.idp("idp-" + tag);
        analysts = idp.founds("analysts-" + tag);
        rig.follow(rig.contract(1, """
                contract: 1
                environments: {test: {}}
                targets:
                  orders: {engine: postgresql, environment: test, databases: [orders], heir: orders_owner, drift: %2$s}
                roles:
                  orders_reader:
                    kind: read-only
                    purpose: Reading
                    owner: us
                    target: orders
                    grants:
                      - {database: orders, schema: sales, tables: "*", privileges: [SELECT]}
                mappings:
                  - {name: analysts read, group: {displayName: analysts-%1$s}, roles: [orders_reader]}
                lifecycle: {login: "{userName.local}", grace: P30D, credentials: external}
                brakes: {removeLogins: "100%%", suspendLogins: "100%%", revokeMemberships: "100%%", atLeast: 1000}
                """.formatted(tag, drift)));
        rig.settle(ORDERS);
        employed("bob"); // somebody who stays, so that nobody is the last one
    }

    private void unmark(String login) throws SQLException {
        scene.run(
                "postgres",
                "COMMENT ON ROLE " + login + " IS NULL",
                "REVOKE rolewright_marker FROM " + login
                        + (scene.server().keepsGrantors() ? " GRANTED BY rolewright_grantor" : ""));
    }

    private void password(String login) throws SQLException {
        scene.as(login, "orders");
    }

    private void lookAtAll() throws SQLException {
        premises.run("UPDATE target_state SET whole_due = now() WHERE target = 'orders'");
        rig.settle(ORDERS);
    }

    private PersonId employed(String name) {
        PersonId person = idp.hires(name);
        idp.adds(analysts, person);
        rig.settle(ORDERS);
        return person;
    }

    private KnownLogin known(PersonId person) {
        return rig.logins.of(Set.of(person)).get(person).getFirst();
    }

    private Receipt receipt(PersonId person) {
        return rig.receipts
                .list(Optional.of(ORDERS), Optional.of(person), null, 10)
                .getFirst();
    }

    private String oid(String login) throws SQLException {
        return scene.ask("postgres", "SELECT oid FROM pg_roles WHERE rolname = '" + login + "'")
                .getFirst();
    }
}
