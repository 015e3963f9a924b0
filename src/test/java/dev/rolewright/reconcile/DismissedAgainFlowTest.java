package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.directory.Identity;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Ruling;
import dev.rolewright.offboarding.Answer;
import dev.rolewright.offboarding.Events;
import dev.rolewright.offboarding.Fact;
import dev.rolewright.offboarding.Fact.Kind;
import dev.rolewright.offboarding.Statement;
import dev.rolewright.offboarding.When;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.hold.Hold;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What waits for a human, or was refused, waits for what was said until then. Who is dismissed anew is a leaver.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class DismissedAgainFlowTest {

    private static final Caller GRACE = Caller.ofNoSource("grace", "req-refusals");

    @Inject
    Premises premises;

    @Inject
    Events events;

    private final String sender = "hr-" + UUID.randomUUID();
    private Scene scene;
    private List<PersonId> crew;

    @BeforeEach
    void setTheScene() {
        scene = new Scene(premises, new FakeEngine());
        crew = scene.crew(40);
    }

    @Test
    void whomHrDismissesAgainAfterARefusalIsOut() {
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        crew.forEach(person -> hr(person, Kind.LEAVER, yesterday));
        scene.settle();
        refuse();

        // Of facts of one moment the first by its name is the reason of the fence: this one is not.
        hr(crew.getFirst(), "zz-" + UUID.randomUUID(), Kind.LEAVER, yesterday);
        scene.settle();

        assertThat(out()).containsExactly(crew.getFirst());
    }

    @Test
    void whomTheIdentityProviderTakesBackAndDismissesBeforeAnybodyLooksIsOut() {
        crew.forEach(scene.idp::dismisses);
        scene.settle();
        refuse();

        scene.idp.takesBack(crew.getFirst());
        scene.idp.dismisses(crew.getFirst());
        scene.settle();

        assertThat(out()).containsExactly(crew.getFirst());
    }

    @Test
    void whomTheIdentityProviderDismissesWhileHrIsRefusedIsOut() {
        crew.forEach(person -> hr(person, Kind.LEAVER, Instant.now()));
        scene.settle();
        refuse();

        scene.idp.dismisses(crew.getFirst());
        scene.settle();

        assertThat(out()).containsExactly(crew.getFirst());
    }

    @Test
    void whoIsDismissedAgainWhileAHoldIsOpenIsOut() {
        crew.forEach(scene.idp::dismisses);
        scene.settle();
        PersonId ada = crew.getFirst();

        scene.server.before = () -> {
            scene.server.before = () -> {};
            scene.idp.takesBack(ada);
            scene.idp.dismisses(ada);
        };
        scene.wantWhole();
        scene.settle();

        assertThat(out()).containsExactly(ada);
        assertThat(scene.openHolds()).isEqualTo(1);
    }

    @Test
    void whoIsSaidToLeaveLaterStaysUntilThen() {
        crew.forEach(person -> hr(person, Kind.LEAVE_BEGINS, Instant.now()));
        scene.settle();
        refuse();

        hr(crew.getFirst(), Kind.LEAVE_BEGINS, Instant.now().plus(Duration.ofDays(1)));
        scene.settle();

        assertThat(out()).isEmpty();
    }

    @Test
    void whatElseIsSaidOfSomebodyIsNoDismissal() {
        crew.forEach(scene.idp::dismisses);
        scene.settle();
        refuse();

        scene.idp.renames(crew.getFirst(), "somebody");
        scene.idp.dismisses(crew.getFirst()); // who is not active, which is nothing new
        hr(crew.getFirst(), Kind.REHIRE, Instant.now());
        look(crew.subList(0, 3));
        scene.wantWhole();
        scene.settle();

        assertThat(out()).isEmpty();
        assertThat(scene.openHolds()).isZero();
    }

    @Test
    void whenEverybodyIsDismissedAgainAHumanIsAskedAgainAndNobodyGoesOneByOne() {
        crew.forEach(scene.idp::dismisses);
        scene.settle();
        refuse();

        crew.forEach(scene.idp::takesBack);
        crew.forEach(scene.idp::dismisses);
        scene.settle();
        look(crew.subList(0, 3));

        assertThat(out()).isEmpty();
        assertThat(scene.openHolds()).isEqualTo(1);
    }

    private void look(List<PersonId> people) {
        for (PersonId person : people) {
            scene.rig.queue.request(scene.target, person, "tester");
            scene.settle();
        }
    }

    private void refuse() {
        assertThat(out()).isEmpty();
        Hold hold =
                scene.rig.holds.list(Optional.of(scene.target), true, null, 1).getFirst();
        scene.rig.holds.refuse(hold.id(), new Ruling(hold.digest(), "The export was broken."), GRACE);
    }

    private void hr(PersonId person, Kind kind, Instant at) {
        hr(person, UUID.randomUUID().toString(), kind, at);
    }

    private void hr(PersonId person, String event, Kind kind, Instant at) {
        Identity name = Identity.of(Identity.Key.ID, person.toString());
        Fact fact = new Fact(sender, event, kind, new When.At(at));
        assertThat(events.take(new Statement(name, fact), "req-" + kind)).isInstanceOf(Answer.Kept.class);
    }

    private List<PersonId> out() {
        return crew.stream()
                .filter(person ->
                        !scene.server.login(person).orElseThrow().state().isActive())
                .toList();
    }
}
