package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reach.Ways;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One database of a target lets nobody of us in for a while.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ClosedDatabaseFlowTest {

    private static final TargetName ORDERS = new TargetName("orders");
    private static final String READS = "SELECT nspname FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid"
            + " WHERE relname = 'notes' AND has_table_privilege('orders_reader', c.oid, 'SELECT')";

    @Inject
    Premises premises;

    private Scene scene;
    private Rig rig;
    private Idp idp;
    private UUID analysts;
    private String tag = "";

    @BeforeEach
    void setTheScene() throws SQLException {
        scene = Scene.on(TestServers.V18);
        scene.run("postgres", "CREATE DATABASE crm OWNER orders_owner");
        scene.run(
                "crm",
                "SET ROLE orders_owner",
                "CREATE SCHEMA old CREATE TABLE notes (id int)",
                "CREATE SCHEMA later CREATE TABLE notes (id int)",
                "RESET ROLE");
        scene.prepare("orders,crm", "orders_owner");
        premises.run("TRUNCATE login, target_state, dirty, drift");
        rig = new Rig(premises.site(premises.postgresql(), Map.of("orders", Ways.at(scene.reach()))));
        tag = UUID.randomUUID().toString().substring(0, 8);
        idp = premises.idp("idp-" + tag);
        analysts = idp.founds("analysts-" + tag);
        follow(1, "old");
        whole();
    }

    @AfterEach
    void leaveTheScene() throws SQLException {
        scene.close();
    }

    @Test
    void everythingElseGoesOnAndTheStateTells() throws SQLException {
        PersonId ada = idp.hires("ada");
        PersonId bob = idp.hires("bob");
        idp.adds(analysts, List.of(ada, bob));
        rig.settle(ORDERS);
        Connection session = scene.as("ada", "orders");
        close("crm");
        scene.run("orders", "GRANT DELETE ON sales.orders TO orders_reader");
        idp.dismisses(ada);

        whole();

        assertThatThrownBy(() -> Scene.ask(session, "SELECT 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> scene.logIn("ada", "orders")).hasMessageContaining("not permitted to log in");
        assertThat(scene.ask("orders", "SELECT has_table_privilege('orders_reader', 'sales.orders', 'DELETE')"))
                .containsExactly("f");
        assertThat(drift())
                .as("what was done by hand elsewhere is told as such")
                .isEqualTo(1);
        assertThat(premises.number("SELECT failures FROM target_state")).isZero();
        assertThat(premises.number(
                        "SELECT count(*) FROM target_state WHERE notes::text LIKE '%crm could not be looked into%'"))
                .isEqualTo(1);
        assertThat(premises.number("SELECT (whole_due < now() + interval '5 minutes')::int FROM target_state"))
                .as("it is looked at again soon")
                .isEqualTo(1);
        assertThat(premises.number("SELECT settled::int FROM target_state")).isEqualTo(1);
    }

    @Test
    void whatTheContractSaysMeanwhileIsDoneWhenItOpensAndIsNobodysDrift() throws SQLException {
        close("crm");
        follow(2, "later");
        whole();
        assertThat(premises.number("SELECT settled::int FROM target_state")).isZero();
        assertThat(scene.ask("crm", READS)).containsExactly("old");

        scene.run("postgres", "ALTER DATABASE crm CONNECTION LIMIT -1");
        whole();

        assertThat(scene.ask("crm", READS)).containsExactly("later");
        assertThat(drift()).isZero();
        assertThat(premises.number("SELECT settled::int FROM target_state")).isEqualTo(1);
    }

    private void close(String database) throws SQLException {
        scene.run(
                "postgres",
                "ALTER DATABASE " + database + " CONNECTION LIMIT 0",
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '" + database
                        + "' AND usename = '" + Scene.CONNECTOR + "'");
    }

    private void whole() {
        premises.run("UPDATE target_state SET whole_due = now()");
        rig.settle(ORDERS);
    }

    private long drift() {
        return premises.number("SELECT count(*) FROM drift WHERE target = 'orders'");
    }

    private void follow(int number, String schema) {
        String grant = "      - {database: orders, schema: sales, tables: \"*\", privileges: [SELECT]}\n";
        rig.follow(rig.contract(
                number,
                OrdersContract.of(tag)
                        .replace("databases: [orders]", "databases: [orders, crm]")
                        .replace(
                                grant,
                                grant
                                        + grant.replace("database: orders", "database: crm")
                                                .replace("sales", schema))));
        rig.settle(ORDERS);
    }
}
