package dev.rolewright.plan;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.Desired;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Limits;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef.Column;
import dev.rolewright.model.ObjectRef.Table;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.Standing;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlannerLawTest {

    private static final int WORLDS = 250;

    @Test
    void planningAfterPerformingIsEmpty() {
        int worked = 0;
        for (int seed = 0; seed < WORLDS; seed++) {
            GeneratedWorld world = new GeneratedWorld(seed);
            Desired desired = world.desired();
            Observed observed = world.observed();
            Plan plan = plan(desired, observed);

            Observed after = Performer.perform(plan.steps(), observed, GeneratedWorld.NOW);

            assertThat(plan(desired, after).steps()).as(plan::print).isEmpty();
            worked += plan.isEmpty() ? 0 : 1;
        }
        assertThat(worked).isGreaterThan(WORLDS * 9 / 10);
    }

    @Test
    void afterwardsNobodyCanDoMoreOrLessThanWanted() {
        for (int seed = 0; seed < WORLDS; seed++) {
            GeneratedWorld world = new GeneratedWorld(seed);
            Desired desired = world.desired();
            Observed observed = world.observed();

            Observed after = Performer.perform(plan(desired, observed).steps(), observed, GeneratedWorld.NOW);

            Set<RoleName> there = new HashSet<>(after.contractRoles());
            there.retainAll(desired.roles().keySet());
            after.logins().values().stream()
                    .map(SeenLogin::state)
                    .filter(login -> !isUntouchable(login.name().value()))
                    .forEach(login -> {
                        Optional<LoginState> wanted = desired.logins().values().stream()
                                .filter(it -> it.isActive() && it.person().equals(login.person()))
                                .findFirst();
                        Set<Membership> memberships = login.isActive()
                                ? wanted.orElseThrow().memberships().stream()
                                        .filter(it -> there.contains(it.role()))
                                        .collect(toSet())
                                : Set.of();
                        assertThat(login.memberships()).isEqualTo(memberships);
                    });
            assertThat(after.logins().values().stream()
                            .map(SeenLogin::state)
                            .filter(LoginState::isActive)
                            .filter(login -> !isUntouchable(login.name().value()))
                            .map(LoginState::person))
                    .as("one usable login for a person")
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aPlanDoesNotDependOnTheOrderOfItsInput() {
        for (int seed = 0; seed < WORLDS / 3; seed++) {
            GeneratedWorld world = new GeneratedWorld(seed);
            Desired desired = world.desired();
            Observed observed = world.observed();

            Plan plan = plan(world.shuffled(desired), world.shuffled(observed));

            assertThat(plan).isEqualTo(plan(desired, observed));
        }
    }

    @Test
    void noStepNamesWhatIsNotOursOrIsProtected() {
        for (int seed = 0; seed < WORLDS; seed++) {
            GeneratedWorld world = new GeneratedWorld(seed);
            Desired desired = world.desired();
            Observed observed = world.observed();

            Plan plan = plan(desired, observed);

            assertThat(plan.steps().stream().flatMap(PlannerLawTest::names))
                    .as("seed " + seed)
                    .noneMatch(name -> GeneratedWorld.STRANGERS.contains(name) || isUntouchable(name));
        }
    }

    @Test
    void theInverseBringsBackWhatWas() {
        for (int seed = 0; seed < WORLDS; seed++) {
            GeneratedWorld world = new GeneratedWorld(seed);
            Desired desired = patient(world.desired());
            Observed observed = stamped(world.observed());
            Plan plan = plan(desired, observed);
            Observed after = Performer.perform(plan.steps(), observed, GeneratedWorld.NOW);

            Observed back = Performer.perform(plan.inverse().steps(), after, GeneratedWorld.NOW);

            assertThat(logins(back)).as("seed " + seed).isEqualTo(logins(observed));
            assertThat(roles(back)).as("seed " + seed).isEqualTo(roles(observed));
            assertThat(back.inventory()).as("seed " + seed).isEqualTo(observed.inventory());
        }
    }

    @Test
    void theInverseOfTheInverseDoesTheSame() {
        for (int seed = 0; seed < WORLDS / 3; seed++) {
            GeneratedWorld world = new GeneratedWorld(seed);
            Plan plan = plan(patient(world.desired()), stamped(world.observed()));

            Plan twice = plan.inverse().inverse();

            assertThat(twice.lines())
                    .isEqualTo(
                            plan.only(line -> !(line.step() instanceof Step.EndSessions) && !isStripping(line.step()))
                                    .lines());
        }
    }

    @Test
    void brakesSplitAPlanIntoPartsThatStandAlone() {
        Limits strict = new Limits(0, 0, 0, 1);
        int held = 0;
        int dismissed = 0;
        for (int seed = 0; seed < WORLDS; seed++) {
            GeneratedWorld world = new GeneratedWorld(seed);
            Desired desired = world.desired();
            Observed observed = world.observed();
            Plan plan = plan(desired, observed);

            Braked braked = Brakes.apply(plan, strict, observed.census());

            Observed between = Performer.perform(braked.go().steps(), observed, GeneratedWorld.NOW);
            assertThat(Stream.concat(braked.go().lines().stream(), braked.held().lines().stream()))
                    .containsExactlyInAnyOrderElementsOf(plan.lines());
            if (braked.isHeld()) {
                held++;
                assertThat(braked.why()).isNotEmpty();
                List<Step> taken = braked.go().steps().stream()
                        .filter(step -> step instanceof Step.OfLogin
                                && step.takes()
                                && !(step instanceof Step.EndSessions)
                                && !isStripping(step))
                        .toList();
                // Whoever alone is dismissed does not wait for what others lose.
                if (!taken.isEmpty()) {
                    dismissed++;
                    assertThat(taken.stream().map(step -> step.person()).distinct())
                            .as("seed " + seed)
                            .hasSize(1);
                    assertThat(taken).as("seed " + seed).anyMatch(Step.SuspendLogin.class::isInstance);
                }
                assertThat(braked.held().steps()).as("seed " + seed).noneMatch(PlannerLawTest::isStripping);
                Observed after = Performer.perform(plan(desired, between).steps(), between, GeneratedWorld.NOW);
                assertThat(plan(desired, after).isEmpty()).as("seed " + seed).isTrue();
            } else {
                assertThat(braked.go()).isEqualTo(plan);
            }
        }
        assertThat(held).isGreaterThan(WORLDS / 2);
        assertThat(dismissed).isBetween(1, held / 2);
    }

    @Test
    void whatIsLeftWhereDriftIsOnlyReportedStandsAlone() {
        int found = 0;
        for (int seed = 0; seed < WORLDS; seed++) {
            GeneratedWorld world = new GeneratedWorld(seed);
            Desired desired = world.desired();
            Observed observed = world.observed();
            Plan plan = plan(desired, observed);

            Drift drift = Drift.find(plan, world.asked());

            Observed after = Performer.perform(drift.rest().steps(), observed, GeneratedWorld.NOW);
            assertThat(after.logins().values().stream()
                            .map(SeenLogin::state)
                            .filter(login -> login.isActive()
                                    && !isUntouchable(login.name().value())))
                    .as("seed " + seed)
                    .allMatch(login -> desired.logins().values().stream()
                            .anyMatch(it -> it.isActive() && it.person().equals(login.person())));
            found += drift.items().size();
        }
        assertThat(found).isGreaterThan(WORLDS);
    }

    @Test
    void aPlanSurvivesBeingWrittenAndRead() {
        for (int seed = 0; seed < WORLDS / 3; seed++) {
            GeneratedWorld world = new GeneratedWorld(seed);
            Plan plan = plan(world.desired(), world.observed());

            Plan read = PlanJson.read(PlanJson.text(plan));

            assertThat(read).isEqualTo(plan);
        }
    }

    @Test
    void lookingAtOnePersonPlansTheSameForThem() {
        int worked = 0;
        for (int seed = 0; seed < WORLDS; seed++) {
            GeneratedWorld world = new GeneratedWorld(seed);
            Desired desired = world.desired();
            Observed whole = settledRoles(desired, world.observed());
            Plan full = plan(desired, whole);
            for (LoginState login : desired.logins().values()) {
                boolean named = whole.logins().containsKey(login.name())
                        && !whole.logins().get(login.name()).state().person().equals(login.person());

                Plan scoped = plan(only(desired, login), only(whole, login));

                List<Step> expected = full.steps().stream()
                        .filter(step -> step instanceof Step.OfLogin of
                                && !isStripping(step)
                                && of.account().person().equals(login.person()))
                        .toList();
                if (!named) {
                    assertThat(scoped.steps()).as("seed " + seed).isEqualTo(expected);
                    worked += expected.isEmpty() ? 0 : 1;
                }
            }
        }
        assertThat(worked).isGreaterThan(WORLDS);
    }

    private static boolean isStripping(Step step) {
        return step instanceof Step.StripLogin || step instanceof Step.StripRole;
    }

    /// With every contract role as it should be, and nobody in any yet.
    private static Observed settledRoles(Desired desired, Observed observed) {
        Plan plan = plan(desired, observed);
        return Performer.perform(
                plan.only(line -> !(line.step() instanceof Step.OfLogin)).steps(), observed, GeneratedWorld.NOW);
    }

    private static Desired only(Desired desired, LoginState login) {
        return new Desired(
                desired.target(),
                desired.grace(),
                desired.passwords(),
                desired.protection(),
                Map.of(login.name(), login),
                desired.roles(),
                desired.reasons());
    }

    private static Observed only(Observed observed, LoginState login) {
        return new Observed(
                observed.server(),
                new Scope.Some(Set.of(login.person()), Set.of(login.name())),
                observed.logins().entrySet().stream()
                        .filter(it -> it.getKey().equals(login.name())
                                || it.getValue().state().person().equals(login.person()))
                        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue)),
                observed.contractRoles(),
                Map.of(),
                Inventory.EMPTY,
                observed.strangers(),
                List.of());
    }

    private static Plan plan(Desired desired, Observed observed) {
        return Planner.plan(desired, observed, GeneratedWorld.NOW);
    }

    private static boolean isUntouchable(String name) {
        return GeneratedWorld.PROTECTION.covers(new LoginName(name)) || GeneratedWorld.OWN.contains(new RoleName(name));
    }

    private static Stream<String> names(Step step) {
        return switch (step) {
            case Step.RenameLogin(Account account, LoginName to) ->
                Stream.of(account.login().value(), to.value());
            case Step.Join(Account account, var membership) ->
                Stream.of(account.login().value(), membership.role().value());
            case Step.OfLogin other -> Stream.of(other.account().login().value());
            case Step.Include(RoleName role, var _) -> Stream.of(role.value());
            case Step.OfRole other -> Stream.of(other.role().value());
            case Step.OfTable _ -> Stream.empty();
        };
    }

    private static Desired patient(Desired desired) {
        return new Desired(
                desired.target(),
                Duration.ofDays(10_000),
                desired.passwords(),
                desired.protection(),
                desired.logins(),
                desired.roles(),
                desired.reasons());
    }

    /// Without what no inverse brings back: sessions, and a suspension that has no date.
    private static Observed stamped(Observed observed) {
        Map<LoginName, SeenLogin> logins = observed.logins().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, it -> {
                    SeenLogin login = it.getValue();
                    LoginState state = login.state();
                    return new SeenLogin(
                            state.standing() == Standing.ACTIVE
                                    ? state
                                    : new LoginState(
                                            state.name(),
                                            state.person(),
                                            state.standing(),
                                            Optional.of(state.suspendedSince().orElse(GeneratedWorld.NOW)),
                                            state.memberships()),
                            login.id(),
                            0,
                            login.belongings());
                }));
        return with(observed, logins);
    }

    private static Observed with(Observed observed, Map<LoginName, SeenLogin> logins) {
        return new Observed(
                observed.server(),
                observed.scope(),
                logins,
                observed.contractRoles(),
                observed.roles(),
                observed.inventory(),
                observed.strangers(),
                observed.extras(),
                observed.notices());
    }

    /// A protected login that holds a role loses it when the role goes; nothing of ours gives it back.
    private static List<LoginState> logins(Observed observed) {
        return observed.logins().values().stream()
                .map(SeenLogin::state)
                .filter(login -> !isUntouchable(login.name().value()))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    /// A column's privilege says nothing beside the same privilege on its table.
    private static Map<RoleName, RoleState> roles(Observed observed) {
        return observed.roles().values().stream()
                .map(role -> new RoleState(
                        role.name(),
                        role.kind(),
                        role.includes(),
                        role.grants().stream()
                                .filter(grant -> !isCovered(grant, role.grants()))
                                .collect(toSet()),
                        role.defaults(),
                        role.policies()))
                .collect(toMap(RoleState::name, role -> role));
    }

    private static boolean isCovered(Grant grant, Set<Grant> all) {
        return grant.object() instanceof Column(String schema, String table, String _)
                && all.stream()
                        .anyMatch(it -> it.object().equals(new Table(schema, table))
                                && it.database().equals(grant.database())
                                && it.privilege().equals(grant.privilege())
                                && it.grantor().equals(grant.grantor()));
    }
}
