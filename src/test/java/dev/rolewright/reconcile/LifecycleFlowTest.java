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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of people's logins on a real server when people, groups and the contract come, go and change.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class LifecycleFlowTest {

    private static final TargetName ORDERS = new TargetName("orders");
    private static final TargetName SHOP = new TargetName("shop");
    private static final String READ = "SELECT count(*) FROM sales.orders";
    private static final String WRITE = "UPDATE sales.orders SET region = region RETURNING 1";

    @Inject
    Premises premises;

    private final String tag = UUID.randomUUID().toString().substring(0, 8);
    private Scene scene;
    private Rig rig;
    private Idp idp;
    private UUID analysts;
    private UUID desk;
    private long contracts;

    @BeforeEach
    void setTheScene() throws SQLException {
        scene = Scene.on(TestServers.V18);
        premises.run("DELETE FROM login WHERE target IN ('orders', 'shop')");
        premises.run("DELETE FROM target_state WHERE target IN ('orders', 'shop')");
        TargetsConfig.TargetConfig there = Rig.at(scene.reach());
        rig = new Rig(premises.site(premises.postgresql(), Map.of("orders", there, "shop", there)));
        idp = premises.idp("a" + tag);
        analysts = idp.founds("analysts-" + tag);
        desk = idp.founds("desk-" + tag);
        follow(contract());
        rig.settle(ORDERS);
    }

    @AfterEach
    void leaveTheScene() throws SQLException {
        scene.close();
    }

    private String contract() {
        return OrdersContract.of(tag);
    }

    private void follow(String text) {
        rig.follow(rig.contract(++contracts, text));
    }

    @Test
    void aRehireWithinTheGraceHasTheSameLoginAndTodaysRoles() throws SQLException {
        PersonId ada = employed("ada", analysts);
        idp.adds(desk, ada);
        settle();
        String oid = oid("ada");
        idp.dismisses(ada);
        settle();
        idp.removes(desk, ada);

        idp.takesBack(ada);
        settle();

        assertThat(oid("ada")).isEqualTo(oid);
        assertThat(rolesOf("ada")).containsExactly("orders_reader");
        assertThatThrownBy(() -> tryAs("ada", WRITE)).hasMessageContaining("permission denied");
    }

    @Test
    void aRehireAfterTheGraceHasANewLogin() throws SQLException {
        PersonId ada = employed("ada", analysts);
        String oid = oid("ada");
        idp.dismisses(ada);
        settle();
        scene.run(
                "postgres",
                "COMMENT ON ROLE ada IS 'rolewright:rolewright:person=" + ada + ";suspended=2020-01-01T00:00:00Z'");
        premises.run("UPDATE login SET due = now() WHERE target = 'orders' AND person = '" + ada + "'");
        settle();
        assertThat(known(ada).state()).isEqualTo(KnownLogin.State.DROPPED);

        idp.takesBack(ada);
        settle();

        assertThat(oid("ada")).isNotEqualTo(oid);
        assertThat(rolesOf("ada")).containsExactly("orders_reader");
        assertThat(known(ada).state()).isEqualTo(KnownLogin.State.ACTIVE);
    }

    @Test
    void aNamesakeNeverInheritsTheLoginOfWhoWasTakenAway() throws SQLException {
        PersonId ada = employed("ada", analysts);
        String oid = oid("ada");
        tryAs("ada", READ);
        idp.deletes(ada);
        settle();

        PersonId other = employed("ada", analysts);

        String name = known(other).name().value();
        assertThat(name).startsWith("ada_");
        assertThat(oid(name)).isNotEqualTo(oid);
        assertThatCode(() -> tryAs(name, READ)).doesNotThrowAnyException();
        assertThatThrownBy(() -> scene.logIn("ada", "orders")).hasMessageContaining("not permitted to log in");
    }

    @Test
    void aNameStaysWhenTheUserNameChanges() throws SQLException {
        PersonId ada = employed("ada", analysts);
        String oid = oid("ada");

        idp.renames(ada, "countess");
        settle();

        assertThat(oid("ada")).isEqualTo(oid);
        assertThatCode(() -> tryAs("ada", READ)).doesNotThrowAnyException();
        assertThat(scene.ask("postgres", "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'countess%'"))
                .containsExactly("0");
    }

    @Test
    void whoTakesANameThatSomebodyGaveUpGetsAnother() throws SQLException {
        PersonId ada = employed("ada", analysts);
        idp.renames(ada, "countess");

        PersonId other = employed("ada", analysts);

        assertThat(known(ada).name().value()).isEqualTo("ada");
        assertThat(known(other).name().value()).startsWith("ada_");
    }

    @Test
    void twoPeopleWhoseNamesFoldToOneHaveALoginEach() throws SQLException {
        PersonId one = idp.hires("rené");
        PersonId other = idp.hires("rene");
        idp.adds(analysts, List.of(one, other));
        settle();

        assertThat(known(one).name()).isNotEqualTo(known(other).name());
        for (PersonId person : List.of(one, other)) {
            assertThatCode(() -> tryAs(known(person).name().value(), READ)).doesNotThrowAnyException();
        }

        idp.dismisses(one);
        settle();
        assertThat(known(one).state()).isEqualTo(KnownLogin.State.SUSPENDED);
        assertThatCode(() -> tryAs(known(other).name().value(), READ)).doesNotThrowAnyException();
    }

    @Test
    void aPersonOfTwoSourcesIsTwoPeople() throws SQLException {
        Idp second = premises.idp("b" + tag);
        PersonId here = employed("ada", analysts);
        PersonId there = second.hires("ada");
        second.adds(second.founds("analysts-" + tag), there);
        settle();
        assertThat(known(there).name()).isNotEqualTo(known(here).name());

        second.dismisses(there);
        settle();

        assertThat(known(there).state()).isEqualTo(KnownLogin.State.SUSPENDED);
        assertThatCode(() -> tryAs("ada", READ)).doesNotThrowAnyException();
    }

    @Test
    void whoIsInAGroupWithinAGroupIsInBothAlsoWhereGroupsAreInEachOther() throws SQLException {
        UUID team = idp.founds("team-" + tag);
        UUID crew = idp.founds("crew-" + tag);
        PersonId ada = idp.hires("ada");
        idp.adds(crew, ada);
        idp.nests(crew, team);
        idp.nests(team, analysts);
        idp.nests(analysts, crew);
        settle();
        Connection session = scene.as("ada", "orders");
        assertThatCode(() -> Scene.ask(session, READ)).doesNotThrowAnyException();

        idp.unnests(team, analysts);
        settle();

        assertThatThrownBy(() -> Scene.ask(session, READ)).isInstanceOf(SQLException.class);
        assertThat(known(ada).state()).isEqualTo(KnownLogin.State.SUSPENDED);
    }

    @Test
    void aGroupThatIsDissolvedTakesItsPeopleOut() throws SQLException {
        PersonId ada = employed("ada", analysts);
        PersonId bob = employed("bob", analysts);
        idp.adds(desk, bob);
        settle();
        Connection session = scene.as("ada", "orders");

        idp.dissolves(analysts);
        settle();

        assertThatThrownBy(() -> Scene.ask(session, READ)).isInstanceOf(SQLException.class);
        assertThat(known(ada).state()).isEqualTo(KnownLogin.State.SUSPENDED);
        assertThat(rolesOf("bob")).containsExactly("orders_writer");
    }

    @Test
    void aGroupThatIsCalledOtherwiseGivesNothingUntilItIsCalledSoAgain() throws SQLException {
        PersonId ada = employed("ada", analysts);
        String oid = oid("ada");

        idp.renames(analysts, "people-" + tag);
        settle();
        assertThat(known(ada).state()).isEqualTo(KnownLogin.State.SUSPENDED);

        idp.renames(analysts, "Analysts-" + tag);
        settle();
        assertThat(oid("ada")).isEqualTo(oid);
        assertThatCode(() -> tryAs("ada", READ)).doesNotThrowAnyException();
    }

    @Test
    void aRoleThatTheContractDropsIsGoneWithWhatItGave() throws SQLException {
        PersonId ada = employed("ada", desk);
        PersonId bob = employed("bob", analysts);
        Connection session = scene.as("ada", "orders");
        String text = contract();

        follow(text.substring(0, text.indexOf("  orders_writer:"))
                + text.substring(text.indexOf("mappings:")).replaceFirst("(?m)^.*the desk corrects.*\\R", ""));
        settle();

        assertThatThrownBy(() -> Scene.ask(session, READ)).isInstanceOf(SQLException.class);
        assertThat(known(ada).state()).isEqualTo(KnownLogin.State.SUSPENDED);
        assertThat(known(bob).state()).isEqualTo(KnownLogin.State.ACTIVE);
        assertThat(scene.ask("postgres", "SELECT count(*) FROM pg_roles WHERE rolname = 'orders_writer'"))
                .containsExactly("0");
    }

    @Test
    void aContractWithoutMappingsGivesNothing() throws SQLException {
        PersonId ada = employed("ada", analysts);
        Connection session = scene.as("ada", "orders");

        follow(contract().replaceFirst("mappings:(\\R +-.*)+", "mappings: []"));
        settle();

        assertThatThrownBy(() -> Scene.ask(session, READ)).isInstanceOf(SQLException.class);
        assertThat(known(ada).state()).isEqualTo(KnownLogin.State.SUSPENDED);
        assertThat(rolesOf("ada")).isEmpty();
    }

    @Test
    void aTargetThatIsCalledOtherwiseKeepsItsLogins() throws SQLException {
        PersonId ada = employed("ada", analysts);
        String oid = oid("ada");
        Connection session = scene.as("ada", "orders");

        follow(contract().replace("  orders: {", "  shop: {").replace("target: orders", "target: shop"));
        rig.settle(SHOP);

        assertThatCode(() -> Scene.ask(session, READ)).doesNotThrowAnyException();
        assertThat(oid("ada")).isEqualTo(oid);
        assertThat(rig.logins.of(Set.of(ada)).get(ada))
                .satisfiesExactly(
                        login -> {
                            assertThat(login.target()).isEqualTo(ORDERS);
                            assertThat(login.error())
                                    .hasValueSatisfying(why -> assertThat(why).contains("no such target any more"));
                        },
                        login -> {
                            assertThat(login.target()).isEqualTo(SHOP);
                            assertThat(login.serverId()).contains(oid);
                            assertThat(login.error()).isEmpty();
                        });
        idp.dismisses(ada);
        rig.settle(SHOP);
        assertThatThrownBy(() -> Scene.ask(session, READ)).isInstanceOf(SQLException.class);
    }

    private void settle() {
        rig.settle(ORDERS);
    }

    private PersonId employed(String name, UUID group) {
        PersonId person = idp.hires(name);
        idp.adds(group, person);
        settle();
        return person;
    }

    private void tryAs(String login, String sql) throws SQLException {
        try (Connection session = scene.as(login, "orders")) {
            Scene.ask(session, sql);
        }
    }

    private KnownLogin known(PersonId person) {
        return rig.logins.of(Set.of(person)).get(person).getFirst();
    }

    private String oid(String login) throws SQLException {
        return scene.ask("postgres", "SELECT oid FROM pg_roles WHERE rolname = '" + login + "'")
                .getFirst();
    }

    private List<String> rolesOf(String login) throws SQLException {
        return scene.ask(
                "postgres",
                "SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = '" + login
                        + "'::regrole AND g.rolname NOT LIKE 'rolewright%' ORDER BY 1");
    }
}
