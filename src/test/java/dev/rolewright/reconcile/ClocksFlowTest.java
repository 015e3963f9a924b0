package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.login.KnownLogin;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Clocks that somebody set: ours, and the store's.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ClocksFlowTest {

    @Inject
    Premises premises;

    private Scene scene;

    @BeforeEach
    void setTheScene() {
        FakeEngine engine = new FakeEngine();
        scene = new Scene(premises, engine);
    }

    @Test
    void whoseClockIsOffClaimsNothing() {
        scene.wantWhole();
        Instant now = Instant.now();

        assertThat(claims(now.plus(Duration.ofHours(1)))).isFalse();
        assertThat(claims(now.minus(Duration.ofHours(1)))).isFalse();
        assertThat(claims(now)).isTrue();
    }

    @Test
    void aLeaseFromBeforeTheStoresClockWasSetBackKeepsNobodyOut() {
        PersonId ada = scene.employed("ada");
        scene.run(
                "UPDATE target_state SET lease_holder = 'gone', lease_until = now() + interval '1 day' WHERE target = '"
                        + scene.target + "'");
        scene.idp.dismisses(ada);

        scene.settle();

        assertThat(scene.known(ada).map(KnownLogin::state)).contains(KnownLogin.State.SUSPENDED);
    }

    private boolean claims(Instant ours) {
        Instant since = Instant.now().plus(Duration.ofDays(1));
        return scene.rig
                .queue
                .claim(scene.target, "somebody", Duration.ofSeconds(5), since, ours)
                .isPresent();
    }
}
