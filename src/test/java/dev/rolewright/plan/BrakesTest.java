package dev.rolewright.plan;

import static dev.rolewright.plan.Scene.ADA;
import static dev.rolewright.plan.Scene.NOW;
import static dev.rolewright.plan.Scene.READER;
import static dev.rolewright.plan.Scene.WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.Grant;
import dev.rolewright.model.Limits;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Standing;
import java.time.Duration;
import java.util.Optional;
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
    void oneLeaverDoesNotWaitForThoseWhoMovedBefore() {
        people(0, 1, false);
        people(1, 100, true);

        assertThat(apply(new Taken(0, 0, 60)).isHeld()).isFalse();
    }

    @Test
    void oneLeaverWaitsWhenTooManyLeftBefore() {
        people(0, 1, false);
        people(1, 100, true);

        Braked braked = apply(new Taken(25, 0, 25));

        assertThat(braked.why())
                .containsExactly(
                        "would suspend 1 of 100 active logins, after 25 a short while ago; at most 25 may go at once");
        assertThat(braked.go().isEmpty()).isTrue();
    }

    @Test
    void oneLeaverDoesNotWaitWithThoseWhoseGroupWasEmptied() {
        people(0, 1, false);
        people(1, 61, true);
        people(61, 100, true);
        scene.settled(WRITER);
        for (int i = 1; i < 61; i++) {
            scene.has("p" + i, person(i), READER, WRITER);
        }

        Braked braked = apply();

        assertThat(braked.held().steps())
                .hasSize(60)
                .allMatch(step -> step instanceof Step.Leave(var _, var membership)
                        && membership.role().equals(WRITER));
        assertThat(braked.go().steps())
                .hasSize(3)
                .allMatch(step ->
                        step instanceof Step.OfLogin of && of.account().person().equals(person(0)));
    }

    @Test
    void theLastOneWhoLeavesDoesNotWaitEitherWhenOthersLeftBefore() {
        scene.settled(WRITER).has("ada", ADA, READER, WRITER);

        assertThat(Brakes.apply(
                                scene.plan(),
                                new Limits(100, 100, 100, 1_000),
                                scene.observed().census(),
                                new Taken(1, 0, 2))
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

    @Test
    void whatWaitsIsNotMeasuredAgainAndAnotherLeaverDoesNotWaitWithIt() {
        people(0, 30, false);
        people(30, 100, true);
        Set<Step> waiting = Set.copyOf(apply().held().steps());
        scene.has("ada", ADA, READER);

        Braked braked = apply(new Decided(waiting, Set.of()));

        assertThat(braked.why()).isEmpty();
        assertThat(Set.copyOf(braked.held().steps())).isEqualTo(waiting);
        assertThat(braked.go().steps())
                .hasSize(3)
                .allMatch(step ->
                        step instanceof Step.OfLogin of && of.account().person().equals(ADA));
    }

    @Test
    void exactlyWhatWasReleasedGoes() {
        people(0, 30, false);
        people(30, 100, true);
        Set<Step> released = Set.copyOf(apply().held().steps());
        people(100, 140, false);

        Braked braked = apply(new Decided(Set.of(), released));

        assertThat(braked.why()).contains("would suspend 40 of 140 active logins; at most 28 may go at once");
        assertThat(Set.copyOf(braked.go().steps())).isEqualTo(released);
        assertThat(braked.held().steps()).hasSize(120);
    }

    @Test
    void aDirectoryThatEmptiesInPartsIsNoOrderEither() {
        people(0, 10, false);
        people(10, 14, true);
        Set<Step> waiting = Set.copyOf(apply().held().steps());
        scene.wantedLogins.clear();

        Braked braked = apply(new Decided(waiting, Set.of()));

        assertThat(braked.why()).contains("would suspend all 4 active logins");
        assertThat(braked.go().isEmpty()).isTrue();
    }

    @Test
    void aRoleThatPeopleAreKeptInIsKeptWithWhatItHas() {
        Grant grant = Grant.of("shop", Scene.ORDERS, PrivilegeName.SELECT);
        RoleName old = new RoleName("old");
        scene.wants(old, grant).has(old, grant);
        for (int i = 0; i < 10; i++) {
            scene.wants("p" + i, person(i), READER).has("p" + i, person(i), READER, old);
        }
        Set<Step> waiting = Set.copyOf(apply().held().steps());
        scene.wantedRoles.remove(old);

        Braked braked = apply(new Decided(waiting, Set.of()));

        assertThat(waiting).hasSize(10);
        assertThat(braked.held().steps())
                .hasSize(12)
                .endsWith(new Step.RevokePrivilege(old, grant), new Step.DropRole(old));
        assertThat(braked.go().isEmpty()).isTrue();
    }

    @Test
    void aLoginIsNotDroppedWhileSomethingOfItWaits() {
        scene.has(
                new LoginState(
                        new LoginName("ada"),
                        ADA,
                        Standing.SUSPENDED,
                        Optional.of(NOW.minus(Duration.ofDays(40))),
                        Set.of(Membership.of(READER))),
                0,
                Belongings.NONE);
        Step leave = new Step.Leave(Scene.account("ada", ADA), Membership.of(READER));

        Braked braked = apply(new Decided(Set.of(leave), Set.of()));

        assertThat(scene.steps()).hasSize(2);
        assertThat(braked.go().isEmpty()).isTrue();
    }

    private Braked apply(Decided decided) {
        return Brakes.apply(scene.plan(), LIMITS, scene.observed().census(), Taken.NOTHING, decided);
    }

    private Braked apply(Taken lately) {
        return Brakes.apply(scene.plan(), LIMITS, scene.observed().census(), lately);
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
