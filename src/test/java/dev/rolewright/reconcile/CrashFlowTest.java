package dev.rolewright.reconcile;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.EngineFailure;
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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Processes die between any two lines, race each other and lose their targets for a while; in the end everybody has
/// what they should have and nobody else was touched.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@Timeout(600)
class CrashFlowTest {

    private static final RoleName READER = new RoleName("shop_reader");

    @Inject
    Premises premises;

    private final FakeEngine engine = new FakeEngine();
    private Scene scene;
    private final List<PersonId> people = new ArrayList<>();
    private final Set<PersonId> members = new HashSet<>();
    private final Set<PersonId> active = new HashSet<>();
    private int hired;
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @BeforeEach
    void setTheScene() {
        scene = new Scene(premises, engine);
        scene.follow(scene.text()
                .replaceAll(
                        "brakes:.*",
                        "brakes: {removeLogins: \"100%\", suspendLogins: \"100%\","
                                + " revokeMemberships: \"100%\", atLeast: 100}"));
        scene.server.strangers.addAll(Set.of("app_shop", "p3", "P5"));
        scene.crew(3); // who always stay
        people.clear();
        members.clear();
        active.clear();
    }

    @Test
    void whateverIsCutOffIsFinishedByTheNext() {
        int deaths = 0;
        for (int round = 0; round < 60; round++) {
            push(1 + random.nextInt(4));
            Mortal life = new Mortal(random.nextInt(45));
            if (random.nextInt(4) == 0) {
                scene.wantWhole();
            }
            try {
                scene.server.before = life::breathe;
                scene.another(life.line(premises.store), Rig.LEASE).settle(scene.target);
            } catch (RuntimeException | Mortal.Death end) {
                assertThat(life.isDead()).as("died of nothing else: %s", end).isTrue();
                deaths++;
                scene.leaseEnds();
            }
            scene.server.before = () -> {};
            if (random.nextInt(3) == 0) {
                finish();
                assertTrue();
            }
        }
        finish();

        assertTrue();
        assertThat(deaths).isGreaterThan(20);
    }

    /// The row about the login that is made anew says that it is gone until the pass ends.
    @Test
    void whoCameBackInAPassThatWasCutOffAndLeavesAgainIsOut() {
        PersonId ada = scene.employed("ada");
        scene.leftLongAgo(ada);
        assertThat(scene.server.login(ada)).isEmpty();

        scene.idp.takesBack(ada);
        scene.server.before = () -> {
            if (scene.server.login(ada).isPresent()) {
                throw new Mortal.Death();
            }
        };
        assertThatThrownBy(scene::settle).isInstanceOf(Mortal.Death.class);
        scene.server.before = () -> {};
        scene.leaseEnds();
        scene.idp.dismisses(ada);
        scene.settle();

        assertThat(scene.server.login(ada).orElseThrow().state().isActive()).isFalse();
    }

    @Test
    void twoProcessesAreNeverAtOneTargetAtOnceAndLoseNothing() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicBoolean calm = new AtomicBoolean();
        scene.server.refuses = _ -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            inside.decrementAndGet();
            return !calm.get() && random(20) == 0
                    ? Optional.of(FakeServer.failure(EngineFailure.Kind.BUSY))
                    : Optional.empty();
        };
        AtomicBoolean over = new AtomicBoolean();
        List<TargetLoop> loops = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Rig rig = scene.another();
            TargetLoop loop = rig.loop(scene.target);
            loops.add(loop);
            threads.add(Thread.ofVirtual().start(loop));
            threads.add(Thread.ofVirtual().start(() -> {
                while (!over.get()) {
                    rig.fanOut.drain();
                    rig.alarm.pause(Duration.ofMillis(3));
                }
            }));
        }
        try {
            for (int i = 0; i < 60; i++) {
                push(1);
                if (i % 15 == 5) {
                    scene.server.down = Optional.of(FakeServer.failure(EngineFailure.Kind.UNREACHABLE));
                } else if (i % 15 == 9) {
                    scene.server.down = Optional.empty();
                }
                Thread.sleep(random.nextInt(12));
            }
            scene.server.down = Optional.empty();
            calm.set(true);

            await().pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
                scene.run("UPDATE login SET due = now() WHERE due IS NOT NULL AND NOT settled AND target = '"
                        + scene.target + "'");
                scene.run("UPDATE target_state SET not_before = NULL WHERE target = '" + scene.target + "'");
                assertTrue();
            });
        } finally {
            loops.forEach(TargetLoop::stop);
            over.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void anotherProcessTakesOverWhenTheLeaseIsOver() {
        PersonId ada = scene.employed("ada");
        Duration lease = Duration.ofMillis(600);
        Mortal life = new Mortal(Integer.MAX_VALUE);
        scene.server.before = () -> {
            if (scene.server.lock.availablePermits() == 0) {
                throw new Mortal.Death();
            }
        };
        scene.idp.dismisses(ada);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> scene.another(life.line(premises.store), lease).settle(scene.target)))
                .isInstanceOf(Mortal.Death.class);
        scene.server.before = () -> {};
        long died = System.nanoTime();
        Instant over = OffsetDateTime.parse(
                        premises.texts("SELECT to_json(lease_until) #>> '{}' FROM target_state WHERE target = '"
                                        + scene.target + "'")
                                .getFirst())
                .toInstant();
        Rig heir = scene.another();

        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            heir.settle(scene.target);
            return !scene.server.login(ada).orElseThrow().state().isActive();
        });

        assertThat(Duration.ofNanos(System.nanoTime() - died)).isLessThan(Duration.ofSeconds(2));
        assertThat(Instant.now()).isAfter(over);
    }

    @Test
    void whoLostTheTargetWritesNothingMore() throws Exception {
        PersonId ada = scene.employed("ada");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        scene.server.refuses = step -> {
            if (step instanceof Step.SuspendLogin) {
                inside.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return Optional.empty();
        };
        scene.idp.dismisses(ada);
        Rig slow = scene.another();
        Thread thread = Thread.ofVirtual().start(() -> slow.settle(scene.target));
        inside.await();
        scene.leaseEnds();
        Rig other = scene.another();
        // It claims the target, and finds the server still locked by the slow one.
        assertThat(other.loop(scene.target).turn()).isPositive();
        long number = lease();

        go.countDown();
        thread.join();

        assertThat(scene.number("SELECT count(*) FROM pass WHERE target = '" + scene.target + "' AND ended IS NULL"))
                .isEqualTo(1);
        assertThat(scene.known(ada).map(KnownLogin::state)).contains(KnownLogin.State.ACTIVE);
        assertThat(lease()).isEqualTo(number);
        scene.run("UPDATE target_state SET not_before = NULL WHERE target = '" + scene.target + "'");
        other.settle(scene.target);
        assertThat(scene.known(ada).map(KnownLogin::state)).contains(KnownLogin.State.SUSPENDED);
    }

    @Test
    void aProcessThatIsWokenElsewhereWakesThisOne() {
        Rig here = scene.another();
        Rig there = scene.another();
        Thread listening = Thread.ofVirtual().start(here.wake::listen);
        await().until(() -> here.alarm.count() > 0); // it rings once when it begins to listen
        long before = here.alarm.count();

        there.wake.everybody();

        await().until(() -> here.alarm.count() > before);
        here.wake.stop();
        there.wake.everybody();
        await().until(() -> !listening.isAlive());
    }

    private long lease() {
        return scene.number("SELECT lease_number FROM target_state WHERE target = '" + scene.target + "'");
    }

    private synchronized int random(int bound) {
        return random.nextInt(bound);
    }

    private void push(int number) {
        for (int i = 0; i < number; i++) {
            if (people.size() < 3 || random(5) == 0) {
                PersonId person = scene.idp.hires("p" + hired++);
                people.add(person);
                active.add(person);
                scene.idp.adds(scene.readers, person);
                members.add(person);
                continue;
            }
            PersonId person = people.get(random(people.size()));
            switch (random(5)) {
                case 0 -> {
                    scene.idp.dismisses(person);
                    active.remove(person);
                }
                case 1 -> {
                    scene.idp.takesBack(person);
                    active.add(person);
                }
                case 2 -> {
                    scene.idp.adds(scene.readers, person);
                    members.add(person);
                }
                case 3 -> {
                    scene.idp.removes(scene.readers, person);
                    members.remove(person);
                }
                default -> {
                    scene.idp.deletes(person);
                    people.remove(person);
                    members.remove(person);
                    active.remove(person);
                }
            }
        }
    }

    /// A process that lives finishes what others left.
    private void finish() {
        Rig last = scene.another();
        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            scene.run("UPDATE target_state SET not_before = NULL WHERE target = '" + scene.target + "'");
            last.settle(scene.target);
            return scene.number("SELECT count(*) FROM dirty WHERE target = '" + scene.target + "'") == 0;
        });
    }

    private void assertTrue() {
        Set<PersonId> entitled = new HashSet<>(active);
        entitled.retainAll(members);
        Set<PersonId> having = new HashSet<>();
        Set<PersonId> seen = new HashSet<>();
        synchronized (scene.server) {
            for (SeenLogin login : scene.server.logins.values()) {
                assertThat(seen.add(login.state().person()))
                        .as("one login for one person, seed %d", seed)
                        .isTrue();
                if (login.state().isActive()) {
                    having.add(login.state().person());
                    assertThat(login.state().memberships()).extracting("role").containsExactly(READER);
                } else {
                    assertThat(login.state().memberships()).isEmpty();
                }
            }
            assertThat(scene.server.strangers).contains("app_shop", "p3", "P5", "postgres", "owner");
        }
        having.removeIf(person -> !people.contains(person) && !entitled.contains(person) && isStayer(person));
        assertThat(having).as("seed %d", seed).isEqualTo(entitled);
    }

    private boolean isStayer(PersonId person) {
        return scene.known(person)
                .filter(login -> login.name().value().startsWith("person"))
                .isPresent();
    }
}
