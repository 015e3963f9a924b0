package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.audit.AuditEntry;
import dev.rolewright.audit.AuditLog;
import dev.rolewright.audit.AuditQuery;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Ruling;
import dev.rolewright.model.RulingProblem;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Line;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.hold.Hold;
import dev.rolewright.reconcile.login.KnownLogin;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is too much at once waits for a human, and for nobody else.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class HoldsFlowTest {

    private static final Caller ADMIN = Caller.ofNoSource("grace", "req-holds");

    @Inject
    Premises premises;

    @Inject
    AuditLog log;

    private final FakeEngine engine = new FakeEngine();
    private Scene scene;
    private List<PersonId> crew;

    @BeforeEach
    void setTheScene() {
        scene = new Scene(premises, engine);
        crew = scene.crew(40);
    }

    @Test
    void whatIsHeldIsShownAndNotDoneWhileOthersComeAndGo() {
        dismiss(0, 20);
        scene.settle();

        Hold hold = open();
        assertThat(hold.why()).contains("would suspend 20 of 40 active logins; at most 8 may go at once");
        assertThat(losers(hold)).containsExactlyInAnyOrderElementsOf(crew.subList(0, 20));
        assertThat(hold.census().active()).isEqualTo(40);
        assertThat(active()).isEqualTo(40);

        PersonId ada = scene.employed("ada");
        scene.idp.dismisses(crew.get(30));
        scene.settle();

        assertThat(scene.server.login(ada).orElseThrow().state().isActive()).isTrue();
        assertThat(scene.server.login(crew.get(30)).orElseThrow().state().isActive())
                .isFalse();
        assertThat(open().id()).isEqualTo(hold.id());
        assertThat(actions()).contains("hold.opened");
    }

    @Test
    void whatIsHeldIsNotDoneOneByOneEither() {
        dismiss(0, 20);
        scene.settle();

        for (PersonId person : crew.subList(0, 3)) {
            scene.rig.queue.request(scene.target, person, "tester");
            scene.settle();
        }
        scene.wantWhole();
        scene.settle();

        assertThat(active()).isEqualTo(40);
    }

    @Test
    void aReleaseDoesExactlyWhatWasShown() {
        dismiss(0, 20);
        scene.settle();
        Hold hold = open();

        dismiss(20, 30);
        scene.idp.takesBack(crew.get(0));
        Hold released =
                scene.rig.holds.release(hold.id(), new Ruling(hold.digest(), "They left with the merger."), ADMIN);
        scene.settle();

        assertThat(released.state()).isEqualTo(Hold.State.RELEASED);
        assertThat(released.decision()).hasValueSatisfying(decision -> {
            assertThat(decision.who()).isEqualTo("grace");
            assertThat(decision.reason()).isEqualTo("They left with the merger.");
        });
        assertThat(suspended()).containsExactlyInAnyOrderElementsOf(crew.subList(1, 20));
        assertThat(scene.rig.holds.find(hold.id()).orElseThrow().state()).isEqualTo(Hold.State.DONE);
        assertThat(losers(open())).containsExactlyInAnyOrderElementsOf(crew.subList(20, 30));
        assertThat(actions()).contains("hold.released", "hold.ended");
    }

    @Test
    void ofTwoWhoDecideAtOnceExactlyOneDoes() throws Exception {
        dismiss(0, 20);
        scene.settle();
        Hold hold = open();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Hold.State>> decisions = new ArrayList<>();
        try (ExecutorService approvers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                boolean yes = i % 2 == 0;
                Caller who = Caller.ofNoSource("approver" + i, "req-" + i);
                decisions.add(approvers.submit(() -> {
                    start.await();
                    return (yes
                                    ? scene.rig.holds.release(hold.id(), new Ruling(hold.digest(), "Yes."), who)
                                    : scene.rig.holds.refuse(hold.id(), new Ruling(hold.digest(), "No."), who))
                            .state();
                }));
            }
            start.countDown();
        }

        assertThat(decisions)
                .filteredOn(decision -> decision.state() == Future.State.SUCCESS)
                .hasSize(1);
        assertThat(decisions)
                .filteredOn(decision -> decision.state() == Future.State.FAILED)
                .extracting(Future::exceptionNow)
                .hasSize(7)
                .allSatisfy(problem -> assertThat(problem)
                        .isInstanceOfSatisfying(
                                RulingProblem.class, it -> assertThat(it.kind()).isEqualTo(RulingProblem.Kind.CLOSED)));
        scene.settle();
        assertThat(suspended())
                .hasSize(scene.rig.holds.find(hold.id()).orElseThrow().state() == Hold.State.DONE ? 20 : 0);
    }

    @Test
    void nobodyReleasesTwice() {
        dismiss(0, 20);
        scene.settle();
        Hold hold = open();
        scene.rig.holds.release(hold.id(), new Ruling(hold.digest(), "They left."), ADMIN);

        assertThatExceptionOfType(RulingProblem.class)
                .isThrownBy(() -> scene.rig.holds.release(hold.id(), new Ruling(hold.digest(), "They left."), ADMIN))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(RulingProblem.Kind.CLOSED));
        scene.settle();
        assertThatExceptionOfType(RulingProblem.class)
                .isThrownBy(() -> scene.rig.holds.release(hold.id(), new Ruling(hold.digest(), "They left."), ADMIN))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(RulingProblem.Kind.CLOSED));
    }

    @Test
    void aHoldOutlivesTheProcessThatOpenedIt() {
        dismiss(0, 20);
        scene.settle();
        Hold hold = open();

        Rig other = scene.another();
        other.queue.request(scene.target, null, "tester");
        other.settle(scene.target);
        assertThat(open()).satisfies(again -> {
            assertThat(again.id()).isEqualTo(hold.id());
            assertThat(again.digest()).isEqualTo(hold.digest());
        });
        assertThat(active()).isEqualTo(40);

        other.holds.release(hold.id(), new Ruling(hold.digest(), "They left."), ADMIN);
        other.settle(scene.target);
        assertThat(suspended()).containsExactlyInAnyOrderElementsOf(crew.subList(0, 20));
    }

    @Test
    void manySingleLeaversDoNotSlipUnderTheBrakes() {
        List<PersonId> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.add(scene.idp.hires("many" + i));
        }
        scene.idp.adds(scene.readers, many);
        scene.settle();

        for (PersonId person : many.subList(0, 50)) {
            scene.idp.dismisses(person);
            scene.settle();
        }

        // A fifth of the 100 who were there.
        assertThat(many)
                .filteredOn(person ->
                        !scene.server.login(person).orElseThrow().state().isActive())
                .hasSize(20)
                .containsExactlyElementsOf(many.subList(0, 20));
        assertThat(losers(open())).containsExactlyInAnyOrderElementsOf(many.subList(20, 50));
    }

    @Test
    void whatWasReleasedDoesNotCountAgainstTheNextLeaver() {
        dismiss(0, 20);
        scene.settle();
        Hold hold = open();
        scene.rig.holds.release(hold.id(), new Ruling(hold.digest(), "They left."), ADMIN);
        scene.settle();

        scene.idp.dismisses(crew.get(39));
        scene.settle();

        assertThat(suspended()).hasSize(21).contains(crew.get(39));
        assertThat(scene.openHolds()).isZero();
    }

    @Test
    void aChangedDirectoryReplacesWhatIsHeldAndVoidsOlderApprovals() {
        dismiss(0, 20);
        scene.settle();
        Hold older = open();

        scene.idp.takesBack(crew.get(0));
        scene.wantWhole();
        scene.settle();

        Hold newer = open();
        assertThat(newer.id()).isNotEqualTo(older.id());
        assertThat(newer.digest()).isNotEqualTo(older.digest());
        assertThat(losers(newer)).containsExactlyInAnyOrderElementsOf(crew.subList(1, 20));
        assertThat(scene.rig.holds.find(older.id()).orElseThrow().state()).isEqualTo(Hold.State.REPLACED);
        assertThatExceptionOfType(RulingProblem.class)
                .isThrownBy(() -> scene.rig.holds.release(older.id(), new Ruling(older.digest(), "Yes."), ADMIN))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(RulingProblem.Kind.CLOSED));
        assertThatExceptionOfType(RulingProblem.class)
                .isThrownBy(() -> scene.rig.holds.release(newer.id(), new Ruling(older.digest(), "Yes."), ADMIN))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(RulingProblem.Kind.OTHER_DIGEST));
        assertThatExceptionOfType(RulingProblem.class)
                .isThrownBy(() -> scene.rig.holds.release(-1, new Ruling(older.digest(), "Yes."), ADMIN))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(RulingProblem.Kind.UNKNOWN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scene.rig.holds.release(newer.id(), new Ruling(newer.digest(), " "), ADMIN));
        scene.settle();
        assertThat(active()).isEqualTo(40);
    }

    @Test
    void whatIsRefusedIsNeitherDoneNorAskedAgain() {
        dismiss(0, 20);
        scene.settle();
        Hold hold = open();
        scene.rig.holds.refuse(hold.id(), new Ruling(hold.digest(), "The export was broken."), ADMIN);

        for (int i = 0; i < 3; i++) {
            scene.wantWhole();
            scene.settle();
        }
        scene.idp.dismisses(crew.get(35));
        scene.settle();

        assertThat(scene.openHolds()).isZero();
        assertThat(suspended()).containsExactly(crew.get(35));
        assertThat(scene.known(crew.get(0)).orElseThrow().state()).isEqualTo(KnownLogin.State.HELD);
        assertThat(actions()).contains("hold.refused");
    }

    @Test
    void whoIsWantedBackAndLeavesAgainIsAnotherLeaver() {
        dismiss(0, 20);
        scene.settle();
        Hold hold = open();
        scene.rig.holds.refuse(hold.id(), new Ruling(hold.digest(), "The export was broken."), ADMIN);

        scene.idp.takesBack(crew.get(0));
        scene.settle();
        scene.idp.dismisses(crew.get(0));
        scene.settle();

        assertThat(suspended()).containsExactly(crew.get(0));
    }

    @Test
    void theSameAgainAfterARefusalIsAskedAgain() {
        dismiss(0, 20);
        scene.settle();
        Hold refused = open();
        scene.rig.holds.refuse(refused.id(), new Ruling(refused.digest(), "The export was broken."), ADMIN);
        crew.subList(0, 20).forEach(scene.idp::takesBack);
        scene.settle();

        dismiss(0, 20);
        scene.settle();

        assertThat(open().digest()).isEqualTo(refused.digest());
        assertThat(losers(open())).containsExactlyInAnyOrderElementsOf(crew.subList(0, 20));
        assertThat(active()).isEqualTo(40);
    }

    @Test
    void whoseGroupWasEmptiedAndWhoIsDismissedDoesNotWait() {
        scene.idp.empties(scene.readers);
        scene.settle();
        assertThat(losers(open())).hasSize(40);

        scene.idp.dismisses(crew.get(0));
        scene.settle();
        assertThat(suspended()).containsExactly(crew.get(0));

        scene.rig.holds.refuse(open().id(), new Ruling(open().digest(), "The export was broken."), ADMIN);
        scene.idp.deletes(crew.get(1));
        scene.settle();

        assertThat(suspended()).containsExactly(crew.get(0), crew.get(1));
    }

    @Test
    void everybodyWhoseGroupWasEmptiedAndWhoIsDismissedGoesOnToWait() {
        scene.idp.empties(scene.readers);
        scene.settle();
        Hold refused = open();
        scene.rig.holds.refuse(refused.id(), new Ruling(refused.digest(), "The export was broken."), ADMIN);

        dismiss(0, 40);
        scene.settle();
        assertThat(losers(open())).hasSize(40);
        for (PersonId person : crew.subList(0, 3)) {
            scene.rig.queue.request(scene.target, person, "tester");
            scene.settle();
        }

        assertThat(active()).isEqualTo(40);
    }

    @Test
    void aHoldThatNobodyDecidesAboutIsAskedAnew() {
        dismiss(0, 20);
        scene.settle();
        Hold hold = open();
        scene.run("UPDATE hold SET since = now() - interval '8 days' WHERE id = " + hold.id());

        scene.wantWhole();
        scene.settle();

        assertThat(scene.rig.holds.find(hold.id()).orElseThrow().state()).isEqualTo(Hold.State.EXPIRED);
        assertThat(open().digest()).isEqualTo(hold.digest());
        assertThat(active()).isEqualTo(40);
    }

    @Test
    void aReleaseWaitsForATargetThatIsDownButNotForEver() {
        dismiss(0, 20);
        scene.settle();
        Hold hold = open();
        scene.server.down = Optional.of(FakeServer.failure(EngineFailure.Kind.UNREACHABLE));
        scene.rig.holds.release(hold.id(), new Ruling(hold.digest(), "They left."), ADMIN);
        scene.rig.loop(scene.target).turn();
        assertThat(scene.rig.holds.find(hold.id()).orElseThrow().state()).isEqualTo(Hold.State.RELEASED);
        scene.run("UPDATE hold SET decided = now() - interval '8 days' WHERE id = " + hold.id());

        scene.server.down = Optional.empty();
        scene.rig.circuit.close(scene.target);
        scene.wantWhole();
        scene.settle();

        assertThat(active()).isEqualTo(40);
        assertThat(scene.rig.holds.find(hold.id()).orElseThrow().state()).isEqualTo(Hold.State.EXPIRED);
        assertThat(losers(open())).hasSize(20);
    }

    @Test
    void aDecisionMadeWhileAPassIsUnderWayStands() {
        dismiss(0, 20);
        scene.settle();
        Hold hold = open();
        scene.server.before = () -> {
            scene.server.before = () -> {};
            scene.rig.holds.release(hold.id(), new Ruling(hold.digest(), "They left."), ADMIN);
        };

        scene.wantWhole();
        scene.settle();

        assertThat(scene.openHolds()).isZero();
        assertThat(suspended()).containsExactlyInAnyOrderElementsOf(crew.subList(0, 20));
    }

    @Test
    void aRefusalWhileAPassIsUnderWayIsNotAskedAgain() {
        dismiss(0, 20);
        scene.settle();
        Hold hold = open();
        scene.server.before = () -> {
            scene.server.before = () -> {};
            scene.rig.holds.refuse(hold.id(), new Ruling(hold.digest(), "The export was broken."), ADMIN);
        };

        scene.wantWhole();
        scene.settle();

        assertThat(scene.openHolds()).isZero();
        assertThat(active()).isEqualTo(40);
    }

    @Test
    void whatWasReleasedForOneServerIsNotDoneOnAnother() {
        dismiss(0, 20);
        scene.settle();
        Hold here = open();
        scene.rig.holds.release(here.id(), new Ruling(here.digest(), "They left."), ADMIN);
        move();

        scene.settle();

        assertThat(active()).isEqualTo(40);
        assertThat(scene.rig.holds.find(here.id()).orElseThrow().state()).isEqualTo(Hold.State.REPLACED);
        Hold there = open();
        assertThat(there.digest()).isNotEqualTo(here.digest());
        scene.rig.holds.release(there.id(), new Ruling(there.digest(), "They left."), ADMIN);
        scene.settle();
        assertThat(active()).isEqualTo(20);
    }

    @Test
    void whatWasRefusedForOneServerIsAskedAnewOnAnother() {
        dismiss(0, 20);
        scene.settle();
        Hold here = open();
        scene.rig.holds.refuse(here.id(), new Ruling(here.digest(), "No."), ADMIN);
        move();
        scene.wantWhole();

        scene.settle();

        assertThat(active()).isEqualTo(40);
        assertThat(open().digest()).isNotEqualTo(here.digest());
    }

    @Test
    void whatACutOffPassTookCounts() throws InterruptedException {
        dieAt(Step.EndSessions.class, 0, 6);
        assertThat(suspended()).hasSize(6);
        scene.settle();
        assertThat(suspended()).hasSize(6);
        assertThat(scene.number("SELECT suspended FROM pass WHERE target = '" + scene.target
                        + "' AND ended IS NULL AND NOT unclear"))
                .isEqualTo(6);

        scene.wantWhole(); // what is left is counted by a look at everybody
        scene.settle();
        dismiss(10, 13);
        scene.settle();

        assertThat(suspended()).hasSize(6);
        assertThat(open().why())
                .contains("would suspend 3 of 34 active logins, after 6 a short while ago; at most 8 may go at once");
    }

    @Test
    void whatACutOffPassDidNotTakeDoesNotCount() throws InterruptedException {
        dieAt(Step.SuspendLogin.class, 0, 6);
        assertThat(suspended()).isEmpty();
        scene.settle();
        assertThat(suspended()).hasSize(6);

        dismiss(10, 12);
        scene.settle();

        assertThat(suspended()).hasSize(8);
        assertThat(scene.openHolds()).isZero();
    }

    private void move() {
        scene.server.identity = "another server";
        scene.rig.servers.move(scene.target, "another server", Optional.empty(), "The old machine burnt.", ADMIN);
    }

    /// A process that dies when it gets to a step, and the end of its lease.
    private void dieAt(Class<? extends Step> kind, int from, int to) {
        dismiss(from, to);
        Rig mortal = scene.another();
        scene.server.refuses = step -> {
            if (kind.isInstance(step)) {
                throw new Mortal.Death();
            }
            return Optional.empty();
        };
        assertThatThrownBy(() -> mortal.settle(scene.target)).isInstanceOf(Mortal.Death.class);
        scene.server.refuses = _ -> Optional.empty();
        scene.leaseEnds();
    }

    private void dismiss(int from, int to) {
        crew.subList(from, to).forEach(scene.idp::dismisses);
    }

    private Hold open() {
        List<Hold> open = scene.rig.holds.list(Optional.of(scene.target), true, null, 10);
        assertThat(open).hasSize(1);
        return open.getFirst();
    }

    private Set<PersonId> losers(Hold hold) {
        return scene.rig.holds.plan(hold.id()).orElseThrow().lines().stream()
                .map(Line::step)
                .filter(Step.SuspendLogin.class::isInstance)
                .map(step -> ((Step.OfLogin) step).account().person())
                .collect(Collectors.toSet());
    }

    private long active() {
        return crew.stream()
                .filter(person ->
                        scene.server.login(person).orElseThrow().state().isActive())
                .count();
    }

    private List<PersonId> suspended() {
        return crew.stream()
                .filter(person ->
                        !scene.server.login(person).orElseThrow().state().isActive())
                .toList();
    }

    private Set<String> actions() {
        return log.read(new AuditQuery(null, scene.target.value(), null, null, null, null, null, null, 100)).stream()
                .map(AuditEntry::action)
                .collect(Collectors.toSet());
    }
}
