package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reach.Ways;
import dev.rolewright.reconcile.proof.Receipt;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A leaver is proven gone, and what is changed by hand is seen and undone, on every version.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class VersionsFlowTest {

    @Inject
    Premises premises;

    private TargetName target = new TargetName("none");
    private Rig rig;
    private Idp idp;
    private UUID analysts;

    private void connect(Scene scene) {
        String tag = UUID.randomUUID().toString().substring(0, 8);
        target = new TargetName("orders-" + tag);
        rig = new Rig(premises.site(premises.postgresql(), Map.of(target.value(), Ways.at(scene.reach()))));
        idp = premises.idp("idp-" + tag);
        analysts = idp.founds("analysts-" + tag);
        rig.follow(rig.contract(1, """
                contract: 1
                environments: {test: {}}
                targets:
                  %1$s: {engine: postgresql, environment: test, databases: [orders], heir: orders_owner, drift: revert}
                roles:
                  orders_reader:
                    kind: read-only
                    purpose: Reading
                    owner: us
                    target: %1$s
                    grants: [{database: orders, schema: sales, tables: [orders], privileges: [SELECT]}]
                mappings:
                  - {name: analysts read, group: {displayName: analysts-%2$s}, roles: [orders_reader]}
                lifecycle: {login: "{userName.local}", grace: P30D, credentials: external}
                """.formatted(target, tag)));
    }

    private PersonId employed(String name) {
        PersonId person = idp.hires(name);
        idp.adds(analysts, person);
        rig.settle(target);
        return person;
    }

    private void lookAtEverybody() {
        rig.queue.request(target, null, "tester");
        rig.settle(target);
    }

    @ParameterizedTest
    @EnumSource
    void aLeaverIsProvenGone(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            connect(scene);
            PersonId ada = employed("ada");
            employed("bob");
            Connection session = scene.as("ada", "orders");

            idp.dismisses(ada);
            rig.settle(target);
            rig.prove(target);

            assertThatThrownBy(() -> Scene.ask(session, "SELECT 1")).isInstanceOf(SQLException.class);
            assertThat(rig.receipts.list(Optional.of(target), Optional.of(ada), null, 10))
                    .singleElement()
                    .satisfies(receipt -> {
                        assertThat(receipt.what()).isEqualTo(Receipt.What.SUSPENDED);
                        assertThat(receipt.proof()).hasValueSatisfying(proof -> {
                            assertThat(proof.holds()).isTrue();
                            assertThat(proof.checks())
                                    .extracting(Receipt.Check::name)
                                    .containsExactly("login", "sessions", "memberships", "attempt");
                            assertThat(proof.checks()).allMatch(Receipt.Check::holds);
                        });
                    });
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasChangedByHandIsSeenAndUndone(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            connect(scene);
            List.of("ada", "bob", "carol", "dave").forEach(this::employed);
            lookAtEverybody();
            scene.run(
                    "orders",
                    "SET ROLE orders_owner; GRANT DELETE ON sales.orders TO orders_reader;"
                            + " REVOKE SELECT ON sales.orders FROM orders_reader;"
                            + " GRANT UPDATE ON sales.orders TO dave; RESET ROLE",
                    "ALTER DEFAULT PRIVILEGES FOR ROLE orders_owner IN SCHEMA sales"
                            + " GRANT INSERT ON TABLES TO orders_reader",
                    "ALTER ROLE ada IN DATABASE orders SET search_path = 'evil'",
                    "ALTER ROLE bob NOLOGIN",
                    "DROP ROLE carol");

            lookAtEverybody();
            lookAtEverybody();

            assertThat(scene.ask("orders", """
                    SELECT has_table_privilege('orders_reader', 'sales.orders', 'DELETE')
                    UNION ALL SELECT has_table_privilege('dave', 'sales.orders', 'UPDATE')
                    UNION ALL SELECT EXISTS (SELECT FROM pg_default_acl d, aclexplode(d.defaclacl) a
                        WHERE a.grantee = 'orders_reader'::regrole)
                    UNION ALL SELECT EXISTS (SELECT FROM pg_db_role_setting WHERE setrole = 'ada'::regrole)""")).containsExactly("f", "f", "f", "f");
            assertThat(scene.ask("orders", """
                    SELECT has_table_privilege('orders_reader', 'sales.orders', 'SELECT')
                    UNION ALL SELECT rolcanlogin FROM pg_roles WHERE rolname IN ('bob', 'carol')""")).containsExactly("t", "t", "t");
            assertThat(differences("EXTRA")).isEqualTo(4);
            assertThat(differences("MISSING")).isGreaterThanOrEqualTo(2);
            assertThat(differences("CHANGED")).isGreaterThanOrEqualTo(1);
            assertThat(premises.number("SELECT count(*) FROM drift WHERE target = '" + target
                            + "' AND (gone IS NULL OR NOT reverted)"))
                    .isZero();
        }
    }

    private long differences(String kind) {
        return premises.number(
                "SELECT count(*) FROM drift WHERE target = '" + target + "' AND upper(difference) = '" + kind + "'");
    }
}
