package dev.rolewright.reconcile.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Line;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortionsTest {

    private static final Account LEAVER = seen("leaver");
    private static final Account MOVER = seen("mover");

    @Test
    void leavesAPlanOfFewNewcomersAsItIs() {
        Plan plan = plan(suspend(LEAVER), create("ada"), create("bob"), join(fresh("ada")), join(fresh("bob")));

        assertThat(new Portions(4, 100).of(plan)).containsExactly(new Portion(plan.lines(), false));
        assertThat(new Portions(4, 100).of(plan())).isEmpty();
    }

    @Test
    void handsManyNewcomersOverAfterEverybodyElseEachWithAllThatTheyGain() {
        Plan plan = plan(
                suspend(LEAVER),
                create("ada"),
                create("bob"),
                create("eve"),
                join(fresh("ada")),
                join(fresh("bob")),
                join(fresh("eve")),
                join(MOVER),
                back("back"));

        assertThat(new Portions(4, 100).of(plan))
                .containsExactly(
                        portion(false, suspend(LEAVER), join(MOVER), back("back")),
                        portion(true, create("ada"), create("bob"), join(fresh("ada")), join(fresh("bob"))),
                        portion(true, create("eve"), join(fresh("eve"))));
    }

    @Test
    void doesNotCutWhoGainsMoreThanAPortionHolds() {
        Plan plan = plan(create("ada"), create("bob"), join(fresh("ada")), join(fresh("bob")));

        assertThat(new Portions(1, 100).of(plan))
                .containsExactly(
                        portion(true, create("ada"), join(fresh("ada"))),
                        portion(true, create("bob"), join(fresh("bob"))));
    }

    @Test
    void takesNobodyForANewcomerOfWhomSomethingElseIsDone() {
        Account old = new Account(new LoginName("ada.old"), person("ada"), Optional.of("7"));
        Plan plan = plan(
                suspend(old),
                create("ada"),
                create("bob"),
                create("eve"),
                join(fresh("ada")),
                join(fresh("bob")),
                join(fresh("eve")));

        assertThat(new Portions(2, 100).of(plan))
                .containsExactly(
                        portion(false, suspend(old), create("ada"), join(fresh("ada"))),
                        portion(true, create("bob"), join(fresh("bob"))),
                        portion(true, create("eve"), join(fresh("eve"))));
    }

    @Test
    void cutsManyStepsAboutOthersWhereverItFalls() {
        Plan plan = plan(leave(MOVER), leave(LEAVER), join(MOVER), back("ada"), back("bob"));

        assertThat(new Portions(9, 2).of(plan))
                .containsExactly(
                        portion(false, leave(MOVER), leave(LEAVER)),
                        portion(false, join(MOVER), back("ada")),
                        portion(false, back("bob")));
    }

    @Test
    void locksEverybodyOutTogetherHoweverManyTheyAre() {
        Step mark = new Step.MarkLogin(LEAVER, Optional.empty());
        Step end = new Step.EndSessions(LEAVER);
        Plan plan = plan(mark, suspend(LEAVER), end, leave(LEAVER), leave(MOVER), new Step.EndSessions(MOVER));

        assertThat(new Portions(9, 2).of(plan))
                .containsExactly(
                        portion(false, mark, suspend(LEAVER), end),
                        portion(false, leave(LEAVER), leave(MOVER)),
                        portion(false, new Step.EndSessions(MOVER)));
    }

    private static Portion portion(boolean newcomers, Step... steps) {
        return new Portion(plan(steps).lines(), newcomers);
    }

    private static Plan plan(Step... steps) {
        return new Plan(
                new TargetName("orders"),
                Stream.of(steps).map(step -> new Line(step, List.of())).toList(),
                List.of());
    }

    private static Step suspend(Account account) {
        return new Step.SuspendLogin(account, Optional.empty());
    }

    private static Step leave(Account account) {
        return new Step.Leave(account, Membership.of(new RoleName("reader")));
    }

    private static Step back(String name) {
        return new Step.ResumeLogin(seen(name), Optional.empty());
    }

    private static Step create(String name) {
        return new Step.CreateLogin(fresh(name), Optional.empty());
    }

    private static Step join(Account account) {
        return new Step.Join(account, Membership.of(new RoleName("reader")));
    }

    private static Account seen(String name) {
        return new Account(new LoginName(name), person(name), Optional.of("1"));
    }

    private static Account fresh(String name) {
        return new Account(new LoginName(name), person(name), Optional.empty());
    }

    private static PersonId person(String name) {
        return new PersonId(new UUID(0, name.hashCode()));
    }
}
