package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Ruling;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Line;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.plan.Step;
import dev.rolewright.plan.Taken;
import dev.rolewright.reconcile.hold.Hold;
import dev.rolewright.reconcile.pass.Passes;
import dev.rolewright.reconcile.plans.KeptPlan;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A plan that does not fit into one row is kept, shown, compared, decided about and performed like any other.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class LargeHoldFlowTest {

    private static final Caller ADMIN = Caller.ofNoSource("grace", "req-large-holds");
    /// Each is locked out, loses the sessions and a role.
    private static final int MANY = PlanJson.PIECE;

    @Inject
    Premises premises;

    @Inject
    Passes passes;

    private Scene scene;
    private List<PersonId> crew;

    @BeforeEach
    void everybodyFallsOutOfTheGroup() {
        scene = new Scene(premises, new FakeEngine());
        crew = scene.crew(MANY);
        scene.idp.empties(scene.readers);
        scene.settle();
    }

    @Test
    void allOfItIsShown() {
        Hold hold = open();

        List<Line> lines = scene.rig.holds.plan(hold.id()).orElseThrow().lines();

        assertThat(lines).hasSize(hold.steps()).hasSizeGreaterThan(2 * MANY);
        assertThat(people(lines, Step.SuspendLogin.class)).containsExactlyInAnyOrderElementsOf(crew);
        assertThat(lines.reversed().getFirst()).isEqualTo(lines.getLast());
        assertThat(hold.takes()).isEqualTo(new Taken(MANY, 0, MANY));
        assertThat(scene.number("SELECT max(json_array_length(plan -> 'lines')) FROM hold"))
                .isLessThanOrEqualTo(PlanJson.PIECE);
    }

    @Test
    void whoeverComesBackWaitsNoMoreAndTheOthersDo() {
        long before = open().id();
        scene.idp.adds(scene.readers, crew.subList(0, 5));
        scene.wantWhole();

        scene.settle();

        Hold hold = open();
        assertThat(hold.id()).isNotEqualTo(before);
        List<Line> lines = scene.rig.holds.plan(hold.id()).orElseThrow().lines();
        assertThat(people(lines, Step.SuspendLogin.class)).containsExactlyInAnyOrderElementsOf(crew.subList(5, MANY));
        assertThat(scene.number("SELECT count(*) FROM held_step WHERE hold = " + hold.id()))
                .isEqualTo(lines.stream().filter(line -> line.step().takes()).count());
    }

    @Test
    void anotherLookFindsTheSame() {
        Hold before = open();
        List<Line> lines =
                new ArrayList<>(scene.rig.holds.plan(before.id()).orElseThrow().lines());
        scene.wantWhole();

        scene.settle();

        assertThat(open().id()).isEqualTo(before.id());
        assertThat(scene.rig.holds.plan(before.id()).orElseThrow().lines()).isEqualTo(lines);
    }

    /// It runs beside this one while replicas are replaced, and keeps all of a plan in the row of the hold.
    @Test
    void whatAnEarlierVersionWroteIsCountedAndShownAsItIs() {
        Hold before = open();
        KeptPlan kept = scene.rig.holds.plan(before.id()).orElseThrow();
        List<Line> lines = List.copyOf(kept.lines());
        scene.rig.store.run(
                "UPDATE hold SET steps = NULL, takes = NULL, plan = ?::json WHERE id = ?",
                PlanJson.text(new Plan(kept.target(), lines, kept.notes())),
                before.id());

        assertThat(open()).extracting(Hold::steps, Hold::takes).containsExactly(before.steps(), before.takes());
        assertThat(scene.rig.holds.plan(before.id()).orElseThrow().lines()).isEqualTo(lines);

        scene.wantWhole();
        scene.settle();

        assertThat(open())
                .extracting(Hold::id, Hold::steps, Hold::takes)
                .containsExactly(before.id(), before.steps(), before.takes());
        assertThat(scene.rig.holds.plan(before.id()).orElseThrow().lines()).isEqualTo(lines);
    }

    @Test
    void aStepThatALaterVersionWroteKeepsNobodyIn() {
        PersonId first = crew.getFirst();
        scene.run(
                "INSERT INTO held_step (hold, target, person, step) SELECT hold, target, person, '{\"is\":\"Freeze\"}'"
                        + " FROM held_step WHERE person = '" + first + "' LIMIT 1");

        scene.idp.dismisses(first);
        scene.settle();

        assertThat(scene.server.login(first).orElseThrow().state().isActive()).isFalse();
        assertThat(scene.number("SELECT count(*) FROM held_step WHERE step LIKE '%Freeze%'"))
                .isZero();
    }

    @Test
    void allOfItIsDoneWhenAHumanSaysSo() {
        Hold hold = open();
        scene.rig.holds.release(hold.id(), new Ruling(hold.digest(), "The company is sold."), ADMIN);

        scene.settle();

        assertThat(crew)
                .allMatch(person ->
                        !scene.server.login(person).orElseThrow().state().isActive());
        long pass = scene.number("SELECT max(id) FROM pass WHERE target = '" + scene.target + "'");
        assertThat(people(passes.plan(pass).orElseThrow().lines(), Step.SuspendLogin.class))
                .containsExactlyInAnyOrderElementsOf(crew);
        assertThat(scene.number("SELECT suspended FROM pass WHERE id = " + pass))
                .isEqualTo(MANY);
    }

    private Hold open() {
        List<Hold> open = scene.rig.holds.list(Optional.of(scene.target), true, null, 10);
        assertThat(open).hasSize(1);
        return open.getFirst();
    }

    private static List<PersonId> people(List<Line> lines, Class<? extends Step> kind) {
        return lines.stream()
                .map(Line::step)
                .filter(kind::isInstance)
                .flatMap(step -> step.person().stream())
                .toList();
    }
}
