package dev.rolewright.reconcile;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.directory.Identity;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.offboarding.Answer;
import dev.rolewright.offboarding.Events;
import dev.rolewright.offboarding.Fact;
import dev.rolewright.offboarding.Fact.Kind;
import dev.rolewright.offboarding.Statement;
import dev.rolewright.offboarding.When;
import dev.rolewright.ops.TestPostgres;
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

/// What HR says ends access on a target, whatever the identity provider says, and only HR gives it back.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class FencesFlowTest {

    private static final RoleName READER = new RoleName("shop_reader");

    @Inject
    Premises premises;

    @Inject
    Events events;

    private final String sender = "hr-" + UUID.randomUUID();
    private Scene scene;

    @BeforeEach
    void setTheScene() {
        FakeEngine engine = new FakeEngine();
        scene = new Scene(premises, engine);
    }

    private void hr(PersonId person, Kind kind, Instant at) {
        hr(Identity.of(Identity.Key.ID, person.toString()), kind, at);
    }

    private void hr(Identity person, Kind kind, Instant at) {
        String event = UUID.randomUUID().toString();
        assertThat(events.take(new Statement(person, new Fact(sender, event, kind, new When.At(at))), "req-" + kind))
                .isInstanceOf(Answer.Kept.class);
    }

    private boolean isActive(PersonId person) {
        return scene.server
                .login(person)
                .filter(login -> login.state().isActive())
                .isPresent();
    }

    @Test
    void aLeaverIsOutWhateverTheIdentityProviderSaysAndTheReceiptNamesTheRequest() {
        PersonId ada = scene.employed("ada");
        PersonId grace = scene.employed("grace");
        scene.server.opensSessions(ada, 2);

        hr(ada, Kind.LEAVER, Instant.now());
        scene.settle();

        assertThat(scene.server.login(ada)).hasValueSatisfying(login -> {
            assertThat(login.state().isActive()).isFalse();
            assertThat(login.state().memberships()).isEmpty();
            assertThat(login.sessions()).isZero();
        });
        assertThat(isActive(grace)).isTrue();
        scene.rig.prove(scene.target);
        assertThat(scene.rig.receipts.list(Optional.of(scene.target), Optional.of(ada), null, 10))
                .singleElement()
                .satisfies(receipt -> {
                    assertThat(receipt.requests()).contains("req-LEAVER");
                    assertThat(receipt.proof())
                            .hasValueSatisfying(
                                    proof -> assertThat(proof.holds()).isTrue());
                });

        scene.idp.dismisses(ada);
        scene.idp.takesBack(ada);
        scene.settle();
        scene.wantWhole();
        scene.settle();
        assertThat(isActive(ada)).isFalse();

        hr(ada, Kind.REHIRE, Instant.now());
        scene.settle();
        assertThat(isActive(ada)).isTrue();
        assertThat(scene.server.rolesOf(ada)).containsExactly(READER);
    }

    @Test
    void whoIsAwayIsOutUntilTheyAreBack() {
        PersonId ada = scene.employed("ada");

        hr(ada, Kind.LEAVE_BEGINS, Instant.now());
        scene.settle();
        assertThat(isActive(ada)).isFalse();

        hr(ada, Kind.LEAVE_ENDS, Instant.now());
        scene.settle();
        assertThat(isActive(ada)).isTrue();
    }

    @Test
    void aComingLeaverGoesOnTimeWithoutAnybodyDoingAnything() {
        PersonId ada = scene.employed("ada");
        Instant moment = Instant.now().plusSeconds(2);
        hr(ada, Kind.LEAVER, moment);
        scene.settle();
        assertThat(isActive(ada)).isTrue();

        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            scene.settle();
            return !isActive(ada);
        });

        assertThat(Duration.between(moment, Instant.now())).isBetween(Duration.ZERO, Duration.ofSeconds(1));
    }

    @Test
    void whoLeftBeforeTheIdentityProviderKnewThemNeverGetsALogin() {
        hr(Identity.of(Identity.Key.USER_NAME, "late@" + scene.idp.name() + ".example"), Kind.LEAVER, Instant.now());

        PersonId late = scene.idp.hires("late");
        scene.idp.adds(scene.readers, late);
        scene.settle();

        assertThat(scene.server.login(late)).isEmpty();
        assertThat(scene.known(late)).isEmpty();
    }

    @Test
    void aLookAtEverybodyDoesNotOvertakeTheMarkOfWhoLeftBefore() {
        hr(Identity.of(Identity.Key.USER_NAME, "late@" + scene.idp.name() + ".example"), Kind.LEAVER, Instant.now());
        PersonId late = scene.idp.hires("late");
        PersonId other = scene.idp.hires("other");
        scene.idp.adds(scene.readers, List.of(late, other));

        scene.wantWhole();
        scene.rig.loop(scene.target).turn(); // nobody has taken the marks of the push

        assertThat(isActive(other)).isTrue();
        assertThat(scene.server.login(late)).isEmpty();
    }

    @Test
    void whenHalfACompanyLeavesAHumanDecides() {
        List<PersonId> crew = scene.crew(40);

        crew.subList(0, 20).forEach(person -> hr(person, Kind.LEAVER, Instant.now()));
        scene.settle();

        assertThat(crew).filteredOn(this::isActive).hasSizeGreaterThan(20);
        assertThat(scene.openHolds()).isEqualTo(1);
    }

    @Test
    void theEndOfAFenceIsNobodysChangeByHand() {
        PersonId ada = scene.employed("ada");
        hr(ada, Kind.LEAVER, Instant.now());
        scene.wantWhole();
        scene.settle();
        hr(ada, Kind.REHIRE, Instant.now());
        scene.wantWhole();
        scene.settle();

        assertThat(isActive(ada)).isTrue();
        assertThat(scene.number("SELECT count(*) FROM drift WHERE target = '" + scene.target + "'"))
                .isZero();
    }
}
