package dev.rolewright.reconcile;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.TargetName;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.answer.AccessExplanation;
import dev.rolewright.reconcile.answer.AccessExplanations;
import dev.rolewright.reconcile.login.KnownLogin;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever happens to somebody, what is told of their access is what the server has.
@QuarkusTest
@TestProfile(ReconcilerFlowTest.Reconciling.class)
@QuarkusTestResource(TestPostgres.class)
class AccessWalkFlowTest {

    private static final TargetName ORDERS = new TargetName("orders");

    @Inject
    Premises premises;

    @Inject
    AccessExplanations explanations;

    private final String tag = UUID.randomUUID().toString().substring(0, 8);
    private Scene scene;
    private PersonId ada;

    @BeforeEach
    void setTheScene() throws SQLException {
        scene = Scene.on(TestServers.V18);
        premises.run("TRUNCATE login, target_state, dirty, pass");
    }

    @AfterEach
    void leaveTheScene() throws SQLException {
        premises.close();
        scene.close();
    }

    private void follow(String condition, String until, String separation) {
        premises.follow("""
                contract: 1
                environments: {test: {}}
                targets:
                  orders: {engine: postgresql, environment: test, databases: [orders], drift: revert}
                roles:
                  reader: {kind: read-only, purpose: p, owner: us, target: orders}
                  writer: {kind: read-write, purpose: p, owner: us, target: orders}
                mappings:
                  - {name: outer reads, group: {displayName: outer-%1$s}, roles: [reader]%2$s%3$s}
                  - {name: desk writes, group: {displayName: desk-%1$s}, roles: [writer]}
                %4$s
                lifecycle: {login: "{userName.local}", grace: P30D, credentials: external}
                """.formatted(tag, condition, until, separation));
    }

    private AccessExplanation.OnTarget told() {
        return explanations.of(ada).orElseThrow().targets().getFirst();
    }

    /// What is told comes to be what the server has.
    private void becomes(KnownLogin.State state, String... roles) {
        // Before its first pass nothing is known of a login, and the server has none.
        await().ignoreExceptions().untilAsserted(() -> {
            assertThat(explanations.of(ada).orElseThrow().targets()).hasSize(1);
            assertThat(told().target()).isEqualTo(ORDERS);
            assertThat(told().login().orElseThrow().state()).isEqualTo(state);
            assertThat(told().roles()).extracting(role -> role.role().value()).containsExactly(roles);
            assertThat(scene.ask("postgres", "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'ada'"))
                    .containsExactly(state == KnownLogin.State.ACTIVE ? "t" : "f");
            assertThat(scene.ask(
                            "postgres",
                            "SELECT DISTINCT m.roleid::regrole::text FROM pg_auth_members m WHERE m.member = 'ada'::regrole"
                                    + " AND m.roleid::regrole::text IN ('reader', 'writer') ORDER BY 1"))
                    .containsExactly(roles);
        });
    }

    @Test
    void eachKindOfChangeIsToldAsTheServerHasIt() throws SQLException {
        Idp idp = premises.idp("idp-" + tag);
        UUID inner = idp.founds("inner-" + tag);
        UUID outer = idp.founds("outer-" + tag);
        UUID desk = idp.founds("desk-" + tag);
        idp.nests(inner, outer);
        ada = idp.hires("ada");
        idp.adds(inner, ada);
        follow("", "", "");
        becomes(KnownLogin.State.ACTIVE, "reader");
        assertThat(told().roles().getFirst().why()).hasOnlyElementsOfType(Reason.Mapped.class);

        idp.adds(desk, ada);
        becomes(KnownLogin.State.ACTIVE, "reader", "writer");

        follow("", "", "separation: [{name: four eyes, never: [reader, writer]}]");
        becomes(KnownLogin.State.SUSPENDED);
        assertThat(told().unmet()).isNotEmpty().allMatch(Reason.Separated.class::isInstance);

        idp.removes(desk, ada);
        becomes(KnownLogin.State.ACTIVE, "reader");

        idp.unnests(inner, outer);
        becomes(KnownLogin.State.SUSPENDED);
        assertThat(told().ended()).contains(new Reason.Ended(ada, Reason.Cause.WITHOUT_ROLE));

        idp.nests(inner, outer);
        becomes(KnownLogin.State.ACTIVE, "reader");

        follow(", when: userName eq \"somebody else\"", "", "");
        becomes(KnownLogin.State.SUSPENDED);

        follow("", ", until: 2020-01-31", "");
        becomes(KnownLogin.State.SUSPENDED);
        assertThat(told().ended()).anyMatch(Reason.Expired.class::isInstance);

        follow("", "", "");
        becomes(KnownLogin.State.ACTIVE, "reader");

        idp.dismisses(ada);
        becomes(KnownLogin.State.SUSPENDED);
        assertThat(told().ended()).contains(new Reason.Ended(ada, Reason.Cause.INACTIVE));
    }

    @Test
    void whatStandsInTheWayIsTold() {
        Idp idp = premises.idp("idp-" + tag);
        ada = idp.hires("ada");
        idp.adds(idp.founds("outer-" + tag), ada);

        follow("", "", "protected: {logins: [\"ada*\", \"u_*\", \"login_*\"]}");
        await().ignoreExceptions().untilAsserted(() -> {
            assertThat(told().login()).isEmpty();
            assertThat(told().unmet()).hasSize(1).allMatch(Reason.Nameless.class::isInstance);
        });

        follow("", "", "");
        becomes(KnownLogin.State.ACTIVE, "reader");
    }

    @Test
    void aLoginOnATargetThatLeftTheContractIsStillTold() {
        Idp idp = premises.idp("idp-" + tag);
        ada = idp.hires("ada");
        idp.adds(idp.founds("outer-" + tag), ada);
        follow("", "", "");
        becomes(KnownLogin.State.ACTIVE, "reader");

        offer("orders");
        becomes(KnownLogin.State.SUSPENDED);
        offer("invoices");

        await().untilAsserted(() -> {
            assertThat(explanations.of(ada).orElseThrow().targets()).hasSize(1);
            assertThat(told().target()).isEqualTo(ORDERS);
            assertThat(told().login()).map(KnownLogin::state).contains(KnownLogin.State.SUSPENDED);
            assertThat(told().wanted()).isEmpty();
        });
    }

    /// A contract by which nobody earns anything.
    private void offer(String target) {
        premises.follow("""
                contract: 1
                environments: {test: {}}
                targets:
                  %s: {engine: postgresql, environment: test, databases: [orders], drift: revert}
                """.formatted(target));
    }
}
