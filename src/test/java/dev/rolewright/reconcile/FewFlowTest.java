package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What keeps everybody from being looked at keeps nobody in of whom somebody has spoken.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class FewFlowTest {

    @Inject
    Premises premises;

    private Scene scene;
    private PersonId ada;

    @BeforeEach
    void setTheScene() {
        scene = new Scene(premises, new FakeEngine());
        ada = scene.employed("ada");
        scene.employed("bob");
    }

    @Test
    void whoLeavesIsOutThoughTheServerCannotTellOfEverybody() {
        hideEverybody(FakeServer.failure(EngineFailure.Kind.UNEXPECTED));

        scene.idp.dismisses(ada);
        scene.settle();

        assertThat(scene.server.login(ada).orElseThrow().state().isActive()).isFalse();
    }

    @Test
    void whoLeavesIsOutThoughADefectOfOursIsAboutSomebodyElse() {
        hideEverybody(new IllegalStateException("a defect"));

        scene.idp.dismisses(ada);
        scene.settle();

        assertThat(scene.server.login(ada).orElseThrow().state().isActive()).isFalse();
    }

    @Test
    void thatEverybodyCannotBeLookedAtIsToldAndTriedAgain() {
        hideEverybody(FakeServer.failure(EngineFailure.Kind.UNEXPECTED));
        scene.idp.dismisses(ada);
        scene.settle();
        tryAgain();
        assertThat(scene.number("SELECT failures FROM target_state WHERE target = '" + scene.target + "'"))
                .isEqualTo(2);

        scene.server.hides = _ -> {};
        tryAgain();

        assertThat(scene.number("SELECT count(*) FROM target_state WHERE failures = 0 AND whole_due > now()"
                        + " AND target = '" + scene.target + "'"))
                .isEqualTo(1);
        assertThat(scene.number("SELECT count(*) FROM dirty WHERE target = '" + scene.target + "'"))
                .isZero();
    }

    private void hideEverybody(RuntimeException why) {
        scene.server.hides = scope -> {
            if (scope instanceof Scope.Whole) {
                throw why;
            }
        };
        scene.wantWhole();
    }

    private void tryAgain() {
        scene.run("UPDATE target_state SET not_before = NULL WHERE target = '" + scene.target + "'");
        scene.settle();
    }
}
