package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Ruling;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.hold.Hold;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What was written to end on a day ends with it, for however many; a change of the contract is another thing.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class WrittenEndsFlowTest {

    private static final RoleName READER = new RoleName("shop_reader");
    private static final RoleName WRITER = new RoleName("shop_writer");

    @Inject
    Premises premises;

    private final LocalDate last = LocalDate.now(ZoneOffset.UTC).plusDays(2);
    private final Instant end = last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    private Scene scene;
    private UUID helpers;
    private List<PersonId> crew;

    @BeforeEach
    void employManyUntilADay() {
        FakeEngine engine = new FakeEngine();
        scene = new Scene(premises, engine);
        helpers = scene.idp.founds("helpers-" + scene.crew);
        scene.follow(until(last));
        crew = scene.crew(40);
    }

    /// Readers read, but only until a day; helpers write without an end.
    private String until(LocalDate day) {
        return scene.text()
                .replace("roles: [shop_reader]}", """
                        roles: [shop_reader], until: %s}
                          - {name: helpers write, group: {displayName: helpers-%s}, roles: [shop_writer]}
                        """.formatted(day, scene.crew).stripTrailing())
                .replace("mappings:", """
                          shop_writer: {kind: read-write, purpose: Writing, owner: us, target: %s}
                        mappings:""".formatted(scene.target));
    }

    @Test
    void everybodyIsOutWhenTheDayIsOverAndNothingWaits() {
        itIs(end.minus(Duration.ofMinutes(2)));
        scene.wantWhole();
        scene.settle();
        assertThat(active()).isEqualTo(40);

        itIs(end.plusMillis(10));
        scene.settle();

        assertThat(active()).isZero();
        assertThat(scene.openHolds()).isZero();
    }

    @Test
    void theEndOfTheDayDoesNotCountAgainstTheNextLeaver() {
        scene.idp.adds(helpers, crew.subList(0, 20));
        scene.settle();
        itIs(end.plusMillis(10));
        scene.wantWhole();
        scene.settle();
        assertThat(active()).isEqualTo(20);

        scene.idp.dismisses(crew.getFirst());
        scene.settle();

        assertThat(active()).isEqualTo(19);
        assertThat(scene.openHolds()).isZero();
    }

    @Test
    void whoHasMoreThanWhatEndedKeepsTheRest() {
        scene.idp.adds(helpers, crew);
        scene.settle();

        itIs(end.plusMillis(10));
        scene.wantWhole();
        scene.settle();

        assertThat(crew)
                .allSatisfy(person -> assertThat(scene.server.rolesOf(person)).containsExactly(WRITER));
        assertThat(scene.openHolds()).isZero();
    }

    @Test
    void aGroupThatIsEmptiedOnTheSameDayWaitsAllTheSame() {
        scene.idp.adds(helpers, crew);
        scene.settle();
        scene.idp.empties(helpers);

        itIs(end.plusMillis(10));
        scene.wantWhole();
        scene.settle();

        assertThat(scene.openHolds()).isEqualTo(1);
        assertThat(crew)
                .allSatisfy(person -> assertThat(scene.server.rolesOf(person)).containsExactly(WRITER));
    }

    @Test
    void whatWasHeldOrRefusedEndsWithTheDayToo() {
        scene.idp.empties(scene.readers);
        scene.settle();
        Hold hold =
                scene.rig.holds.list(Optional.of(scene.target), true, null, 10).getFirst();
        scene.rig.holds.refuse(
                hold.id(), new Ruling(hold.digest(), "The export was broken."), Caller.ofNoSource("grace", "r"));
        scene.wantWhole();
        scene.settle();
        assertThat(active()).isEqualTo(40);

        itIs(end.plusMillis(10));
        scene.wantWhole();
        scene.settle();

        assertThat(active()).isZero();
    }

    @Test
    void anEndThatTheContractDidNotHaveBeforeIsAChangeAndWaits() {
        scene.follow(until(LocalDate.now(ZoneOffset.UTC).minusDays(1)));
        scene.wantWhole();
        scene.settle();

        assertThat(active()).isEqualTo(40);
        assertThat(scene.openHolds()).isEqualTo(1);
    }

    @Test
    void theEndIsToldInThePlanAndWhatEndedLongAgoIsNoReasonAnyMore() {
        scene.idp.adds(helpers, crew);
        scene.settle();
        itIs(end.plusMillis(10));
        scene.wantWhole();
        scene.settle();
        assertThat(scene.number("SELECT count(*) FROM pass WHERE target = '" + scene.target + "' AND plan::text LIKE '%"
                        + Reason.Expired.class.getSimpleName() + "%'"))
                .isEqualTo(1);

        scene.idp.empties(helpers);
        scene.settle();

        assertThat(active()).isEqualTo(40);
        assertThat(scene.openHolds()).isEqualTo(1);
        assertThat(crew)
                .allSatisfy(person -> assertThat(scene.server.rolesOf(person)).doesNotContain(READER));
    }

    private long active() {
        return crew.stream()
                .filter(person ->
                        scene.server.login(person).orElseThrow().state().isActive())
                .count();
    }

    /// The process's clock goes there, and what it wrote down as due is due by as much sooner for the store.
    private void itIs(Instant time) {
        Duration by = Duration.between(Instant.now(), time);
        scene.rig.clock.by = by;
        scene.run("UPDATE target_state SET whole_due = whole_due - " + by.toMillis()
                + " * interval '1 millisecond' WHERE target = '" + scene.target + "'");
    }
}
