package dev.rolewright.reconcile;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Something goes wrong while newcomers are made and somebody is spoken of.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@Timeout(600)
class InterludeTroubleFlowTest extends ArrivalsFlow {

    private static final int STRIDE = 5;

    @Test
    void aServerThatGoesAwayMeanwhileEndsBoth() {
        arrivals.hire();
        var making = scene.server.refuses;
        scene.server.refuses = step -> {
            if (step instanceof Step.SuspendLogin) {
                scene.server.down = Optional.of(FakeServer.failure(EngineFailure.Kind.UNREACHABLE));
            }
            return making.apply(step);
        };
        arrivals.whileMaking(2, () -> scene.idp.dismisses(ada));

        scene.settle();

        assertThat(arrivals.made()).isEqualTo(3);
        assertThat(arrivals.number("SELECT count(*) FROM pass WHERE outcome = 'failed' AND target = '%s'"))
                .isEqualTo(2);
        assertThat(arrivals.marks(ada)).isPositive();

        scene.server.refuses = making;
        scene.server.down = Optional.empty();
        scene.run("UPDATE target_state SET not_before = NULL WHERE target = '" + scene.target + "'");
        scene.settle();
        scene.rig.prove(scene.target);

        assertThat(arrivals.made()).isEqualTo(Arrivals.MANY);
        assertThat(arrivals.isActive(ada)).isFalse();
        assertThat(scene.number("SELECT count(*) FROM receipt WHERE verdict AND person = '" + ada + "'"))
                .isPositive();
        assertThat(scene.number("SELECT count(*) FROM receipt WHERE verdict IS NOT true AND person = '" + ada + "'"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatFailsForOneKeepsNobodyFromComingAndIsTriedOnce(boolean defect) {
        arrivals.hire();
        List<Scope> looks = new ArrayList<>();
        scene.server.hides = scope -> {
            if (isAboutAda(scope)) {
                looks.add(scope);
                throw defect ? new IllegalStateException("a defect") : FakeServer.failure(EngineFailure.Kind.UNSAFE);
            }
        };
        arrivals.whileMaking(1, () -> scene.idp.dismisses(ada));
        scene.rig.fanOut.drain();

        assertThat(scene.rig.loop(scene.target).turn()).isZero();

        assertThat(looks).hasSize(1);
        assertThat(arrivals.made()).isEqualTo(Arrivals.MANY);
        assertThat(arrivals.marks(ada)).isPositive();
        assertThat(arrivals.isActive(ada)).isTrue();

        scene.server.hides = _ -> {};
        scene.settle();
        assertThat(arrivals.isActive(ada)).isFalse();
    }

    @Test
    void whoIsToldToEndBeginsNothingMore() {
        arrivals.hire();
        TargetLoop loop = scene.rig.loop(scene.target);
        arrivals.whileMaking(2, () -> {
            scene.idp.dismisses(ada);
            loop.stop();
        });
        scene.rig.fanOut.drain();

        loop.turn();

        assertThat(arrivals.made()).isEqualTo(3);
        assertThat(arrivals.isActive(ada)).isTrue();
        assertThat(arrivals.marks(ada)).isPositive();

        scene.another().settle(scene.target);
        assertThat(arrivals.isActive(ada)).isFalse();
        assertThat(arrivals.made()).isEqualTo(Arrivals.MANY);
    }

    @Test
    void whoLostTheTargetTakesNothingFromTheQueue() {
        arrivals.hire();
        arrivals.whileMaking(2, () -> {
            scene.idp.dismisses(ada);
            scene.run("UPDATE target_state SET lease_number = lease_number + 1 WHERE target = '" + scene.target + "'");
        });
        scene.rig.fanOut.drain();

        scene.rig.loop(scene.target).turn();

        assertThat(arrivals.made()).isEqualTo(3);
        assertThat(arrivals.isActive(ada)).isTrue();
        assertThat(arrivals.marks(ada)).isPositive();

        scene.run("UPDATE target_state SET lease_until = NULL WHERE target = '" + scene.target + "'");
        scene.another().settle(scene.target);
        assertThat(arrivals.isActive(ada)).isFalse();
        assertThat(arrivals.made()).isEqualTo(Arrivals.MANY);
    }

    /// The pass around it goes on, and nobody else may begin one before that has ended.
    @Test
    void aPassThatIsNotMadeMeanwhileGivesNothingBack() {
        arrivals.hire();
        TargetLoop loop = scene.rig.loop(scene.target);
        List<Long> held = new ArrayList<>();
        scene.server.hides = scope -> {
            if (isAboutAda(scope)) {
                loop.stop();
            }
        };
        arrivals.whileMaking(2, () -> scene.idp.dismisses(ada));
        arrivals.whileMaking(3, () -> held.add(leases()));
        scene.rig.fanOut.drain();

        loop.turn();

        assertThat(held).containsExactly(1L);
        assertThat(arrivals.marks(ada)).isPositive();
        assertThat(arrivals.number("SELECT count(*) FROM pass WHERE ended IS NULL AND target = '%s'"))
                .isZero();
    }

    /// Whoever wrote to the server is told of when the pass is over.
    @Test
    void aStoreThatTurnsOutToBeOlderMeanwhileGivesNothingBack() {
        arrivals.hire();
        List<Long> held = new ArrayList<>();
        arrivals.whileMaking(2, () -> {
            scene.server.lastPass = Optional.of(1_000_000_000L);
            scene.idp.dismisses(ada);
        });
        arrivals.whileMaking(3, () -> held.add(leases()));
        scene.rig.fanOut.drain();

        scene.rig.loop(scene.target).turn();

        assertThat(held).containsExactly(1L);
        assertThat(arrivals.made()).isEqualTo(Arrivals.MANY);
        assertThat(arrivals.marks(ada)).isPositive();
        assertThat(arrivals.isActive(ada)).isTrue();
    }

    @Test
    void whoLosesTheTargetMeanwhileTakesNothingFromTheQueue() {
        arrivals.hire();
        var making = scene.server.refuses;
        scene.server.refuses = step -> {
            if (step instanceof Step.Leave) {
                scene.run("UPDATE target_state SET lease_number = lease_number + 1 WHERE target = '" + scene.target
                        + "'");
            }
            return making.apply(step);
        };
        arrivals.whileMaking(2, () -> scene.idp.dismisses(ada));
        scene.rig.fanOut.drain();

        scene.rig.loop(scene.target).turn();

        assertThat(arrivals.isActive(ada)).isFalse();
        assertThat(arrivals.isLocked(ada)).as("nothing is written down").isFalse();
        assertThat(arrivals.marks(ada)).isPositive();
        assertThat(arrivals.made()).isEqualTo(3);
    }

    /// The server would remember the number of a pass before the last one.
    @Test
    void aPassWithinAnotherHearsNobodyItself() {
        List<PersonId> refused = List.of(scene.idp.hires("late0"), scene.idp.hires("late1"));
        var making = scene.server.refuses;
        scene.server.refuses = step -> step instanceof Step.CreateLogin
                ? Optional.of(FakeServer.failure(EngineFailure.Kind.UNSAFE))
                : making.apply(step);
        scene.idp.adds(scene.readers, refused);
        scene.settle();
        scene.server.refuses = step -> {
            if (step instanceof Step.CreateLogin(var account, var _)
                    && account.person().equals(refused.getFirst())) {
                scene.idp.dismisses(ada);
                scene.rig.fanOut.drain();
            }
            return making.apply(step);
        };
        arrivals.hire();
        arrivals.whileMaking(1, () -> scene.rig.queue.mark(scene.target, Set.copyOf(refused)));

        scene.settle();

        assertThat(refused).allMatch(arrivals::isActive);
        assertThat(arrivals.place(Step.SuspendLogin.class, ada)).isBetween(arrivals.making(2), arrivals.making(3));
        assertThat(scene.server.lastPass).contains(arrivals.number("SELECT max(id) FROM pass WHERE target = '%s'"));
    }

    private boolean isAboutAda(Scope scope) {
        return scope instanceof Scope.Some(var some, var _) && some.contains(ada);
    }

    /// Whether somebody has the target.
    private long leases() {
        return arrivals.number("SELECT count(*) FROM target_state WHERE lease_until > now() AND target = '%s'");
    }

    @Test
    void whereverItIsCutOffTheNextProcessEndsIt() {
        int deaths = 0;
        for (int calls = ThreadLocalRandom.current().nextInt(STRIDE); ; calls += STRIDE) {
            arrivals = new Arrivals(premises);
            if (!dies(calls)) {
                break;
            }
            deaths++;
        }
        assertThat(deaths).isGreaterThan(20);
    }

    /// Ada leaves meanwhile, and so do two who come, one before and one while the login is made.
    private boolean dies(int calls) {
        scene = arrivals.scene;
        arrivals.hire();
        PersonId early = arrivals.people.get(4);
        PersonId late = arrivals.people.get(2);
        arrivals.whileMaking(1, () -> {
            scene.idp.dismisses(arrivals.ada);
            scene.idp.dismisses(early);
        });
        arrivals.whileMaking(2, () -> scene.idp.dismisses(late));
        Mortal life = new Mortal(calls);
        scene.server.before = life::breathe;
        try {
            scene.another(life.line(premises.store), Rig.LEASE).settle(scene.target);
        } catch (RuntimeException | Mortal.Death end) {
            assertThat(life.isDead()).as("died of nothing else: %s", end).isTrue();
        }
        scene.server.before = () -> {};
        scene.leaseEnds();
        arrivals.letRestHappen();
        Rig heir = scene.another();
        await().dontCatchUncaughtExceptions()
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    scene.run("UPDATE target_state SET not_before = NULL WHERE target = '" + scene.target + "'");
                    heir.settle(scene.target);
                    return arrivals.marks() == 0;
                });
        heir.prove(scene.target);

        Set<PersonId> out = Set.of(arrivals.ada, early, late);
        assertThat(scene.server.logins.values())
                .as("after %d calls", calls)
                .allSatisfy(login -> assertThat(login.state().isActive())
                        .isNotEqualTo(out.contains(login.state().person())))
                .allSatisfy(login -> assertThat(login.sessions()).isZero())
                .extracting(login -> login.state().person())
                .doesNotHaveDuplicates()
                .contains(arrivals.ada)
                .containsAll(arrivals.people.stream()
                        .filter(person -> !out.contains(person))
                        .toList());
        assertThat(arrivals.number("SELECT count(*) FROM receipt WHERE verdict AND target = '%s' AND person = '"
                        + arrivals.ada + "'"))
                .as("after %d calls", calls)
                .isPositive();
        assertThat(arrivals.number("SELECT count(*) FROM receipt WHERE verdict IS NOT true AND target = '%s'"))
                .as("after %d calls", calls)
                .isZero();
        assertThat(arrivals.number("SELECT count(*) FROM target_state WHERE outrun IS NULL AND last_pass >= "
                        + scene.server.lastPass.orElse(0L) + " AND target = '%s'"))
                .as("after %d calls", calls)
                .isEqualTo(1);
        assertThat(arrivals.number("SELECT count(*) FROM login WHERE NOT settled AND target = '%s'"))
                .as("after %d calls", calls)
                .isZero();
        return life.isDead();
    }
}
