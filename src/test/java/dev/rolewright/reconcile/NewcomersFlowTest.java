package dev.rolewright.reconcile;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.login.KnownLogin;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many newcomers are made one portion after the other, here one person each, and written down beside it.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@Timeout(600)
class NewcomersFlowTest {

    private static final int MANY = 6;
    private static final int WAITING = 3;

    @Inject
    Premises premises;

    private Scene scene;
    private final List<PersonId> people = new ArrayList<>();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @BeforeEach
    void setTheScene() {
        scene = new Scene(premises, new FakeEngine());
        for (int i = 0; i < MANY; i++) {
            people.add(scene.idp.hires("n" + i));
        }
        scene.idp.adds(scene.readers, people);
        scene.server.refuses = step -> {
            if (isMaking(step, people.get(WAITING))) {
                inside.countDown();
                hold(go);
            }
            return Optional.empty();
        };
    }

    @Test
    void writesDownWhatCameOfSomeWhileTheNextAreMade() throws Exception {
        Thread pass = pass();

        await().until(() -> told() == 2 * WAITING);
        assertThat(state(WAITING - 1)).contains(KnownLogin.State.ACTIVE);
        assertThat(settled()).isEqualTo(WAITING);
        // Its name and the next one's are durable, and nobody needs those behind them yet.
        await().until(() -> state(WAITING + 1).isPresent());
        assertThat(state(WAITING)).contains(KnownLogin.State.PENDING);
        assertThat(state(WAITING + 1)).contains(KnownLogin.State.PENDING);
        assertThat(state(WAITING + 2)).isEmpty();
        assertThat(number("SELECT count(*) FROM pass WHERE ended IS NULL AND target = '%s'"))
                .isEqualTo(1);
        // So is what is to be done.
        await().until(() -> planned("ended IS NULL") == 2 * MANY);

        go.countDown();
        pass.join();

        assertThat(settled()).isEqualTo(MANY);
        assertThat(told()).isEqualTo(2 * MANY);
        assertThat(number("SELECT done FROM pass WHERE outcome = 'done' AND done > 2 AND target = '%s'"))
                .isEqualTo(2 * MANY);
        assertThat(planned("outcome = 'done' AND done > 2")).isEqualTo(2 * MANY);
        assertThat(number("SELECT count(*) FROM dirty WHERE target = '%s'")).isZero();
        assertThat(number("SELECT active FROM target_state WHERE target = '%s'"))
                .isEqualTo(MANY);
    }

    @Test
    void makesAndWritesNoMoreWhenTheTargetIsLost() throws Exception {
        Thread pass = pass();
        await().until(() -> told() == 2 * WAITING && state(WAITING + 1).isPresent());
        scene.run("UPDATE target_state SET lease_number = lease_number + 1 WHERE target = '" + scene.target + "'");

        go.countDown();
        pass.join();

        // One more may be under way when it turns out that nothing more can be written down.
        assertThat(made()).isBetween(WAITING + 1L, WAITING + 2L);
        assertThat(told()).isEqualTo(2 * WAITING);
        assertThat(settled()).isEqualTo(WAITING);
        assertThat(state(WAITING + 2)).isEmpty();

        // A process that ends before it has written its plan leaves a pass without one.
        scene.run("UPDATE pass SET plan = NULL WHERE ended IS NULL AND target = '" + scene.target + "'");
        scene.run("UPDATE target_state SET lease_until = NULL WHERE target = '" + scene.target + "'");
        scene.another().settle(scene.target);

        assertThat(settled()).isEqualTo(MANY);
        assertThat(made()).isEqualTo(MANY);
    }

    @Test
    void aPlanAboutSomebodyWhoWasHereBeforeIsWrittenBeforeAnythingIsDone() throws Exception {
        scene.run(
                "INSERT INTO login (target, person, name, look, server_id, server, state, since, held, settled, hiding,"
                        + " attempts) VALUES ('" + scene.target + "', '" + people.getFirst()
                        + "', 'before', 'before', '1', 'server', 'dropped', now(), false, true, false, 0)");
        List<Long> seen = new ArrayList<>();
        scene.server.refuses = _ -> {
            seen.add(planned("ended IS NULL"));
            return Optional.empty();
        };

        scene.another().settle(scene.target);

        assertThat(seen).hasSizeGreaterThanOrEqualTo(2 * MANY).doesNotContain(0L);
    }

    @Test
    void tellsOfEachStepOnceWhenTheServerGoesAwayAmongThem() throws Exception {
        Thread pass = pass();
        await().until(() -> told() == 2 * WAITING);
        scene.server.down = Optional.of(FakeServer.failure(EngineFailure.Kind.UNREACHABLE));

        go.countDown();
        pass.join();

        assertThat(number("SELECT count(*) FROM pass WHERE outcome = 'failed' AND target = '%s'"))
                .isEqualTo(1);
        assertThat(told()).isEqualTo(2 * WAITING);
        assertThat(audited("step.skipped")).isEqualTo(2 * (MANY - WAITING));

        scene.server.down = Optional.empty();
        scene.run("UPDATE target_state SET not_before = NULL WHERE target = '" + scene.target + "'");
        scene.run("UPDATE login SET due = now() WHERE NOT settled AND target = '" + scene.target + "'");
        scene.settle();

        assertThat(settled()).isEqualTo(MANY);
        assertThat(made()).isEqualTo(MANY);
    }

    /// How many lines the plan of a pass has.
    private long planned(String which) {
        return number("SELECT coalesce(sum(json_array_length(plan -> 'lines') + (SELECT coalesce(sum("
                + "json_array_length(r.lines)), 0) FROM pass_plan r WHERE r.pass = p.id)), 0) FROM pass p WHERE "
                + which
                + " AND target = '%s'");
    }

    private Thread pass() throws InterruptedException {
        Thread pass = Thread.ofVirtual().start(() -> scene.another().settle(scene.target));
        inside.await();
        return pass;
    }

    private static boolean isMaking(Step step, PersonId person) {
        return step instanceof Step.CreateLogin(var account, var _)
                && account.person().equals(person);
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        }
    }

    private long made() {
        return scene.server.performed.stream()
                .filter(Step.CreateLogin.class::isInstance)
                .count();
    }

    private long told() {
        return audited("step.done");
    }

    private long audited(String action) {
        return number("SELECT count(*) FROM audit_event WHERE action = '" + action
                + "' AND subject_type = 'Person' AND detail ->> 'target' = '%s'");
    }

    private long settled() {
        return number("SELECT count(*) FROM login WHERE settled AND target = '%s'");
    }

    private Optional<KnownLogin.State> state(int person) {
        return scene.known(people.get(person)).map(KnownLogin::state);
    }

    private long number(String query) {
        return scene.number(query.formatted(scene.target));
    }
}
