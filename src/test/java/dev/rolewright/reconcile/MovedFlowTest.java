package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.login.KnownLogin;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A target's address leads to another server than before: a copy, a restored one, somebody else's.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class MovedFlowTest {

    private static final String OUTRUN = "SELECT count(*) FROM target_state WHERE outrun IS NOT NULL AND target = '";

    @Inject
    Premises premises;

    private final FakeEngine engine = new FakeEngine();
    private Scene scene;
    private PersonId ada;
    private PersonId bob;

    @BeforeEach
    void setTheScene() {
        scene = new Scene(premises, engine);
        ada = scene.employed("ada");
        bob = scene.employed("bob");
    }

    @Test
    void nothingIsDoneOnAnotherServerAndNothingIsTakenForGone() {
        FakeServer other = engine.replace(address());
        scene.idp.dismisses(ada);
        scene.wantWhole();

        scene.settle();

        assertThat(other.performed).isEmpty();
        assertThat(scene.known(ada).map(KnownLogin::state)).contains(KnownLogin.State.ACTIVE);
        assertThat(scene.known(bob).map(KnownLogin::state)).contains(KnownLogin.State.ACTIVE);
        assertThat(scene.number("SELECT count(*) FROM target_state WHERE failure_kind = 'MOVED' AND failure LIKE '%"
                        + other.identity() + "%' AND target = '" + scene.target + "'"))
                .isEqualTo(1);
    }

    @Test
    void anotherServerProvesNothing() {
        scene.idp.dismisses(ada);
        scene.settle();
        FakeServer other = engine.replace(address());

        assertThatThrownBy(() -> scene.rig.prove(scene.target))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.MOVED));

        assertThat(other.attempts).isEmpty();
        assertThat(scene.number("SELECT count(*) FROM receipt WHERE verdict IS NULL AND person = '" + ada + "'"))
                .isEqualTo(1);
    }

    @Test
    void whenAHumanSaysSoTheTargetIsThere() {
        scene.idp.dismisses(ada);
        scene.settle();
        FakeServer other = engine.replace(address());
        scene.wantWhole();
        scene.settle();

        scene.moveTo(other.identity(), "The old machine burnt.");
        scene.settle();

        assertThat(other.login(bob).orElseThrow().state().isActive()).isTrue();
        assertThat(scene.known(bob).orElseThrow().serverId())
                .contains(other.login(bob).orElseThrow().id());
        assertThat(other.login(ada)).isEmpty();
        assertThat(scene.number("SELECT count(*) FROM receipt WHERE NOT verdict AND person = '" + ada + "'"))
                .isEqualTo(1);
        assertThat(scene.doneByGrace("target.moved")).isEqualTo(1);
    }

    @Test
    void whatTheOtherServerKnewSaysNothingOfThisOne() {
        scene.server.lastPass = scene.server.lastPass.map(pass -> pass + 5);
        scene.wantWhole();
        scene.settle();
        assertThat(scene.number(OUTRUN + scene.target + "'")).isEqualTo(1);

        FakeServer other = engine.replace(address());
        other.lastPass = Optional.of(1_000_000L);
        scene.moveTo(other.identity(), "The old machine burnt.");
        scene.settle();

        assertThat(scene.number(OUTRUN + scene.target + "'")).isZero();
        assertThat(other.login(bob).orElseThrow().state().isActive()).isTrue();
    }

    @Test
    void aNameBelongsToWhoeverHasItThere() {
        FakeServer other = moveToWhereBobIsCalledAda();

        assertThat(other.login(bob).orElseThrow().state().name()).isEqualTo(new LoginName("ada"));
        assertThat(other.login(bob).orElseThrow().state().isActive()).isTrue();
        assertThat(other.login(ada).orElseThrow().state().isActive()).isTrue();

        scene.idp.dismisses(ada);
        scene.settle();

        assertThat(other.login(ada).orElseThrow().state().isActive()).isFalse();
        assertThat(other.login(bob).orElseThrow().state().isActive()).isTrue();
    }

    @Test
    void aNameOfSomebodyWhoIsGoneBelongsToWhoeverHasItThere() {
        scene.run("UPDATE login SET state = 'dropped' WHERE person = '" + ada + "'");
        scene.idp.deletes(ada);
        FakeServer other = moveToWhereBobIsCalledAda();

        scene.idp.dismisses(bob);
        scene.wantWhole();
        scene.settle();

        assertThat(other.login(bob).orElseThrow().state().isActive()).isFalse();
    }

    private FakeServer moveToWhereBobIsCalledAda() {
        FakeServer other = engine.replace(address());
        Account account = new Account(new LoginName("ada"), bob, Optional.empty());
        other.perform(new Step.CreateLogin(account, Optional.empty()));
        scene.wantWhole();
        scene.settle();
        scene.moveTo(other.identity(), "Both clusters are one now.");
        scene.settle();
        return other;
    }

    @Test
    void nobodyMovesATargetToWhereItIs() {
        String here = scene.server.identity();

        assertThatThrownBy(() -> scene.moveTo(here, "Because.")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> scene.moveTo("elsewhere", " ")).isInstanceOf(IllegalArgumentException.class);
    }

    private String address() {
        return scene.site.targets().get(scene.target.value()).url();
    }
}
