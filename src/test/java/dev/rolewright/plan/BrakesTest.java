package dev.rolewright.plan;

import static dev.rolewright.plan.Scene.ADA;
import static dev.rolewright.plan.Scene.NOW;
import static dev.rolewright.plan.Scene.READER;
import static dev.rolewright.plan.Scene.WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.Grant;
import dev.rolewright.model.Limits;
import dev.rolewright.model.Membership;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BrakesTest {

    private static final Limits LIMITS = new Limits(20, 20, 30, 5);

    private final Scene scene = new Scene().settled(READER);

    @Test
    void letsThroughWhatIsWithinTheLimits() {
        people(0, 20, false);
        people(20, 100, true);

        Braked braked = apply();

        assertThat(braked.isHeld()).isFalse();
        assertThat(braked.go()).isEqualTo(scene.plan());
    }

    @Test
    void holdsWhatItTakesAndLetsThroughWhatItGives() {
        people(0, 21, false);
        people(21, 100, true);
        scene.wants("new", ADA, READER);

        Braked braked = apply();

        assertThat(braked.why()).containsExactly("would suspend 21 of 100 active logins; at most 20 may go at once");
        assertThat(braked.go().steps()).hasSize(2).noneMatch(Step::takes);
        assertThat(braked.held().steps()).hasSize(63).allMatch(Step::takes);
    }

    @Test
    void aFewNeverWaitHoweverLargeTheirShare() {
        people(0, 5, false);
        people(5, 6, true);

        assertThat(apply().isHeld()).isFalse();
    }

    @Test
    void oneLeaverNeverWaits() {
        scene.settled(WRITER).has("ada", ADA, READER, WRITER);

        assertThat(Brakes.apply(
                                scene.plan(),
                                new Limits(0, 0, 0, 1),
                                scene.observed().census())
                        .isHeld())
                .isFalse();
    }

    @Test
    void anEmptyDirectoryIsNoOrderToRemoveEveryone() {
        people(0, 2, false);

        Braked braked = Brakes.apply(
                scene.plan(), new Limits(100, 100, 100, 1_000), scene.observed().census());

        assertThat(braked.why()).containsExactly("would suspend all 2 active logins", "would revoke all 2 memberships");
        assertThat(braked.go().isEmpty()).isTrue();
    }

    @Test
    void twoWhoMoveTogetherDoNotLookLikeAnEmptyDirectory() {
        scene.settled(WRITER)
                .wants("p0", person(0), WRITER)
                .wants("p1", person(1), WRITER)
                .has("p0", person(0), READER)
                .has("p1", person(1), READER);

        assertThat(apply().isHeld()).isFalse();
    }

    @Test
    void holdsDropsOfTheirOwnShare() {
        for (int i = 0; i < 6; i++) {
            scene.hasSuspended("p" + i, person(i), NOW.minus(Duration.ofDays(40)), Belongings.NONE);
        }
        people(6, 20, true);

        Braked braked = apply();

        assertThat(braked.why()).containsExactly("would drop 6 of 20 logins; at most 5 may go at once");
        assertThat(braked.held().steps()).hasSize(6).allMatch(Step.DropLogin.class::isInstance);
    }

    @Test
    void holdsARoleThatWouldTakeManyMembershipsWithIt() {
        Grant grant = Grant.of("shop", Scene.ORDERS, PrivilegeName.SELECT);
        RoleName old = new RoleName("old");
        scene.settled(WRITER).has(old, grant).has(WRITER, grant);
        for (int i = 0; i < 10; i++) {
            scene.wants("p" + i, person(i), READER).has("p" + i, person(i), READER, old);
        }

        Braked braked = apply();

        assertThat(braked.why()).containsExactly("would revoke 10 of 20 memberships; at most 6 may go at once");
        assertThat(braked.go().steps()).containsExactly(new Step.RevokePrivilege(WRITER, grant));
        assertThat(braked.held().steps())
                .hasSize(12)
                .endsWith(new Step.RevokePrivilege(old, grant), new Step.DropRole(old));
    }

    @Test
    void aRoleThatGetsWeakerEndsSessionsAllTheSame() {
        scene.sessionsMayHide = true;
        scene.wants(WRITER)
                .has(Scene.role(WRITER, Set.of(Membership.of(READER)), Set.of(), Set.of(), Set.of()))
                .wants("ada", ADA, WRITER)
                .has("ada", ADA, WRITER);
        people(0, 9, false);

        Braked braked = apply();

        assertThat(braked.isHeld()).isTrue();
        assertThat(braked.go().steps())
                .containsExactly(
                        new Step.Exclude(WRITER, Membership.of(READER)),
                        new Step.EndSessions(Scene.account("ada", ADA)));
    }

    private Braked apply() {
        return Brakes.apply(scene.plan(), LIMITS, scene.observed().census());
    }

    private void people(int from, int to, boolean stay) {
        for (int i = from; i < to; i++) {
            scene.has("p" + i, person(i), READER);
            if (stay) {
                scene.wants("p" + i, person(i), READER);
            }
        }
    }

    private static PersonId person(int number) {
        return new PersonId(new UUID(9, number));
    }
}
