package dev.rolewright.handover;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import dev.rolewright.reach.TargetsConfig;
import dev.rolewright.reconcile.FakeEngine;
import dev.rolewright.reconcile.Premises;
import dev.rolewright.reconcile.Rig;
import dev.rolewright.reconcile.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Passwords are over at their time, each whatever becomes of the others.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class EndingsFlowTest {

    @Inject
    Premises premises;

    private final FakeEngine engine = new FakeEngine();
    private Scene scene;
    private Desk desk;
    private PasswordEnds ends;

    @BeforeEach
    void setTheScene() {
        premises.run("DELETE FROM password");
        scene = new Scene(premises, engine);
        desk = new Desk(scene);
        ends = desk.ends;
    }

    @AfterEach
    void leave() {
        premises.run("DELETE FROM password");
    }

    private void given(PersonId person, Instant end, boolean sessions) {
        desk.given(person, end, sessions);
    }

    private static Instant over() {
        return Instant.now().minusSeconds(1);
    }

    private List<PersonId> withdrawn() {
        return desk.withdrawn();
    }

    private long rows(PersonId person) {
        return scene.number("SELECT count(*) FROM password WHERE person = '" + person + "'");
    }

    @Test
    void thoseWhoFailForGoodHoldUpNobody() {
        List<PersonId> crew = scene.crew(PasswordBook.BATCH + 5);
        List<PersonId> stuck = crew.subList(0, PasswordBook.BATCH);
        Predicate<Account> keeps = account -> stuck.contains(account.person());
        scene.server.keeps = keeps;
        Instant end = Instant.now().minusSeconds(600);
        stuck.forEach(person -> given(person, end, true));
        crew.subList(PasswordBook.BATCH, crew.size()).forEach(person -> given(person, over(), true));

        ends.sweep();

        await().until(() -> withdrawn().containsAll(crew.subList(PasswordBook.BATCH, crew.size())));
        assertThat(withdrawn()).doesNotContainAnyElementsOf(stuck);
        await().until(() ->
                scene.number("SELECT count(*) FROM password WHERE attempts = 1 AND due > now()") == stuck.size());
        assertThat(desk.book.overdue()).isEqualTo(stuck.size());
    }

    @Test
    void aTargetThatHangsIsWaitedForByNobody() {
        Scene other = new Scene(premises, engine);
        Desk there = new Desk(other);
        PersonId ada = scene.employed("ada");
        PersonId bob = other.employed("bob");
        there.given(bob, over(), true);
        given(ada, over(), true);
        Desk both = new Desk(scene, both(scene, other));
        CountDownLatch hanging = new CountDownLatch(1);
        scene.server.before = () -> {
            try {
                hanging.await();
            } catch (InterruptedException told) {
                throw new IllegalStateException(told);
            }
        };
        try {
            both.ends.sweep();

            await().until(() -> !other.server.withdrawn.isEmpty());
            assertThat(withdrawn()).isEmpty();
        } finally {
            hanging.countDown();
        }
        await().until(() -> withdrawn().contains(ada));
    }

    @Test
    void whatEndsIsTakenAndIsLookedAtOnceMoreWhereSessionsEndWithIt() {
        PersonId ada = scene.employed("ada");
        PersonId bob = scene.employed("bob");
        scene.server.opensSessions(ada, 2);
        scene.server.opensSessions(bob, 2);
        given(ada, over(), true);
        given(bob, over(), false);

        turn();

        assertThat(withdrawn()).containsExactlyInAnyOrder(ada, bob);
        assertThat(scene.server.login(ada).orElseThrow().sessions()).isZero();
        assertThat(scene.server.login(bob).orElseThrow().sessions()).isEqualTo(2);
        assertThat(rows(bob)).isZero();
        scene.server.opensSessions(ada, 1);
        scene.run("UPDATE password SET due = now() WHERE person = '" + ada + "'");
        turn();
        assertThat(scene.server.login(ada).orElseThrow().sessions()).isZero();
        assertThat(withdrawn()).hasSize(2);
        assertThat(rows(ada)).isZero();
    }

    @Test
    void sessionsThatNobodyTriedToEndAreNotOver() {
        PersonId ada = scene.employed("ada");
        scene.server.opensSessions(ada, 2);
        given(ada, over(), true);
        scene.server.skips = Step.EndSessions.class::isInstance;

        turn();

        assertThat(scene.number("SELECT count(*) FROM password WHERE attempts = 1 AND due > now() AND NOT taken"))
                .isEqualTo(1);
    }

    @Test
    void anotherServerThanTheOneThatHasItIsNotTheEndOfIt() {
        PersonId ada = scene.employed("ada");
        given(ada, over(), true);
        String known = scene.server.identity;
        scene.server.identity = "another";

        assertThatThrownBy(this::turn)
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(EngineFailure.Kind.MOVED));

        assertThat(withdrawn()).isEmpty();
        assertThat(rows(ada)).isEqualTo(1);
        scene.server.identity = known;
        turn();
        assertThat(withdrawn()).containsExactly(ada);
    }

    @Test
    void whoeverAskedAgainInTimeKeepsTheNewOne() {
        PersonId ada = scene.employed("ada");
        scene.server.opensSessions(ada, 2);
        given(ada, over(), true);
        given(ada, Instant.now().plusSeconds(600), true);

        turn();

        assertThat(withdrawn()).isEmpty();
        assertThat(scene.server.login(ada).orElseThrow().sessions()).isEqualTo(2);
        assertThat(rows(ada)).isEqualTo(1);
    }

    @Test
    void whatSomebodyIsBeingGivenJustNowIsNotTaken() {
        PersonId ada = scene.employed("ada");
        given(ada, over(), true);
        long next = desk.expect(ada, Instant.now().plusSeconds(600), true);

        turn();
        assertThat(withdrawn()).isEmpty();

        assertThat(scene.number("SELECT count(*) FROM password WHERE attempts = 0 AND due > now() AND ends < now()"))
                .as("nothing failed, so the first failure is told of")
                .isEqualTo(1);

        desk.book.discard(next);
        scene.run("UPDATE password SET due = now() WHERE person = '" + ada + "'");
        turn();
        assertThat(withdrawn()).containsExactly(ada);
    }

    @Test
    void whoeverDiedWhileGivingLeavesNoPasswordWithoutAnEnd() {
        PersonId ada = scene.employed("ada");
        given(ada, over(), true);
        desk.expect(ada, over(), true);
        scene.run("UPDATE password SET asked = now() - interval '11 minutes'");

        turn();

        assertThat(withdrawn()).hasSize(2).containsOnly(ada);
    }

    /// A process that looks after both targets.
    private Rig both(Scene one, Scene other) {
        Map<String, TargetsConfig.TargetConfig> targets = new HashMap<>(one.site.targets());
        targets.putAll(other.site.targets());
        Rig rig = new Rig(premises.site(engine, targets));
        String another = "  %s: {engine: cassandra, environment: test, databases: [shop], drift: revert}\nroles:\n";
        rig.follow(rig.contract(1, one.text().replace("roles:\n", another.formatted(other.target))));
        return rig;
    }

    private void turn() {
        desk.turn();
    }
}
