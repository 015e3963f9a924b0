package dev.rolewright.reconcile;

import static dev.rolewright.reconcile.OrdersScene.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.contract.Contract;
import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.answer.LeftLogin;
import dev.rolewright.reconcile.answer.LeftLogin.Stuck;
import dev.rolewright.reconcile.login.KnownLogin;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which logins of people who are gone are told, on a real server: those that are not on their way out.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class LeftLoginsFlowTest extends OrdersFlow {

    @Test
    void aLeaverWhoIsLockedAndInGraceIsNoOrphan() throws SQLException {
        PersonId ada = scene.employed("ada");

        scene.idp.deletes(ada);
        scene.settle();

        assertThat(left()).isEmpty();
    }

    @Test
    void aLoginThatCannotBeDroppedIsToldWithWhatKeepsIt() throws SQLException {
        scene.follow(scene.contract().replace(", heir: orders_owner", ""));
        PersonId ada = scene.employed("ada");
        scene.server.run("orders", "CREATE TABLE sales.notes (note text)", "ALTER TABLE sales.notes OWNER TO ada");
        scene.idp.deletes(ada);
        scene.settle();
        scene.server.run(
                "postgres",
                "COMMENT ON ROLE ada IS 'rolewright:rolewright:person=" + ada + ";suspended=2020-01-01T00:00:00Z'");
        scene.lookAtAll();

        LeftLogin login = left().getFirst();

        assertThat(login.person()).isEqualTo(ada);
        assertThat(login.deleted()).isTrue();
        assertThat(login.canLogIn()).isFalse();
        assertThat(login.stuck()).isEqualTo(Stuck.KEPT);
        assertThat(login.since()).isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(login.why().orElseThrow()).contains("it owns data and the contract names no heir");
    }

    @Test
    void aLoginThatNobodyCouldLockIsLockedByTheStatementThatIsTold() throws SQLException {
        PersonId ada = scene.employed("ada");
        scene.server.as("ada", "orders");
        Instant before = Instant.now();
        scene.idp.dismisses(ada);
        scene.rig.fanOut.drain();
        assertThat(left()).isEmpty();
        premises.run("UPDATE dirty SET at = now() - interval '1 hour' WHERE target = 'orders'");
        premises.run("UPDATE target_state SET failures = 9, failed = now(), failure_kind = 'UNREACHABLE',"
                + " failure = 'It is away.' WHERE target = 'orders'");

        LeftLogin login = left().getFirst();

        assertThat(login.stuck()).isEqualTo(Stuck.WAITING);
        assertThat(login.canLogIn()).isTrue();
        assertThat(login.deleted()).isFalse();
        assertThat(login.why()).contains("It is away.");
        assertThat(login.since())
                .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
        scene.server.run("postgres", login.locking().orElseThrow());
        assertThatThrownBy(() -> scene.server.logIn("ada", "orders")).hasMessageContaining("not permitted to log in");
    }

    @Test
    void aLoginThatFailsIsToldWhenItHasFailedOften() {
        PersonId ada = scene.employed("ada");
        scene.idp.dismisses(ada);
        scene.settle();
        String fails = "UPDATE login SET settled = false, error = 'It may not be done.', attempts = %d WHERE person = '"
                + ada + "'";

        premises.run(fails.formatted(2));
        assertThat(left()).isEmpty();
        premises.run(fails.formatted(3));

        assertThat(left()).singleElement().satisfies(login -> {
            assertThat(login.stuck()).isEqualTo(Stuck.FAILED);
            assertThat(login.why()).contains("It may not be done.");
            assertThat(login.attempts()).isEqualTo(3);
        });
    }

    @Test
    void aLoginThatTheContractProtectsIsToldUntilSomebodyLocksIt() throws SQLException {
        PersonId ada = scene.employed("ada");
        scene.follow(scene.contract() + "protected: {logins: [\"ad?\"]}\n");
        scene.lookAtAll();
        assertThat(left()).as("while ada is there").isEmpty();

        scene.idp.dismisses(ada);
        scene.settle();

        LeftLogin login = left().getFirst();
        assertThat(login.stuck()).isEqualTo(Stuck.PROTECTED);
        assertThat(login.canLogIn()).isTrue();
        assertThat(login.why())
                .hasValueSatisfying(why -> assertThat(why).startsWith("ada carries our mark and is protected"));
        assertThat(scene.known(ada).state()).isEqualTo(KnownLogin.State.FAILED);
        scene.server.run("postgres", login.locking().orElseThrow());
        scene.lookAtAll();
        assertThat(left()).isEmpty();
    }

    @Test
    void aLoginThatWasGivenAProtectedNameByHandIsTold() throws SQLException {
        PersonId ada = scene.employed("ada");
        scene.follow(scene.contract() + "protected: {logins: [app]}\n");
        scene.server.run("postgres", "ALTER ROLE ada RENAME TO app");
        scene.idp.dismisses(ada);
        scene.settle();

        for (int tries = 0; tries < 3; tries++) {
            assertThat(scene.known(ada).state()).isEqualTo(KnownLogin.State.FAILED);
            scene.lookAtAll();
        }

        assertThat(left()).singleElement().satisfies(login -> {
            assertThat(login.person()).isEqualTo(ada);
            assertThat(login.canLogIn()).isTrue();
            assertThat(login.why()).hasValueSatisfying(why -> assertThat(why).startsWith("app carries our mark"));
        });
    }

    @Test
    void aLoginThatIsHeldIsToldWithTheHold() {
        List<PersonId> crew =
                Stream.of("ada", "bob", "cyd", "dan").map(scene::employed).toList();
        scene.follow(
                scene.contract()
                        .replaceAll(
                                "brakes:.*",
                                "brakes: {removeLogins: \"1%\", suspendLogins: \"1%\", revokeMemberships: \"1%\", atLeast: 1}"));
        crew.forEach(scene.idp::deletes);
        scene.settle();
        long hold = premises.number("SELECT id FROM hold WHERE target = 'orders' AND state = 'open'");

        List<LeftLogin> held = left();

        assertThat(held).isNotEmpty().allSatisfy(login -> {
            assertThat(login.stuck()).isEqualTo(Stuck.HELD);
            assertThat(login.canLogIn()).isTrue();
            assertThat(login.hold().orElseThrow().id()).isEqualTo(hold);
        });
    }

    private List<LeftLogin> left() {
        Contract contract = scene.active().contract();
        return scene.leftLogins().of(contract, contract.target(ORDERS), Instant.now());
    }
}
