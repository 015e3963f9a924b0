package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.SeenLogin;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.login.KnownLogin;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// From a push to the login, on a server of values.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ReconcileFlowTest {

    private static final RoleName READER = new RoleName("shop_reader");

    @Inject
    Premises premises;

    private final FakeEngine engine = new FakeEngine();
    private Scene scene;

    @BeforeEach
    void setTheScene() {
        scene = new Scene(premises, engine);
    }

    @Test
    void whoComesIntoTheGroupGetsTheLoginAndTheRole() {
        PersonId ada = scene.idp.hires("ada");
        scene.idp.adds(scene.readers, ada);

        scene.settle();

        assertThat(scene.server.login(ada)).hasValueSatisfying(login -> {
            assertThat(login.state().name()).isEqualTo(new LoginName("ada"));
            assertThat(login.state().isActive()).isTrue();
        });
        assertThat(scene.server.rolesOf(ada)).containsExactly(READER);
        assertThat(scene.known(ada)).hasValueSatisfying(login -> {
            assertThat(login.state()).isEqualTo(KnownLogin.State.ACTIVE);
            assertThat(login.serverId()).isPresent();
        });
    }

    @Test
    void whoIsDismissedIsSuspendedAndLosesSessionsAndRoles() {
        PersonId ada = scene.employed("ada");
        scene.employed("bob");
        scene.server.opensSessions(ada, 3);

        scene.idp.dismisses(ada);
        scene.settle();

        assertThat(scene.server.login(ada)).hasValueSatisfying(login -> {
            assertThat(login.state().isActive()).isFalse();
            assertThat(login.sessions()).isZero();
            assertThat(login.state().memberships()).isEmpty();
        });
        assertThat(scene.known(ada).map(KnownLogin::state)).contains(KnownLogin.State.SUSPENDED);
    }

    @Test
    void aLeaverWhoseMarkWasTakenAwayIsMarkedAnewAndSuspended() {
        PersonId ada = scene.employed("ada");
        SeenLogin login = scene.server.login(ada).orElseThrow();
        scene.server.unmarked.add(login.id());
        scene.server.change(ada, state -> LoginState.active(new LoginName("app"), ada, state.memberships()));

        scene.idp.dismisses(ada);
        scene.settle();

        SeenLogin after = scene.server.login(ada).orElseThrow();
        assertThat(scene.server.unmarked).isEmpty();
        assertThat(after.id()).isEqualTo(login.id());
        assertThat(after.state().isActive()).isFalse();
        assertThat(after.state().memberships()).isEmpty();
        scene.rig.prove(scene.target);
        assertThat(scene.known(ada).map(KnownLogin::state)).contains(KnownLogin.State.SUSPENDED);
        assertThat(scene.known(ada).flatMap(KnownLogin::error)).isEmpty();
    }

    @Test
    void aLeaverWhoCannotBeKnownAgainIsNotSaidToBeGone() {
        PersonId ada = scene.employed("ada");
        SeenLogin login = scene.server.login(ada).orElseThrow();
        scene.server.unmarked.add(login.id());
        scene.server.disguised.add(login.id());
        scene.server.change(ada, state -> LoginState.active(new LoginName("app"), ada, state.memberships()));

        scene.idp.dismisses(ada);
        scene.settle();

        assertThat(scene.known(ada)).hasValueSatisfying(known -> {
            assertThat(known.state()).isNotIn(KnownLogin.State.DROPPED, KnownLogin.State.SUSPENDED);
            assertThat(known.serverId()).contains(login.id());
            assertThat(known.error())
                    .hasValueSatisfying(why -> assertThat(why).startsWith("app carries our mark no more"));
        });

        scene.server.disguised.clear();
        scene.wantWhole();
        scene.settle();

        assertThat(scene.server.login(ada).orElseThrow().state().isActive()).isFalse();
        scene.rig.prove(scene.target);
        assertThat(scene.known(ada).map(KnownLogin::state)).contains(KnownLogin.State.SUSPENDED);
        assertThat(scene.known(ada).flatMap(KnownLogin::error)).isEmpty();
    }

    @Test
    void whatHasTheNameOfALeaversDroppedLoginIsTold() {
        PersonId ada = scene.employed("ada");
        scene.server.logins.clear();
        scene.server.strangers.add("ada");

        scene.idp.dismisses(ada);
        scene.settle();

        assertThat(scene.known(ada).flatMap(KnownLogin::error))
                .hasValueSatisfying(why -> assertThat(why).startsWith("ada was dropped by hand"));
        assertThat(scene.server.strangers).contains("ada");
    }

    @Test
    void whoComesBackWithinTheGraceGetsTheSameLogin() {
        PersonId ada = scene.employed("ada");
        String id = scene.server.login(ada).orElseThrow().id();
        scene.idp.dismisses(ada);
        scene.settle();

        scene.idp.takesBack(ada);
        scene.settle();

        assertThat(scene.server.login(ada)).hasValueSatisfying(login -> {
            assertThat(login.id()).isEqualTo(id);
            assertThat(login.state().isActive()).isTrue();
        });
        assertThat(scene.server.rolesOf(ada)).containsExactly(READER);
    }

    @Test
    void aPassWithNothingToDoChangesNothing() {
        scene.employed("ada");
        int steps = scene.server.performed.size();

        scene.wantWhole();
        scene.settle();

        assertThat(scene.server.performed).hasSize(steps);
    }

    @Test
    void theSameMarksAgainChangeNothing() {
        PersonId ada = scene.employed("ada");
        int steps = scene.server.performed.size();

        scene.rig.queue.request(scene.target, ada, "tester");
        scene.settle();

        assertThat(scene.server.performed).hasSize(steps);
    }

    @Test
    void aStrangerKeepsItsNameAndThePersonGetsAnother() {
        scene.server.strangers.add("Ada");
        PersonId ada = scene.employed("ada");

        assertThat(scene.server.login(ada))
                .hasValueSatisfying(login -> assertThat(login.state().name().value())
                        .startsWith("ada_")
                        .hasSize(12));
        assertThat(scene.server.strangers).contains("Ada");
    }

    @Test
    void aRenameByHandIsUndone() {
        PersonId ada = scene.employed("ada");
        scene.server.change(
                ada,
                it -> new LoginState(
                        new LoginName("mallory"), it.person(), it.standing(), it.suspendedSince(), it.memberships()));

        scene.wantWhole();
        scene.settle();

        assertThat(scene.server.login(ada).orElseThrow().state().name()).isEqualTo(new LoginName("ada"));
    }

    @Test
    void loginsAreKnownAgainByTheirMarksWhenTheStoreIsLost() {
        PersonId ada = scene.employed("ada");
        scene.server.change(
                ada,
                it -> new LoginState(
                        new LoginName("a.lovelace"),
                        it.person(),
                        it.standing(),
                        it.suspendedSince(),
                        it.memberships()));
        String id = scene.server.login(ada).orElseThrow().id();
        scene.loseTheStore();

        scene.settle();

        assertThat(scene.server.login(ada)).hasValueSatisfying(login -> {
            assertThat(login.id()).isEqualTo(id);
            assertThat(login.state().name()).isEqualTo(new LoginName("a.lovelace"));
        });
        assertThat(scene.known(ada)).hasValueSatisfying(login -> {
            assertThat(login.name()).isEqualTo(new LoginName("a.lovelace"));
            assertThat(login.serverId()).contains(id);
        });
    }

    @Test
    void anEmptiedGroupIsHeldAndNewcomersGoOn() {
        List<PersonId> crew = scene.crew(10);

        scene.idp.empties(scene.readers);
        PersonId new1 = scene.idp.hires("newcomer");
        scene.idp.adds(scene.readers, new1);
        scene.settle();

        assertThat(crew)
                .allSatisfy(person -> assertThat(scene.server.rolesOf(person)).containsExactly(READER));
        assertThat(scene.server.rolesOf(new1)).containsExactly(READER);
        assertThat(scene.openHolds()).isEqualTo(1);
        assertThat(crew)
                .allSatisfy(person ->
                        assertThat(scene.known(person).map(KnownLogin::state)).contains(KnownLogin.State.HELD));
    }

    @Test
    void manySingleLeaversTripTheBrakesTogether() {
        List<PersonId> crew = scene.crew(20);

        crew.forEach(person -> {
            scene.idp.dismisses(person);
            scene.settle();
        });

        long suspended = crew.stream()
                .filter(person ->
                        !scene.server.login(person).orElseThrow().state().isActive())
                .count();
        assertThat(suspended).isEqualTo(5); // of 20, at most 20 % and never fewer than 5
        assertThat(scene.openHolds()).isEqualTo(1);
    }

    @Test
    void whoIsLockedIsToldToBeWhateverCannotBeDoneYet() {
        PersonId ada = scene.employed("ada");
        scene.server.refuses = step -> step instanceof Step.Leave
                ? Optional.of(FakeServer.failure(EngineFailure.Kind.BUSY))
                : Optional.empty();

        scene.idp.dismisses(ada);
        scene.settle();

        assertThat(scene.server.login(ada).orElseThrow().state().isActive()).isFalse();
        assertThat(scene.known(ada)).hasValueSatisfying(login -> {
            assertThat(login.state()).isEqualTo(KnownLogin.State.LOCKED);
            assertThat(login.error()).contains("It is BUSY.");
        });

        scene.server.refuses = _ -> Optional.empty();
        scene.makeDue(ada);
        scene.settle();
        scene.rig.prove(scene.target);

        assertThat(scene.known(ada)).hasValueSatisfying(login -> {
            assertThat(login.state()).isEqualTo(KnownLogin.State.SUSPENDED);
            assertThat(login.error()).isEmpty();
        });
    }

    @Test
    void oneBadStepHoldsBackNobodyElse() {
        PersonId ada = scene.idp.hires("ada");
        PersonId bob = scene.idp.hires("bob");
        scene.server.refuses = step -> step instanceof Step.CreateLogin(var account, var _)
                        && account.person().equals(ada)
                ? Optional.of(FakeServer.failure(EngineFailure.Kind.BUSY))
                : Optional.empty();
        scene.idp.adds(scene.readers, List.of(ada, bob));

        scene.settle();

        assertThat(scene.server.rolesOf(bob)).containsExactly(READER);
        assertThat(scene.known(ada)).hasValueSatisfying(login -> {
            assertThat(login.state()).isEqualTo(KnownLogin.State.FAILED);
            assertThat(login.error()).contains("It is BUSY.");
        });

        scene.server.refuses = _ -> Optional.empty();
        scene.makeDue(ada);
        scene.settle();

        assertThat(scene.server.rolesOf(ada)).containsExactly(READER);
        assertThat(scene.known(ada).map(KnownLogin::state)).contains(KnownLogin.State.ACTIVE);
    }

    @Test
    void aTargetThatIsDownIsLeftAloneForAWhileAndNothingIsLost() {
        PersonId ada = scene.employed("ada");
        scene.server.down = Optional.of(FakeServer.failure(EngineFailure.Kind.UNREACHABLE));
        scene.idp.dismisses(ada);
        scene.rig.fanOut.drain();

        Duration first = scene.rig.loop(scene.target).turn();

        assertThat(first).isPositive();
        assertThat(scene.number("SELECT failures FROM target_state WHERE target = '" + scene.target + "'"))
                .isEqualTo(1);
        assertThat(scene.rig.loop(scene.target).turn()).isPositive();

        scene.server.down = Optional.empty();
        scene.rig.circuit.close(scene.target);
        scene.settle();

        assertThat(scene.server.login(ada).orElseThrow().state().isActive()).isFalse();
        assertThat(scene.number("SELECT failures FROM target_state WHERE target = '" + scene.target + "'"))
                .isZero();
    }

    @Test
    void aTargetThatStopsTakingChangesHalfwayIsLeftAloneToo() {
        PersonId ada = scene.employed("ada");
        PersonId bob = scene.idp.hires("bob");
        scene.idp.adds(scene.readers, bob);
        scene.idp.dismisses(ada);
        scene.rig.fanOut.drain();
        scene.server.refuses = step -> {
            if (step instanceof Step.SuspendLogin) {
                scene.server.down = Optional.of(FakeServer.failure(EngineFailure.Kind.FULL));
            }
            return Optional.empty();
        };

        Duration rest = scene.rig.loop(scene.target).turn();

        assertThat(rest).isPositive();
        assertThat(scene.rig.loop(scene.target).turn()).isPositive();
        assertThat(scene.number("SELECT failures FROM target_state WHERE target = '" + scene.target + "'"))
                .isEqualTo(1);
        assertThat(scene.server.login(ada).orElseThrow().state().isActive()).isFalse();

        scene.server.down = Optional.empty();
        scene.server.refuses = _ -> Optional.empty();
        scene.rig.circuit.close(scene.target);
        scene.settle();

        assertThat(scene.server.rolesOf(bob)).containsExactly(READER);
        assertThat(scene.known(ada).map(KnownLogin::state)).contains(KnownLogin.State.SUSPENDED);
    }

    @Test
    void theEndOfTheGraceDropsTheLoginAndKeepsTheName() {
        PersonId ada = scene.employed("ada");

        scene.leftLongAgo(ada);

        assertThat(scene.server.login(ada)).isEmpty();
        assertThat(scene.known(ada).map(KnownLogin::state)).contains(KnownLogin.State.DROPPED);
        PersonId other = scene.employed("ada.2");
        assertThat(scene.server.login(other).orElseThrow().state().name().value())
                .isNotEqualTo("ada");
    }

    @Test
    void whatFailedOnTheWayOutIsOverWithTheLogin() {
        PersonId ada = scene.employed("ada");
        scene.idp.dismisses(ada);
        scene.settle();
        scene.server.change(
                ada,
                it -> new LoginState(
                        it.name(),
                        it.person(),
                        it.standing(),
                        Optional.of(Instant.now().minus(Duration.ofDays(31))),
                        Set.of(Membership.of(READER))));
        scene.server.refuses = step -> step instanceof Step.Leave
                ? Optional.of(FakeServer.failure(EngineFailure.Kind.RIGHT_MISSING))
                : Optional.empty();
        scene.makeDue(ada);

        scene.settle();

        assertThat(scene.server.login(ada)).isEmpty();
        assertThat(scene.known(ada).map(KnownLogin::state)).contains(KnownLogin.State.DROPPED);
        assertThat(scene.number("SELECT count(*) FROM login WHERE due IS NOT NULL AND person = '" + ada + "'"))
                .isZero();
    }

    @Test
    void anotherContractTakesAndGives() {
        PersonId ada = scene.employed("ada");

        scene.follow(scene.text().replace("shop_reader", "shop_viewer"));
        scene.settle();

        assertThat(scene.server.rolesOf(ada)).containsExactly(new RoleName("shop_viewer"));
        assertThat(scene.server.roles).containsOnlyKeys(new RoleName("shop_viewer"));
    }

    @Test
    void whoWasGivenWhatTheyLackedIsSettledAgain() {
        PersonId ada = scene.employed("ada");

        scene.follow(scene.text().replace("shop_reader", "shop_viewer"));
        scene.settle();

        assertThat(scene.rig.store.first(
                        "SELECT settled FROM login WHERE person = ?", row -> row.getBoolean(1), ada.value()))
                .contains(true);
    }

    @Test
    void aProcessThatKnowsAnOlderContractDoesNothing() {
        PersonId ada = scene.employed("ada");
        Rig old = scene.another();
        scene.follow(scene.text().replace("shop_reader", "shop_viewer"));
        scene.settle();

        scene.wantWhole();
        old.settle(scene.target);

        assertThat(scene.server.rolesOf(ada)).containsExactly(new RoleName("shop_viewer"));
    }

    @Test
    void everyStepIsInTheTrail() {
        PersonId ada = scene.employed("ada");

        assertThat(scene.number(
                        "SELECT count(*) FROM audit_event WHERE action = 'step.done' AND subject_id = '" + ada + "'"))
                .isEqualTo(2);
    }

    @Test
    void peopleWhomTheTargetHasNothingToDoWithCostNoConversation() {
        scene.employed("ada");
        scene.server.before = () -> {
            throw new AssertionError("nobody speaks to the server");
        };

        scene.idp.hires("visitor");
        scene.settle();

        assertThat(scene.number("SELECT count(*) FROM dirty WHERE target = '" + scene.target + "'"))
                .isZero();
    }
}
