package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.audit.AuditLog;
import dev.rolewright.contract.Contract;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.offboarding.Fences;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.Orphan.LeftLogin;
import dev.rolewright.reconcile.Orphan.Stuck;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which logins of people who are gone are told, on a real server: those that are not on their way out.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class LeftLoginsFlowTest {

    private static final TargetName ORDERS = new TargetName("orders");

    @Inject
    Premises premises;

    @Inject
    AuditLog trail;

    private final String tag = UUID.randomUUID().toString().substring(0, 8);
    private Scene scene;
    private Rig rig;
    private Idp idp;
    private UUID analysts;
    private Contract contract;
    private int numbers;

    @BeforeEach
    void setTheScene() throws SQLException {
        scene = Scene.on(TestServers.V18);
        premises.run("DELETE FROM login WHERE target = 'orders'");
        premises.run("DELETE FROM target_state WHERE target = 'orders'");
        rig = new Rig(premises.site(premises.postgresql(), Map.of("orders", Rig.at(scene.reach()))));
        idp = premises.idp("idp-" + tag);
        analysts = idp.founds("analysts-" + tag);
        follow(OrdersContract.of(tag));
        rig.settle(ORDERS);
    }

    @AfterEach
    void leaveTheScene() throws SQLException {
        scene.close();
    }

    @Test
    void aLeaverWhoIsLockedAndInGraceIsNoOrphan() throws SQLException {
        PersonId ada = employed("ada");

        idp.deletes(ada);
        rig.settle(ORDERS);

        assertThat(left()).isEmpty();
    }

    @Test
    void aLoginThatCannotBeDroppedIsToldWithWhatKeepsIt() throws SQLException {
        follow(OrdersContract.of(tag).replace(", heir: orders_owner", ""));
        PersonId ada = employed("ada");
        scene.run("orders", "CREATE TABLE sales.notes (note text)", "ALTER TABLE sales.notes OWNER TO ada");
        idp.deletes(ada);
        rig.settle(ORDERS);
        scene.run(
                "postgres",
                "COMMENT ON ROLE ada IS 'rolewright:rolewright:person=" + ada + ";suspended=2020-01-01T00:00:00Z'");
        premises.run("UPDATE target_state SET whole_due = now() WHERE target = 'orders'");
        rig.settle(ORDERS);

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
        PersonId ada = employed("ada");
        scene.as("ada", "orders");
        Instant before = Instant.now();
        idp.dismisses(ada);
        rig.fanOut.drain();
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
        scene.run("postgres", login.locking().orElseThrow());
        assertThatThrownBy(() -> scene.logIn("ada", "orders")).hasMessageContaining("not permitted to log in");
    }

    @Test
    void aLoginThatFailsIsToldWhenItHasFailedOften() {
        PersonId ada = employed("ada");
        idp.dismisses(ada);
        rig.settle(ORDERS);
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
    void aLoginThatIsHeldIsToldWithTheHold() {
        List<PersonId> crew =
                Stream.of("ada", "bob", "cyd", "dan").map(this::employed).toList();
        follow(
                OrdersContract.of(tag)
                        .replaceAll(
                                "brakes:.*",
                                "brakes: {removeLogins: \"1%\", suspendLogins: \"1%\", revokeMemberships: \"1%\", atLeast: 1}"));
        crew.forEach(idp::deletes);
        rig.settle(ORDERS);
        long hold = premises.number("SELECT id FROM hold WHERE target = 'orders' AND state = 'open'");

        List<LeftLogin> held = left();

        assertThat(held).isNotEmpty().allSatisfy(login -> {
            assertThat(login.stuck()).isEqualTo(Stuck.HELD);
            assertThat(login.canLogIn()).isTrue();
            assertThat(login.hold().orElseThrow().id()).isEqualTo(hold);
        });
    }

    private void follow(String text) {
        ActiveContract active = rig.contract(++numbers, text);
        contract = active.contract();
        rig.follow(active);
    }

    private PersonId employed(String name) {
        PersonId person = idp.hires(name);
        idp.adds(analysts, person);
        rig.settle(ORDERS);
        return person;
    }

    private List<LeftLogin> left() {
        People people = new People(premises.snapshots, premises.feed, new Fences(rig.store));
        return new LeftLogins(
                        new LoginBook(rig.store),
                        people,
                        rig.sessions,
                        trail,
                        new HeldSteps(rig.store),
                        new Targets(premises.contracts, rig.sessions, rig.store))
                .of(contract, contract.target(ORDERS), Instant.now());
    }
}
