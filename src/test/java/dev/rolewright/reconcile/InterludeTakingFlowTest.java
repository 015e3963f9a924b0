package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.plan.Step;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is taken from people while newcomers are made is held, proven and reported like all that is.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@Timeout(600)
class InterludeTakingFlowTest extends ArrivalsFlow {

    /// A look at everybody has not told of it yet, and one at the person alone would let it go.
    @Test
    void whatIsHeldStaysHeldWhoeverSpeaksOfIt() {
        List<PersonId> crew = scene.crew(10);
        arrivals.hire();
        crew.forEach(person -> scene.idp.removes(scene.readers, person));
        arrivals.whileMaking(1, () -> scene.idp.renames(crew.getFirst(), "other"));

        scene.settle();

        assertThat(arrivals.isActive(crew.getFirst())).isTrue();
        assertThat(scene.openHolds()).isEqualTo(1);
        assertThat(arrivals.made()).isEqualTo(Arrivals.MANY);
    }

    @Test
    void singleLeaversAddUpAndAreShown() {
        List<PersonId> crew = scene.crew(6);
        for (int i = 0; i < 5; i++) {
            scene.idp.dismisses(crew.get(i));
            scene.settle();
        }
        arrivals.hire();
        arrivals.whileMaking(1, () -> scene.idp.dismisses(crew.getLast()));

        scene.settle();

        assertThat(arrivals.isActive(crew.getLast())).isTrue();
        assertThat(scene.openHolds()).isEqualTo(1);
    }

    @Test
    void whoLeavesMeanwhileCountsForWhoLeavesAfterwards() {
        List<PersonId> crew = scene.crew(6);
        arrivals.hire();
        for (int i = 0; i < 5; i++) {
            PersonId leaver = crew.get(i);
            arrivals.whileMaking(i, () -> scene.idp.dismisses(leaver));
        }
        scene.settle();
        assertThat(crew.subList(0, 5)).noneMatch(arrivals::isActive);

        scene.idp.dismisses(crew.getLast());
        scene.settle();

        assertThat(arrivals.isActive(crew.getLast())).isTrue();
        assertThat(scene.openHolds()).isEqualTo(1);
    }

    /// What the pass itself has taken is proven and counts before it ends.
    @Test
    void aLeaverInFrontOfNewcomersIsProvenBeforeTheyAreMade() {
        List<Integer> made = new ArrayList<>();
        scene.idp.dismisses(ada);
        arrivals.hire();
        scene.rig.proofs = target -> {
            scene.rig.prove(target);
            made.add(arrivals.made());
        };

        scene.settle();

        assertThat(made).containsExactly(0);
        assertThat(arrivals.proven()).isEqualTo(1);
        assertThat(arrivals.number("SELECT count(*) FROM receipt WHERE target = '%s'"))
                .isEqualTo(1);
    }

    /// What was told of as drift would stay drift, and not be taken when it is to be.
    @Test
    void whatTurnsOutToBeEarnedMeanwhileIsNoDrift() {
        UUID writers = writersByHand();
        arrivals.hire();
        scene.wantWhole();
        arrivals.whileMaking(1, () -> scene.idp.adds(writers, ada));
        scene.settle();
        assertThat(scene.server.rolesOf(ada)).hasSize(2);
        assertThat(arrivals.number("SELECT count(*) FROM drift WHERE gone IS NULL AND target = '%s'"))
                .isZero();

        scene.idp.removes(writers, ada);
        scene.settle();

        assertThat(scene.server.rolesOf(ada)).containsExactly(new RoleName("shop_reader"));
    }

    /// Both passes look at the person, and only the last word about him counts.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasDoneByHandStaysKnownWhenSomebodyIsSpokenOfAgain(boolean whole) {
        var _ = writersByHand();
        scene.wantWhole();
        scene.settle();
        scene.rig.queue.mark(scene.target, Set.of(ada));
        if (whole) {
            scene.wantWhole();
        }
        arrivals.hire();
        arrivals.whileMaking(1, () -> scene.rig.queue.mark(scene.target, Set.of(ada)));

        scene.settle();

        assertThat(arrivals.isOver()).isTrue();
        assertThat(scene.server.rolesOf(ada)).hasSize(2);
        assertThat(arrivals.number("SELECT count(*) FROM drift WHERE gone IS NULL AND target = '%s'"))
                .isEqualTo(1);
    }

    /// It is not written down yet that his sessions were ended, so they are ended again before he is let in.
    @Test
    void whoIsTakenBackMeanwhileIsNotToBeProvenOut() {
        scene.idp.dismisses(ada);
        arrivals.hire();
        arrivals.whileMaking(0, () -> scene.idp.takesBack(ada));

        scene.settle();
        scene.rig.prove(scene.target);

        assertThat(arrivals.isActive(ada)).isTrue();
        assertThat(arrivals.place(Step.ResumeLogin.class, ada)).isLessThan(arrivals.making(1));
        assertThat(arrivals.number("SELECT count(*) FROM receipt WHERE target = '%s'"))
                .isEqualTo(1);
        assertThat(arrivals.number("SELECT count(*) FROM receipt WHERE overtaken IS NULL AND target = '%s'"))
                .isZero();
    }

    @Test
    void whatIsAllowedIsMeasuredByWhoIsThereByNow() {
        List<PersonId> crew = scene.crew(40);
        scene.loseTheStore();
        arrivals.hire();
        arrivals.whileMaking(1, () -> crew.subList(0, 6).forEach(scene.idp::dismisses));

        scene.settle();

        assertThat(crew.subList(0, 6))
                .allSatisfy(person -> assertThat(arrivals.place(Step.SuspendLogin.class, person))
                        .isBetween(arrivals.making(1), arrivals.making(2)));
    }

    /// Somebody has given ada a role that she is to have only among the writers.
    private UUID writersByHand() {
        UUID writers = scene.idp.founds("writers-" + scene.crew);
        scene.follow(scene.text()
                .replace("drift: revert", "drift: report")
                .replace(
                        "mappings:\n",
                        "  shop_writer: {kind: read-write, purpose: Writing, owner: us, target: " + scene.target
                                + "}\nmappings:\n  - {name: writers write, group: {displayName: writers-" + scene.crew
                                + "}, roles: [shop_writer]}\n"));
        scene.settle();
        scene.server.change(ada, login -> {
            Set<Membership> all = new HashSet<>(login.memberships());
            all.add(Membership.of(new RoleName("shop_writer")));
            return new LoginState(login.name(), login.person(), login.standing(), login.suspendedSince(), all);
        });
        return writers;
    }
}
