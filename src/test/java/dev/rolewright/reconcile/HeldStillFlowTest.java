package dev.rolewright.reconcile;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.work.Lease;
import dev.rolewright.reconcile.work.Work;
import dev.rolewright.store.Store;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A process that stands still for a while, as one does whose machine was stopped.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class HeldStillFlowTest {

    private static final Duration LEASE = Duration.ofSeconds(1);

    @Inject
    Premises premises;

    @Inject
    Store store;

    private Scene scene;

    @BeforeEach
    void setTheScene() {
        scene = new Scene(premises, new FakeEngine());
    }

    @Test
    void losesTheTargetWithTheLease() throws Exception {
        scene.wantWhole();
        Lease lease = claim("held").orElseThrow();
        CountDownLatch renewed = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        FutureTask<Boolean> held = new FutureTask<>(() -> store.together(() -> {
            scene.rig.queue.renew(lease);
            renewed.countDown();
            return stand(awake);
        }));
        Thread.ofVirtual().start(held);
        renewed.await();

        await().atMost(Duration.ofSeconds(8)).until(() -> claim("awake").isPresent());

        awake.countDown();
        assertThatThrownBy(held::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(RuntimeException.class);
        assertThat(scene.rig.queue.renew(lease)).isFalse();
    }

    @Test
    void leavesTheMarksToWhoeverHasTakenOver() {
        PersonId ada = scene.idp.hires("ada"); // who has nothing to do with the target, as far as it knows
        Rig held = scene.another();
        held.fanOut.drain();
        held.clock.meanwhile = () -> {
            scene.leaseEnds();
            assertThat(claim("awake")).isPresent();
        };

        held.loop(scene.target).turn();

        assertThat(scene.rig.queue.marked(scene.target)).containsExactly(ada);
    }

    @Test
    void doesNothingOnATargetWhenItWasToldToEndMeanwhile() {
        PersonId ada = scene.employed("ada");
        scene.idp.dismisses(ada);
        scene.rig.fanOut.drain();
        scene.server.down = Optional.of(FakeServer.failure(EngineFailure.Kind.UNREACHABLE));
        TargetLoop ending = scene.rig.loop(scene.target);
        ending.stop();

        assertThat(ending.turn()).isPositive();

        scene.server.down = Optional.empty();
        scene.another().settle(scene.target);
        assertThat(scene.server.login(ada).orElseThrow().state().isActive())
                .as("others need not wait as after a failure")
                .isFalse();
    }

    private Optional<Lease> claim(String holder) {
        Instant since = Instant.now().plus(Duration.ofDays(1));
        return scene.rig
                .queue
                .claim(scene.target, holder, LEASE, since, Instant.now())
                .map(Work::lease);
    }

    private static boolean stand(CountDownLatch awake) {
        try {
            awake.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
