package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.login.KnownLogin;
import dev.rolewright.reconcile.proof.Receipt;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a mapping gives until a day ends with that day, without anybody doing anything.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class UntilFlowTest {

    private static final RoleName READER = new RoleName("shop_reader");

    @Inject
    Premises premises;

    private final LocalDate last = LocalDate.now(ZoneOffset.UTC).plusDays(2);
    private final Instant end = last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    private Scene scene;
    private PersonId temp;
    private PersonId steady;

    @BeforeEach
    void employSomebodyUntilADay() {
        FakeEngine engine = new FakeEngine();
        scene = new Scene(premises, engine);
        scene.follow(scene.text().replace("roles: [shop_reader]}", """
                        roles: [shop_reader], when: 'not (userName sw "temp")'}
                          - {name: helpers read, group: {displayName: %s}, roles: [shop_reader], until: %s}
                        """.formatted(scene.crew, last)
                .stripTrailing()));
        temp = scene.employed("temp");
        steady = scene.employed("steady");
        scene.server.opensSessions(temp, 2);
    }

    @Test
    void accessEndsWithTheDayAndIsProvenToHaveEnded() {
        itIs(scene.rig, end.minus(Duration.ofMinutes(2)));
        scene.wantWhole();
        scene.settle();
        assertThat(scene.server.rolesOf(temp)).containsExactly(READER);
        assertThat(nextWhole()).as("nobody waits for the schedule").isEqualTo(end.toEpochMilli());

        itIs(scene.rig, end.plusMillis(10));
        scene.settle();

        assertItEnded(scene.rig);
    }

    @Test
    void accessEndsAlsoWhenNobodyWasThereAtThatMoment() {
        scene.wantWhole();
        scene.settle();

        Rig later = scene.another();
        itIs(later, end.plus(Duration.ofHours(31)));
        later.settle(scene.target);

        assertItEnded(later);
    }

    @Test
    void aPassOverTheOneWhoseDayIsOverEndsItToo() {
        itIs(scene.rig, end.minus(Duration.ofMinutes(2)));
        scene.wantWhole();
        scene.settle();
        scene.run("UPDATE target_state SET whole_due = 'infinity' WHERE target = '" + scene.target + "'");

        scene.rig.clock.by = Duration.between(Instant.now(), end.plusMillis(10));
        scene.rig.queue.request(scene.target, temp, "tester");
        scene.settle();

        assertItEnded(scene.rig);
    }

    private void assertItEnded(Rig rig) {
        assertThat(scene.server.login(temp)).hasValueSatisfying(login -> {
            assertThat(login.state().isActive()).isFalse();
            assertThat(login.state().memberships()).isEmpty();
            assertThat(login.sessions()).isZero();
        });
        assertThat(scene.server.rolesOf(steady)).containsExactly(READER);
        assertThat(scene.known(temp).map(KnownLogin::state)).contains(KnownLogin.State.SUSPENDED);
        assertThat(scene.number("SELECT count(*) FROM drift WHERE target = '" + scene.target + "'"))
                .as("the end of a rule is nobody's change by hand")
                .isZero();
        rig.prove(scene.target);
        assertThat(rig.receipts.list(Optional.of(scene.target), Optional.of(temp), null, 10))
                .singleElement()
                .satisfies(receipt -> {
                    assertThat(receipt.what()).isEqualTo(Receipt.What.SUSPENDED);
                    assertThat(receipt.lost()).containsExactly(READER);
                    assertThat(receipt.proof())
                            .hasValueSatisfying(
                                    proof -> assertThat(proof.holds()).isTrue());
                });
    }

    /// The process's clock goes there, and what it wrote down as due is due by as much sooner for the store.
    private void itIs(Rig rig, Instant time) {
        Duration by = Duration.between(Instant.now(), time);
        rig.clock.by = by;
        scene.run("UPDATE target_state SET whole_due = whole_due - " + by.toMillis()
                + " * interval '1 millisecond' WHERE target = '" + scene.target + "'");
    }

    /// When the target is looked at as a whole next, as the process wrote it down.
    private long nextWhole() {
        return scene.number("SELECT (extract(epoch FROM whole_due) * 1000)::bigint FROM target_state WHERE target = '"
                + scene.target + "'");
    }
}
