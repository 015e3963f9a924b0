package dev.rolewright.reconcile;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.proof.Proofs;
import dev.rolewright.reconcile.work.Lease;
import dev.rolewright.reconcile.work.Work;
import dev.rolewright.store.Hitch;
import dev.rolewright.store.Store;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What works for as long as its process lives goes on after failures that nobody expects.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class NothingEndsItFlowTest {

    @Inject
    Premises premises;

    private Scene scene;

    @BeforeEach
    void setTheScene() {
        scene = new Scene(premises, new FakeEngine());
    }

    @Test
    void aPassThatGoesTooDeepIsAFailureOfItsTarget() {
        PersonId ada = scene.employed("ada");
        scene.idp.dismisses(ada);
        scene.rig.fanOut.drain();
        scene.server.before = () -> {
            throw new StackOverflowError();
        };

        assertThat(scene.rig.loop(scene.target).turn()).isPositive();

        assertThat(scene.number("SELECT failures FROM target_state WHERE lease_until IS NULL AND target = '"
                        + scene.target + "'"))
                .isEqualTo(1);
        scene.server.before = () -> {};
        scene.run("UPDATE target_state SET not_before = NULL WHERE target = '" + scene.target + "'");
        scene.settle();
        assertThat(isLockedOut(ada)).isTrue();
    }

    @Test
    void aLoopOutlivesWhatIsGraver() {
        PersonId ada = scene.employed("ada");
        scene.idp.dismisses(ada);
        scene.rig.fanOut.drain();
        AtomicInteger failures = fail(2);
        TargetLoop loop = scene.rig.loop(scene.target);
        Thread running = Thread.ofVirtual().start(loop);
        try {
            await().until(() -> {
                scene.leaseEnds();
                return isLockedOut(ada);
            });
            assertThat(failures.get()).isNegative();
            assertThat(running.isAlive()).isTrue();
        } finally {
            loop.stop();
            scene.rig.alarm.ring();
        }
    }

    @Test
    void leasesAreRenewedAgain() {
        Hitch line = new Hitch(scene.site.store(), 2);
        Rig other = new Rig(scene.site, line.line(), Duration.ofSeconds(1));
        scene.wantWhole();
        Lease lease = scene.rig
                .queue
                .claim(scene.target, "keeper", Rig.LEASE, Instant.now().plus(Duration.ofDays(1)), Instant.now())
                .map(Work::lease)
                .orElseThrow();
        scene.leaseEnds();
        other.keeper.keep(lease);

        Thread.ofVirtual().start(other.keeper::run);

        try {
            await().until(() ->
                    scene.number("SELECT count(*) FROM target_state WHERE lease_until > now() AND target = '"
                                    + scene.target + "'")
                            == 1);
            assertThat(line.isOver()).isTrue();
        } finally {
            other.keeper.stop();
        }
    }

    @Test
    void whoListensHearsAgain() {
        Hitch line = new Hitch(scene.site.store(), 1);
        Rig other = new Rig(scene.site, line.line(), Rig.LEASE);
        Thread.ofVirtual().start(other.wake::listen);
        try {
            await().until(() -> other.alarm.count() > 0);
            long before = other.alarm.count();

            scene.rig.wake.everybody();

            await().until(() -> other.alarm.count() > before);
            assertThat(line.isOver()).isTrue();
        } finally {
            other.wake.stop();
        }
    }

    @Test
    void proofsAreMadeAgain() {
        PersonId ada = scene.employed("ada");
        scene.idp.dismisses(ada);
        scene.settle();
        Proofs proofs = scene.rig.proof.proofs(scene.rig.config, scene.rig::active, new Store(scene.site.store()));
        AtomicInteger failures = fail(1);

        await().until(() -> {
            proofs.ring(scene.target);
            return !scene.server.attempts.isEmpty();
        });

        assertThat(failures.get()).isNegative();
    }

    private boolean isLockedOut(PersonId person) {
        return !scene.server.login(person).orElseThrow().state().isActive();
    }

    /// The target fails so often, as if something of ours were missing.
    ///
    /// @return how often it still will; negative when it did something since
    private AtomicInteger fail(int times) {
        AtomicInteger left = new AtomicInteger(times);
        scene.server.before = () -> {
            if (left.getAndDecrement() > 0) {
                throw new NoClassDefFoundError("only in a test");
            }
        };
        return left;
    }
}
