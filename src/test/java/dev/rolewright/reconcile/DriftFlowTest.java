package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolewright.amendment.Contracts;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Drift;
import dev.rolewright.reconcile.answer.DriftLooks;
import dev.rolewright.reconcile.drift.DriftItem;
import dev.rolewright.reconcile.drift.DriftReports;
import dev.rolewright.reconcile.login.Logins;
import dev.rolewright.reconcile.pass.PassSummary;
import dev.rolewright.reconcile.pass.Passes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What somebody changes by hand on a real server is seen, and undone where the contract says so.
@QuarkusTest
@TestProfile(ReconcilerFlowTest.Reconciling.class)
@QuarkusTestResource(TestPostgres.class)
@Timeout(120)
class DriftFlowTest {

    private static final TargetName ORDERS = new TargetName("orders");
    private static final Caller TESTER = Caller.ofNoSource("tester", "req-drift");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Premises premises;

    @Inject
    Contracts contracts;

    @Inject
    Passes passes;

    @Inject
    DriftReports reports;

    @Inject
    DriftLooks looks;

    @Inject
    Logins logins;

    private static final List<String> GIVEN = List.of(
            "ada: DELETE on table sales.orders in orders",
            "bob: setting search_path in orders",
            "carol: BYPASSRLS",
            "dave in pg_read_all_data",
            "orders_reader: LOGIN",
            "orders_reader: setting row_security");

    private final Map<String, PersonId> people = new HashMap<>();
    private Scene scene;
    private String tag = "";

    @BeforeEach
    void setTheScene() throws SQLException {
        scene = Scene.on(TestServers.V18);
        premises.run("TRUNCATE login, target_state, dirty, drift");
        tag = UUID.randomUUID().toString().substring(0, 8);
        Idp idp = premises.idp("idp-" + tag);
        UUID analysts = idp.founds("analysts-" + tag);
        for (String name : List.of("ada", "bob", "carol", "dave", "eve")) {
            people.put(name, idp.hires(name));
        }
        idp.adds(analysts, List.copyOf(people.values()));
        follow("revert");
        idp.dismisses(people.get("eve"));
        pass();
        pass();
        assertThat(open()).isEmpty();
        people.forEach((name, person) -> assertThat(logins.of(Set.of(person)).get(person))
                .as("nobody else has the name")
                .extracting(login -> login.name().value())
                .containsExactly(name));
    }

    @AfterEach
    void leaveTheScene() throws SQLException {
        premises.close();
        scene.close();
    }

    @Test
    void whatWasChangedByHandIsSeenAndUndone() throws SQLException {
        Instant before = Instant.now().minusSeconds(1);
        changeByHand();

        assertThat(looks.look(ORDERS)).isTrue();

        assertEverythingIsSeen();
        assertThat(open()).extracting(DriftItem::item).contains("login eve");
        assertThat(scene.ask("orders", "SELECT has_table_privilege('orders_reader', 'sales.orders', 'DELETE')"))
                .as("a look changes nothing")
                .containsExactly("t");
        // Whatever else is written to the table's row later, it was there before.
        Optional<Instant> made = made("DELETE");
        assertThat(made)
                .hasValueSatisfying(
                        time -> assertThat(time).isBetween(before, Instant.now().plusSeconds(1)));
        scene.run("orders", "GRANT TRUNCATE ON sales.orders TO PUBLIC", "REVOKE TRUNCATE ON sales.orders FROM PUBLIC");
        assertThat(looks.look(ORDERS)).isTrue();
        assertThat(open())
                .filteredOn(item -> item.item().contains("DELETE"))
                .as("seen again, not once more")
                .singleElement()
                .satisfies(item -> assertThat(item.lastSeen()).isAfter(item.firstSeen()));
        assertThat(made("DELETE")).isEqualTo(made);
        assertThat(made("login bob")).as("only a superuser could read it").isEmpty();

        pass();
        pass();

        assertThat(open()).isEmpty();
        assertThat(reports.of(ORDERS, false, null, 100)).isNotEmpty().allSatisfy(item -> {
            assertThat(item.reverted()).as(item.item()).isTrue();
            assertThat(item.gone()).isPresent();
        });
        assertThat(catalogue())
                .containsExactly(
                        "DELETE false",
                        "UPDATE email false",
                        "SELECT name true",
                        "default INSERT false",
                        "policies true");
        assertThat(scene.ask(
                        "postgres",
                        "SELECT rolname || ' ' || rolcanlogin FROM pg_roles"
                                + " WHERE rolname IN ('ada', 'bob', 'carol', 'dave', 'eve') ORDER BY 1"))
                .containsExactly("ada true", "bob true", "carol true", "dave true", "eve false");
        assertThat(
                        scene.ask(
                                "postgres",
                                "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
                                        + " WHERE r.rolname = 'ada' AND m.roleid = 'orders_reader'::regrole AND m.admin_option"))
                .containsExactly("0");
    }

    @Test
    void whereItIsOnlyReportedItStays() throws SQLException {
        follow("report");
        pass();
        changeByHand();

        pass();
        pass();

        assertEverythingIsSeen();
        assertThat(catalogue().subList(0, 4))
                .containsExactly("DELETE true", "UPDATE email true", "SELECT name false", "default INSERT true");
        assertThat(scene.ask(
                        "postgres",
                        "SELECT rolcanlogin FROM pg_roles WHERE rolname IN ('bob', 'eve') ORDER BY rolname"))
                .as("who may not log in does not, whatever the contract says of drift")
                .containsExactly("f", "f");
        assertThat(scene.ask("postgres", "SELECT 1 FROM pg_roles WHERE rolname = 'carol'"))
                .isEmpty();

        scene.run("orders", "SET ROLE orders_owner; REVOKE DELETE ON sales.orders FROM orders_reader; RESET ROLE");
        pass();

        assertThat(reports.of(ORDERS, false, null, 100))
                .filteredOn(item -> item.item().contains("DELETE"))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.gone()).isPresent();
                    assertThat(item.reverted()).isFalse();
                });
    }

    @Test
    void whatAnotherGaveAndWeMayNotTakeIsToldUntilItIsGone() throws SQLException {
        scene.run("postgres", "GRANT orders_reader TO ada WITH ADMIN OPTION");

        pass();
        pass();

        assertThat(open()).singleElement().satisfies(item -> {
            assertThat(item.item()).isEqualTo("ada in orders_reader");
            assertThat(item.difference()).isEqualTo(Drift.Difference.EXTRA);
            assertThat(item.origin().author()).hasValue(TestServers.administrator());
        });
        PersonId ada = people.get("ada");
        assertThat(logins.of(Set.of(ada)).get(ada).getFirst().error()).isPresent();

        scene.run("postgres", "REVOKE orders_reader FROM ada");
        pass();

        assertThat(open()).isEmpty();
    }

    @Test
    void whatLoginsAndRolesHaveOfTheirOwnIsTakenBack() throws SQLException {
        giveByHand();

        assertThat(looks.look(ORDERS)).isTrue();

        assertThat(open()).extracting(DriftItem::item).containsExactlyInAnyOrderElementsOf(GIVEN);
        assertThat(made("search_path")).isPresent();

        passes.await(ORDERS, passes.request(ORDERS, people.get("ada"), TESTER), PATIENCE);

        assertThat(open()).as("a look at one person does not look for it").hasSameSizeAs(GIVEN);

        pass();

        assertThat(open())
                .as("what only a superuser takes back")
                .extracting(DriftItem::item)
                .containsExactly("carol: BYPASSRLS");
        assertThat(has("SELECT has_table_privilege('ada', 'sales.orders', 'DELETE')"))
                .isFalse();
        assertThat(has("SELECT EXISTS (SELECT FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole"
                        + " WHERE r.rolname IN ('bob', 'orders_reader'))"))
                .isFalse();
        assertThat(has("SELECT pg_has_role('dave', 'pg_read_all_data', 'MEMBER')"))
                .isFalse();
        PersonId carol = people.get("carol");
        assertThat(logins.of(Set.of(carol)).get(carol).getFirst().error())
                .as("her login is as the contract has it")
                .isEmpty();
        assertThat(premises.texts("SELECT detail ->> 'why' FROM audit_event WHERE subject_id = '" + carol + "'"))
                .anySatisfy(
                        why -> assertThat(why).contains("An administrator can run: ALTER ROLE \"carol\" NOBYPASSRLS;"));

        scene.run("postgres", "ALTER ROLE carol NOBYPASSRLS");
        pass();

        assertThat(open()).isEmpty();
    }

    @Test
    void whatTheyHaveOfTheirOwnStaysWhereItIsOnlyReported() throws SQLException {
        follow("report");
        pass();
        giveByHand();

        pass();
        pass();

        assertThat(open()).extracting(DriftItem::item).containsExactlyInAnyOrderElementsOf(GIVEN);
        assertThat(has("SELECT has_table_privilege('ada', 'sales.orders', 'DELETE')"))
                .isTrue();
        assertThat(has("SELECT rolbypassrls FROM pg_roles WHERE rolname = 'carol'"))
                .isTrue();
    }

    @Test
    void aLoginThatLostItsMarkIsMarkedAnewAndIsTold() throws SQLException {
        scene.run("postgres", "COMMENT ON ROLE dave IS NULL");
        assertThat(looks.look(ORDERS)).isTrue();
        assertThat(open()).extracting(DriftItem::item).containsExactly("login dave");

        follow("report");
        pass();

        assertThat(open()).isEmpty();
        assertThat(scene.ask("postgres", "SELECT shobj_description('dave'::regrole, 'pg_authid')"))
                .containsExactly("rolewright:rolewright:person=" + people.get("dave"));
    }

    private void giveByHand() throws SQLException {
        scene.run(
                "orders",
                "SET ROLE orders_owner; GRANT DELETE ON sales.orders TO ada; RESET ROLE",
                "ALTER ROLE bob IN DATABASE orders SET search_path = 'evil'",
                "ALTER ROLE carol BYPASSRLS",
                "GRANT pg_read_all_data TO rolewright_grantor WITH ADMIN OPTION",
                "GRANT pg_read_all_data TO dave GRANTED BY rolewright_grantor",
                "ALTER ROLE orders_reader LOGIN",
                "ALTER ROLE orders_reader SET row_security = off");
    }

    private boolean has(String question) throws SQLException {
        return scene.ask("orders", question).equals(List.of("t"));
    }

    private void changeByHand() throws SQLException {
        scene.run(
                "orders",
                "SET ROLE orders_owner; GRANT DELETE ON sales.orders TO orders_reader;"
                        + " GRANT UPDATE (email) ON crm.customers TO orders_reader;"
                        + " REVOKE SELECT (name) ON crm.customers FROM orders_reader; RESET ROLE",
                "ALTER DEFAULT PRIVILEGES FOR ROLE orders_owner IN SCHEMA sales GRANT INSERT ON TABLES TO orders_reader",
                "GRANT orders_reader TO ada WITH ADMIN OPTION GRANTED BY rolewright_grantor",
                "ALTER ROLE bob NOLOGIN",
                "ALTER ROLE eve LOGIN",
                "DROP ROLE carol");
    }

    private void assertEverythingIsSeen() {
        Set<String> seen = open().stream()
                .map(item -> item.difference() + " " + item.item())
                .collect(Collectors.toSet());
        assertThat(seen)
                .anyMatch(it -> it.startsWith("EXTRA") && it.contains("DELETE"))
                .anyMatch(it -> it.startsWith("EXTRA") && it.contains("UPDATE") && it.contains("email"))
                .anyMatch(it -> it.startsWith("MISSING") && it.contains("name"))
                .anyMatch(it -> it.startsWith("EXTRA") && it.contains("INSERT"))
                .contains("EXTRA ada in orders_reader", "CHANGED login bob", "MISSING login carol");
    }

    private List<String> catalogue() throws SQLException {
        return scene.ask("orders", """
                SELECT 'DELETE ' || has_table_privilege('orders_reader', 'sales.orders', 'DELETE')
                UNION ALL SELECT 'UPDATE email ' || has_column_privilege('orders_reader', 'crm.customers', 'email', 'UPDATE')
                UNION ALL SELECT 'SELECT name ' || has_column_privilege('orders_reader', 'crm.customers', 'name', 'SELECT')
                UNION ALL SELECT 'default INSERT ' || EXISTS (SELECT FROM pg_default_acl d, aclexplode(d.defaclacl) a
                    WHERE a.grantee = 'orders_reader'::regrole AND a.privilege_type = 'INSERT')
                UNION ALL SELECT 'policies ' || EXISTS (SELECT FROM pg_policy p
                    WHERE 'orders_reader'::regrole = ANY (p.polroles))""");
    }

    private Optional<Instant> made(String item) {
        return open().stream()
                .filter(it -> it.item().contains(item))
                .findFirst()
                .orElseThrow()
                .origin()
                .since();
    }

    private List<DriftItem> open() {
        return reports.of(ORDERS, true, null, 100);
    }

    private PassSummary pass() {
        long request = passes.request(ORDERS, null, TESTER);
        PassSummary pass = passes.await(ORDERS, request, PATIENCE).orElseThrow();
        assertThat(pass.outcome())
                .hasValueSatisfying(
                        outcome -> assertThat(outcome).isIn(PassSummary.Outcome.DONE, PassSummary.Outcome.PARTLY));
        return pass;
    }

    private void follow(String drift) {
        String text = OrdersContract.of(tag)
                .replace("drift: revert", "drift: " + drift)
                .replace("[SELECT]}", """
                [SELECT], future: {createdBy: [orders_owner]}}
                      - {database: orders, schema: crm, table: customers, columns: [id, name], privileges: [SELECT]}
                    rows:
                      - {database: orders, table: sales.orders, using: "region = 'EU'"}""");
        premises.follow(text);
        long holds = contracts.active().orElseThrow().number();
        // A pass that was about to begin is made by what held before.
        await().atMost(PATIENCE).until(() -> pass().contract() == holds);
    }
}
