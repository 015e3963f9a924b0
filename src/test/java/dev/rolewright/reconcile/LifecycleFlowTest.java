package dev.rolewright.reconcile;

import static dev.rolewright.reconcile.OrdersScene.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.login.KnownLogin;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What becomes of people's logins on a real server when people, groups and the contract come, go and change.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class LifecycleFlowTest extends OrdersFlow {

    @Test
    void aRehireWithinTheGraceHasTheSameLoginAndTodaysRoles() throws SQLException {
        PersonId ada = scene.employed("ada");
        scene.idp.adds(scene.desk, ada);
        scene.settle();
        String oid = scene.oid("ada");
        scene.idp.dismisses(ada);
        scene.settle();
        scene.idp.removes(scene.desk, ada);

        scene.idp.takesBack(ada);
        scene.settle();

        assertThat(scene.oid("ada")).isEqualTo(oid);
        assertThat(rolesOf("ada")).containsExactly("orders_reader");
        assertThatThrownBy(() -> tryAs("ada", WRITE)).hasMessageContaining("permission denied");
    }

    @Test
    void aRehireAfterTheGraceHasANewLogin() throws SQLException {
        PersonId ada = scene.employed("ada");
        String oid = scene.oid("ada");
        scene.idp.dismisses(ada);
        scene.settle();
        scene.server.run(
                "postgres",
                "COMMENT ON ROLE ada IS 'rolewright:rolewright:person=" + ada + ";suspended=2020-01-01T00:00:00Z'");
        premises.run("UPDATE login SET due = now() WHERE target = 'orders' AND person = '" + ada + "'");
        scene.settle();
        assertThat(scene.known(ada).state()).isEqualTo(KnownLogin.State.DROPPED);

        scene.idp.takesBack(ada);
        scene.settle();

        assertThat(scene.oid("ada")).isNotEqualTo(oid);
        assertThat(rolesOf("ada")).containsExactly("orders_reader");
        assertThat(scene.known(ada).state()).isEqualTo(KnownLogin.State.ACTIVE);
    }

    @Test
    void aNamesakeNeverInheritsTheLoginOfWhoWasTakenAway() throws SQLException {
        PersonId ada = scene.employed("ada");
        String oid = scene.oid("ada");
        tryAs("ada", READ);
        scene.idp.deletes(ada);
        scene.settle();

        PersonId other = scene.employed("ada");

        String name = scene.known(other).name().value();
        assertThat(name).startsWith("ada_");
        assertThat(scene.oid(name)).isNotEqualTo(oid);
        assertThatCode(() -> tryAs(name, READ)).doesNotThrowAnyException();
        assertThatThrownBy(() -> scene.server.logIn("ada", "orders")).hasMessageContaining("not permitted to log in");
    }

    @Test
    void aNameStaysWhenTheUserNameChanges() throws SQLException {
        PersonId ada = scene.employed("ada");
        String oid = scene.oid("ada");

        scene.idp.renames(ada, "countess");
        scene.settle();

        assertThat(scene.oid("ada")).isEqualTo(oid);
        assertThatCode(() -> tryAs("ada", READ)).doesNotThrowAnyException();
        assertThat(scene.server.ask("postgres", "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'countess%'"))
                .containsExactly("0");
    }

    @Test
    void whoTakesANameThatSomebodyGaveUpGetsAnother() throws SQLException {
        PersonId ada = scene.employed("ada");
        scene.idp.renames(ada, "countess");

        PersonId other = scene.employed("ada");

        assertThat(scene.known(ada).name().value()).isEqualTo("ada");
        assertThat(scene.known(other).name().value()).startsWith("ada_");
    }

    @Test
    void twoPeopleWhoseNamesFoldToOneHaveALoginEach() throws SQLException {
        PersonId one = scene.idp.hires("rené");
        PersonId other = scene.idp.hires("rene");
        scene.idp.adds(scene.analysts, List.of(one, other));
        scene.settle();

        assertThat(scene.known(one).name()).isNotEqualTo(scene.known(other).name());
        for (PersonId person : List.of(one, other)) {
            assertThatCode(() -> tryAs(scene.known(person).name().value(), READ))
                    .doesNotThrowAnyException();
        }

        scene.idp.dismisses(one);
        scene.settle();
        assertThat(scene.known(one).state()).isEqualTo(KnownLogin.State.SUSPENDED);
        assertThatCode(() -> tryAs(scene.known(other).name().value(), READ)).doesNotThrowAnyException();
    }

    @Test
    void aPersonOfTwoSourcesIsTwoPeople() throws SQLException {
        Idp second = premises.idp("b" + scene.tag);
        PersonId here = scene.employed("ada");
        PersonId there = second.hires("ada");
        second.adds(second.founds("analysts-" + scene.tag), there);
        scene.settle();
        assertThat(scene.known(there).name()).isNotEqualTo(scene.known(here).name());

        second.dismisses(there);
        scene.settle();

        assertThat(scene.known(there).state()).isEqualTo(KnownLogin.State.SUSPENDED);
        assertThatCode(() -> tryAs("ada", READ)).doesNotThrowAnyException();
    }

    @Test
    void whoIsInAGroupWithinAGroupIsInBothAlsoWhereGroupsAreInEachOther() throws SQLException {
        UUID team = scene.idp.founds("team-" + scene.tag);
        UUID crew = scene.idp.founds("crew-" + scene.tag);
        PersonId ada = scene.idp.hires("ada");
        scene.idp.adds(crew, ada);
        scene.idp.nests(crew, team);
        scene.idp.nests(team, scene.analysts);
        scene.idp.nests(scene.analysts, crew);
        scene.settle();
        Connection session = scene.server.as("ada", "orders");
        assertThatCode(() -> Scene.ask(session, READ)).doesNotThrowAnyException();

        scene.idp.unnests(team, scene.analysts);
        scene.settle();

        assertThatThrownBy(() -> Scene.ask(session, READ)).isInstanceOf(SQLException.class);
        assertThat(scene.known(ada).state()).isEqualTo(KnownLogin.State.SUSPENDED);
    }

    @Test
    void aGroupThatIsDissolvedTakesItsPeopleOut() throws SQLException {
        PersonId ada = scene.employed("ada");
        PersonId bob = scene.employed("bob");
        scene.idp.adds(scene.desk, bob);
        scene.settle();
        Connection session = scene.server.as("ada", "orders");

        scene.idp.dissolves(scene.analysts);
        scene.settle();

        assertThatThrownBy(() -> Scene.ask(session, READ)).isInstanceOf(SQLException.class);
        assertThat(scene.known(ada).state()).isEqualTo(KnownLogin.State.SUSPENDED);
        assertThat(rolesOf("bob")).containsExactly("orders_writer");
    }

    @Test
    void aGroupThatIsCalledOtherwiseGivesNothingUntilItIsCalledSoAgain() throws SQLException {
        PersonId ada = scene.employed("ada");
        String oid = scene.oid("ada");

        scene.idp.renames(scene.analysts, "people-" + scene.tag);
        scene.settle();
        assertThat(scene.known(ada).state()).isEqualTo(KnownLogin.State.SUSPENDED);

        scene.idp.renames(scene.analysts, "Analysts-" + scene.tag);
        scene.settle();
        assertThat(scene.oid("ada")).isEqualTo(oid);
        assertThatCode(() -> tryAs("ada", READ)).doesNotThrowAnyException();
    }

    @Test
    void aRoleThatTheContractDropsIsGoneWithWhatItGave() throws SQLException {
        PersonId ada = scene.employed("ada", scene.desk);
        PersonId bob = scene.employed("bob");
        Connection session = scene.server.as("ada", "orders");
        String text = scene.contract();

        scene.follow(text.substring(0, text.indexOf("  orders_writer:"))
                + text.substring(text.indexOf("mappings:")).replaceFirst("(?m)^.*the desk corrects.*\\R", ""));
        scene.settle();

        assertThatThrownBy(() -> Scene.ask(session, READ)).isInstanceOf(SQLException.class);
        assertThat(scene.known(ada).state()).isEqualTo(KnownLogin.State.SUSPENDED);
        assertThat(scene.known(bob).state()).isEqualTo(KnownLogin.State.ACTIVE);
        assertThat(scene.server.ask("postgres", "SELECT count(*) FROM pg_roles WHERE rolname = 'orders_writer'"))
                .containsExactly("0");
    }

    @Test
    void aContractWithoutMappingsGivesNothing() throws SQLException {
        PersonId ada = scene.employed("ada");
        Connection session = scene.server.as("ada", "orders");

        scene.follow(scene.contract().replaceFirst("mappings:(\\R +-.*)+", "mappings: []"));
        scene.settle();

        assertThatThrownBy(() -> Scene.ask(session, READ)).isInstanceOf(SQLException.class);
        assertThat(scene.known(ada).state()).isEqualTo(KnownLogin.State.SUSPENDED);
        assertThat(rolesOf("ada")).isEmpty();
    }

    @Test
    void aTargetThatIsCalledOtherwiseKeepsItsLogins() throws SQLException {
        TargetName shop = new TargetName("shop-" + scene.tag);
        PersonId ada = scene.employed("ada");
        String oid = scene.oid("ada");
        Connection session = scene.server.as("ada", "orders");

        scene.alsoAs(shop);
        scene.follow(scene.contract()
                .replace("  orders: {", "  " + shop + ": {")
                .replace("target: orders", "target: " + shop));
        scene.rig.settle(shop);

        assertThatCode(() -> Scene.ask(session, READ)).doesNotThrowAnyException();
        assertThat(scene.oid("ada")).isEqualTo(oid);
        assertThat(scene.rig.logins.of(Set.of(ada)).get(ada))
                .satisfiesExactly(
                        login -> {
                            assertThat(login.target()).isEqualTo(ORDERS);
                            assertThat(login.error())
                                    .hasValueSatisfying(why -> assertThat(why).contains("no such target any more"));
                        },
                        login -> {
                            assertThat(login.target()).isEqualTo(shop);
                            assertThat(login.serverId()).contains(oid);
                            assertThat(login.error()).isEmpty();
                        });
        scene.idp.dismisses(ada);
        scene.rig.settle(shop);
        assertThatThrownBy(() -> Scene.ask(session, READ)).isInstanceOf(SQLException.class);
    }

    private void tryAs(String login, String sql) throws SQLException {
        try (Connection session = scene.server.as(login, "orders")) {
            Scene.ask(session, sql);
        }
    }

    private List<String> rolesOf(String login) throws SQLException {
        return scene.server.ask(
                "postgres",
                "SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = '" + login
                        + "'::regrole AND g.rolname NOT LIKE 'rolewright%' ORDER BY 1");
    }
}
