package dev.rolewright.plan;

import static dev.rolewright.model.PrivilegeName.INSERT;
import static dev.rolewright.model.PrivilegeName.SELECT;
import static dev.rolewright.model.PrivilegeName.UPDATE;
import static dev.rolewright.plan.Scene.ADA;
import static dev.rolewright.plan.Scene.BOB;
import static dev.rolewright.plan.Scene.LINES;
import static dev.rolewright.plan.Scene.NOW;
import static dev.rolewright.plan.Scene.ORDERS;
import static dev.rolewright.plan.Scene.READER;
import static dev.rolewright.plan.Scene.WRITER;
import static dev.rolewright.plan.Scene.account;
import static dev.rolewright.plan.Scene.fresh;
import static dev.rolewright.plan.Scene.role;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.DefaultGrant.ObjectKind;
import dev.rolewright.model.Desired;
import dev.rolewright.model.Extra;
import dev.rolewright.model.Fence;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.Item;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef.Column;
import dev.rolewright.model.ObjectRef.EveryTable;
import dev.rolewright.model.Protection;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.RowPolicy.Command;
import dev.rolewright.model.Standing;
import dev.rolewright.plan.Inventory.RowSecurity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final Grantor DBA = new Grantor.Other(new RoleName("dba"));
    private static final Grant SELECT_ORDERS = Grant.of("shop", ORDERS, SELECT);
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(31));
    private static final Instant LATELY = NOW.minus(Duration.ofDays(29));

    private final Scene scene = new Scene();

    @Test
    void createsBeforeItGrantsAndGrantsBeforeAnybodyJoins() {
        scene.wants(READER, SELECT_ORDERS).wants("ada", ADA, READER);

        assertThat(scene.steps())
                .containsExactly(
                        new Step.CreateRole(READER),
                        new Step.GrantPrivilege(READER, SELECT_ORDERS),
                        new Step.CreateLogin(fresh("ada", ADA), Optional.empty()),
                        new Step.Join(fresh("ada", ADA), Membership.of(READER)));
    }

    @Test
    void everyStepCarriesTheReasonOfItsItem() {
        Reason mapped = new Reason.Mapped(ADA, List.of("analysts"), "analysts read", READER, "7");
        Reason declared = new Reason.Declared(READER, "7");
        scene.wants(READER, SELECT_ORDERS).wants("ada", ADA, READER);
        scene.reasons.put(new Item.Member(new LoginName("ada"), READER), List.of(mapped));
        scene.reasons.put(new Item.Privilege(READER, SELECT_ORDERS), List.of(declared));

        assertThat(scene.plan().lines())
                .contains(
                        new Line(new Step.Join(fresh("ada", ADA), Membership.of(READER)), List.of(mapped)),
                        new Line(new Step.GrantPrivilege(READER, SELECT_ORDERS), List.of(declared)));
    }

    @Test
    void suspendsWhoLeavesThenEndsSessionsThenRevokes() {
        scene.settled(READER).has("ada", ADA, READER);

        assertThat(scene.plan().lines())
                .extracting(Line::step)
                .containsExactly(
                        new Step.SuspendLogin(account("ada", ADA), Optional.empty()),
                        new Step.EndSessions(account("ada", ADA)),
                        new Step.Leave(account("ada", ADA), Membership.of(READER)));
        assertThat(scene.plan().lines())
                .extracting(Line::reasons)
                .containsOnly(List.of(new Reason.Ended(ADA, Reason.Cause.UNKNOWN)));
    }

    @Test
    void saysWhyAPersonIsSuspendedWhenTheWishSaysSo() {
        Reason fenced = new Reason.Fenced(
                ADA, new Fence("workday", "e-1", Fence.Kind.LEAVER, Instant.parse("2026-11-01T00:00:00Z")));
        scene.wantsSuspended("ada", ADA).has("ada", ADA);
        scene.reasons.put(new Item.Login(new LoginName("ada")), List.of(fenced));

        assertThat(scene.plan().lines()).extracting(Line::reasons).containsOnly(List.of(fenced));
    }

    @Test
    void saysWhyAPersonLeavesARoleWhenTheWishSaysSo() {
        Reason separated = new Reason.Separated(ADA, "four eyes", List.of(READER, WRITER), "7");
        scene.settled(READER, WRITER).wants("ada", ADA).has("ada", ADA, READER);
        scene.reasons.put(new Item.Member(new LoginName("ada"), READER), List.of(separated));

        assertThat(scene.plan().lines())
                .filteredOn(line -> line.step() instanceof Step.Leave)
                .extracting(Line::reasons)
                .containsExactly(List.of(separated));
    }

    @Test
    void createsNobodyOnlyToSuspendThem() {
        scene.wantsSuspended("ada", ADA);

        assertThat(scene.plan().isEmpty()).isTrue();
    }

    @Test
    void keepsALoginThroughItsGraceAndDropsItAfterwards() {
        scene.hasSuspended("ada", ADA, LATELY, Belongings.NONE).hasSuspended("bob", BOB, LONG_AGO, Belongings.NONE);

        assertThat(scene.steps())
                .containsExactly(new Step.DropLogin(account("bob", BOB), Optional.of(LONG_AGO), scene.heir));
    }

    @Test
    void dropsAtOnceWhereThereIsNoGrace() {
        scene.grace = Duration.ZERO;
        scene.has("ada", ADA);

        assertThat(scene.steps())
                .containsExactly(
                        new Step.SuspendLogin(account("ada", ADA), Optional.empty()),
                        new Step.EndSessions(account("ada", ADA)),
                        new Step.DropLogin(account("ada", ADA), Optional.empty(), scene.heir));
    }

    @Test
    void keepsSuspendedWhatCannotBeDroppedSafelyAndSaysWhy() {
        scene.heir = Optional.empty();
        scene.hasSuspended("ada", ADA, LONG_AGO, new Belongings(3, 0, List.of()))
                .hasSuspended("bob", BOB, LONG_AGO, new Belongings(0, 0, List.of("it owns a subscription")));

        assertThat(scene.plan().isEmpty()).isTrue();
        assertThat(scene.plan().print())
                .isEqualTo(
                        "! ada: is past its grace and stays suspended: it owns data and the contract names no heir on"
                                + " this target\n! bob: is past its grace and stays suspended: it owns a subscription\n");
    }

    @Test
    void keepsSuspendedWhoseHeirDoesNotExist() {
        scene.heir = Optional.of(new RoleName("nobody"));
        scene.hasSuspended("ada", ADA, LONG_AGO, new Belongings(3, 0, List.of()));

        assertThat(scene.plan().isEmpty()).isTrue();
        assertThat(scene.notes()).containsExactly(Note.Kind.KEPT);
    }

    @Test
    void beginsTheGraceOfALoginThatWasFoundSuspended() {
        scene.has(LoginState.suspended(new LoginName("ada"), ADA, Optional.empty()), 0, Belongings.NONE);

        assertThat(scene.steps()).containsExactly(new Step.StampSuspension(account("ada", ADA)));
    }

    @Test
    void endsSessionsThatASuspendedLoginStillHas() {
        scene.has(LoginState.suspended(new LoginName("ada"), ADA, Optional.of(LATELY)), 2, Belongings.NONE);

        assertThat(scene.steps()).containsExactly(new Step.EndSessions(account("ada", ADA)));
    }

    @Test
    void aRehireGetsTheSameLoginBackWithTodaysMemberships() {
        scene.settled(READER, WRITER).wants("ada", ADA, READER);
        LoginState stale = new LoginState(
                new LoginName("ada"), ADA, Standing.SUSPENDED, Optional.of(LATELY), Set.of(Membership.of(WRITER)));
        scene.has(stale, 0, Belongings.NONE);

        assertThat(scene.steps())
                .containsExactly(
                        new Step.Leave(account("ada", ADA), Membership.of(WRITER)),
                        new Step.Join(account("ada", ADA), Membership.of(READER)),
                        new Step.ResumeLogin(account("ada", ADA), Optional.of(LATELY)));
    }

    @Test
    void renamesTheLoginOfAPersonAndKeepsItsId() {
        scene.settled(READER).wants("ada.king", ADA, READER).has("ada", ADA);

        assertThat(scene.steps())
                .containsExactly(
                        new Step.RenameLogin(account("ada", ADA), new LoginName("ada.king")),
                        new Step.Join(account("ada", ADA).named(new LoginName("ada.king")), Membership.of(READER)));
    }

    @Test
    void exchangesNamesOverOneThatNobodyHas() {
        scene.wants("y", ADA).wants("x", BOB).has("x", ADA).has("y", BOB);

        LoginName aside = new LoginName("moving-00000000-0000-0000");
        assertThat(scene.steps())
                .containsExactly(
                        new Step.RenameLogin(account("x", ADA), aside),
                        new Step.RenameLogin(account("y", BOB), new LoginName("x")),
                        new Step.RenameLogin(account("x", ADA).named(aside), new LoginName("y")));
    }

    @Test
    void whoTakesANameWaitsForWhoGivesItUp() {
        scene.wants("b", ADA).wants("c", BOB).has("a", ADA).has("b", BOB);

        assertThat(scene.steps())
                .containsExactly(
                        new Step.RenameLogin(account("b", BOB), new LoginName("c")),
                        new Step.RenameLogin(account("a", ADA), new LoginName("b")));
    }

    @Test
    void aLoginWhoseNewNameIsTakenKeepsTheOldOneAndItsWork() {
        scene.settled(READER).wants("owner2", ADA, READER).has("ada", ADA);
        scene.strangers.add("owner2");

        assertThat(scene.steps()).containsExactly(new Step.Join(account("ada", ADA), Membership.of(READER)));
        assertThat(scene.notes()).containsExactly(Note.Kind.NAME_TAKEN);
    }

    @Test
    void adoptsNoStrangerWhateverTheCase() {
        scene.strangers.add("Ada");
        scene.strangers.add("bob");
        scene.strangers.add("reader");
        scene.wants(READER, SELECT_ORDERS).wants("ada", ADA).wants("bob", BOB);

        assertThat(scene.plan().isEmpty()).isTrue();
        assertThat(scene.notes()).containsExactly(Note.Kind.NAME_TAKEN, Note.Kind.NAME_TAKEN, Note.Kind.NAME_TAKEN);
    }

    @Test
    void nobodyJoinsARoleThatIsNotOurs() {
        scene.strangers.add("reader");
        scene.wants(READER).wants("ada", ADA, READER).has("ada", ADA, READER);

        assertThat(scene.steps()).containsExactly(new Step.Leave(account("ada", ADA), Membership.of(READER)));
        assertThat(scene.notes()).containsExactly(Note.Kind.NAME_TAKEN, Note.Kind.ROLE_MISSING);
    }

    @Test
    void includesPredefinedRolesOnlyWhereTheServerOffersThem() {
        Membership offered = Membership.of(new RoleName("pg_read_all_data"));
        Membership refused = Membership.of(new RoleName("pg_execute_server_program"));
        scene.has(READER).wants(role(READER, Set.of(offered, refused), Set.of(), Set.of(), Set.of()));

        assertThat(scene.steps()).containsExactly(new Step.Include(READER, offered));
        assertThat(scene.notes()).containsExactly(Note.Kind.ROLE_MISSING);
    }

    @Test
    void takesBackARowInItsGrantorsNameAndPutsOptionsRight() {
        Membership byHand = new Membership(READER, true, false, false, DBA);
        Membership mayHide = new Membership(WRITER, true, true, false, Grantor.OURS);
        scene.settled(READER, WRITER).wants("ada", ADA, READER, WRITER);
        scene.has(
                LoginState.active(new LoginName("ada"), ADA, Set.of(Membership.of(READER), byHand, mayHide)),
                1,
                Belongings.NONE);

        assertThat(scene.steps())
                .containsExactly(
                        new Step.Leave(account("ada", ADA), byHand),
                        new Step.Leave(account("ada", ADA), mayHide),
                        new Step.EndSessions(account("ada", ADA)),
                        new Step.Join(account("ada", ADA), Membership.of(WRITER)));
    }

    @Test
    void endsTheSessionsOfWhoMovesOnlyWhereOneCouldHide() {
        scene.settled(READER, WRITER).wants("ada", ADA, READER).has("ada", ADA, READER, WRITER);

        assertThat(scene.steps()).containsExactly(new Step.Leave(account("ada", ADA), Membership.of(WRITER)));

        scene.sessionsMayHide = true;

        assertThat(scene.steps())
                .containsExactly(
                        new Step.Leave(account("ada", ADA), Membership.of(WRITER)),
                        new Step.EndSessions(account("ada", ADA)));
    }

    @Test
    void endsTheSessionsOfWhoCouldKeepARoleThatTheirRoleIncluded() {
        RoleName third = new RoleName("third");
        scene.sessionsMayHide = true;
        scene.settled(READER)
                .wants(WRITER)
                .has(role(WRITER, Set.of(Membership.of(READER)), Set.of(), Set.of(), Set.of()))
                .wants(role(third, Set.of(Membership.of(WRITER)), Set.of(), Set.of(), Set.of()))
                .has(role(third, Set.of(Membership.of(WRITER)), Set.of(), Set.of(), Set.of()))
                .wants("ada", ADA, third)
                .has("ada", ADA, third)
                .wants("bob", BOB, READER)
                .has("bob", BOB, READER);

        assertThat(scene.steps())
                .containsExactly(
                        new Step.Exclude(WRITER, Membership.of(READER)), new Step.EndSessions(account("ada", ADA)));

        scene.sessionsMayHide = false;

        assertThat(scene.steps()).containsExactly(new Step.Exclude(WRITER, Membership.of(READER)));
    }

    @Test
    void ofSeveralLoginsOfAPersonTheRightlyNamedStays() {
        scene.wants("ada", ADA).has("ada", ADA).has("aaa", ADA);

        assertThat(scene.steps())
                .containsExactly(
                        new Step.SuspendLogin(account("aaa", ADA), Optional.empty()),
                        new Step.EndSessions(account("aaa", ADA)));
        assertThat(scene.notes()).containsExactly(Note.Kind.SEVERAL_LOGINS);
        assertThat(scene.plan().lines())
                .extracting(Line::reasons)
                .containsOnly(List.of(new Reason.Unwanted(Optional.empty())));
    }

    @Test
    void leavesALoginOfOursAloneOnceItIsProtected() {
        scene.protection = new Protection(List.of("ada"));
        scene.wants("ada2", ADA).has("ada", ADA, READER).settled(READER);

        assertThat(scene.plan().isEmpty()).isTrue();
        assertThat(scene.notes()).containsExactly(Note.Kind.PROTECTED);
    }

    @Test
    void grantsAWildcardOnWhatThereIs() {
        Grant every = Grant.of("shop", new EveryTable("sales"), SELECT);
        scene.wants(READER, every).has(READER, SELECT_ORDERS);

        assertThat(scene.plan().lines())
                .containsExactly(new Line(
                        new Step.GrantPrivilege(READER, every.on(LINES)),
                        List.of(new Reason.Implied(new Item.Privilege(READER, every)))));
    }

    @Test
    void saysWhatTheContractSpeaksOfAndIsNotThere() {
        scene.has(READER)
                .wants(
                        READER,
                        Grant.of("shop", new Column("sales", "gone", "id"), SELECT),
                        Grant.of("shop", new EveryTable("gone"), SELECT),
                        Grant.of("elsewhere", ORDERS, SELECT));
        scene.wants(role(
                WRITER,
                Set.of(),
                Set.of(),
                Set.of(DefaultGrant.of("shop", new RoleName("nobody"), "sales", ObjectKind.TABLES, SELECT)),
                Set.of()));
        scene.has(WRITER);

        assertThat(scene.plan().isEmpty()).isTrue();
        assertThat(scene.plan().notes())
                .extracting(Note::sentence)
                .containsExactly(
                        "speaks of column sales.gone.id in shop, which does not exist",
                        "speaks of database elsewhere, which the contract does not list for this target",
                        "speaks of every table of gone in shop, which does not exist",
                        "speaks of what nobody will make in shop; there is no such creator");
    }

    @Test
    void revokesWhatIsTooMuchInWhoeversName() {
        Grant byHand = new Grant("shop", LINES, SELECT, false, DBA);
        Grant passedOn = new Grant("shop", ORDERS, SELECT, true, Grantor.OURS);
        scene.wants(READER, SELECT_ORDERS).has(READER, byHand, passedOn);

        assertThat(scene.steps())
                .containsExactly(
                        new Step.RevokePrivilege(READER, byHand),
                        new Step.RevokePrivilege(READER, passedOn),
                        new Step.GrantPrivilege(READER, SELECT_ORDERS));
    }

    @Test
    void givesAColumnBackThatGoesWithItsTable() {
        Grant column = Grant.of("shop", new Column("sales", "orders", "id"), SELECT);
        scene.wants(READER, column).has(READER, column, SELECT_ORDERS);

        assertThat(scene.steps())
                .containsExactly(
                        new Step.RevokePrivilege(READER, SELECT_ORDERS), new Step.GrantPrivilege(READER, column));
    }

    @Test
    void leavesOutAColumnWhoseTableSaysItAll() {
        Grant column = Grant.of("shop", new Column("sales", "orders", "id"), SELECT);
        Grant other = Grant.of("shop", new Column("sales", "orders", "id"), UPDATE);
        scene.wants(READER, column, other, SELECT_ORDERS).has(READER, column);

        assertThat(scene.steps())
                .containsExactly(
                        new Step.RevokePrivilege(READER, column),
                        new Step.GrantPrivilege(READER, SELECT_ORDERS),
                        new Step.GrantPrivilege(READER, other));
    }

    @Test
    void makesNoRoleOverALoginOfOurs() {
        scene.wants(READER).has("reader", ADA).wants("ada", ADA);

        assertThat(scene.steps()).containsExactly(new Step.RenameLogin(account("reader", ADA), new LoginName("ada")));
        assertThat(scene.notes()).containsExactly(Note.Kind.NAME_TAKEN);
    }

    @Test
    void limitsRowsForEachCommandThatIsHeldAndShowsOthersEverything() {
        RowPolicy rule = RowPolicy.of("shop", ORDERS, "region = 'EU'");
        Grant insert = Grant.of("shop", ORDERS, INSERT);
        Grant update = Grant.of("shop", new Column("sales", "orders", "state"), UPDATE);
        scene.wants(role(READER, Set.of(), Set.of(SELECT_ORDERS), Set.of(), Set.of(rule)))
                .wants(WRITER, insert, update)
                .has(READER, SELECT_ORDERS)
                .has(WRITER, insert, update);

        assertThat(scene.steps())
                .containsExactly(
                        new Step.ProtectRows("shop", ORDERS),
                        new Step.AddPolicy(READER, policy(Command.SELECT, "region = 'EU'")),
                        new Step.AddPolicy(WRITER, policy(Command.INSERT, RowPolicy.EVERY_ROW)),
                        new Step.AddPolicy(WRITER, policy(Command.UPDATE, RowPolicy.EVERY_ROW)));
    }

    @Test
    void joinsSeveralRowRulesOfOneRole() {
        scene.rows.put(ORDERS, RowSecurity.OURS);
        scene.has(READER, SELECT_ORDERS)
                .wants(role(
                        READER,
                        Set.of(),
                        Set.of(SELECT_ORDERS),
                        Set.of(),
                        Set.of(RowPolicy.of("shop", ORDERS, "b"), RowPolicy.of("shop", ORDERS, "a"))));

        assertThat(scene.steps()).containsExactly(new Step.AddPolicy(READER, policy(Command.SELECT, "(a) OR (b)")));
    }

    @Test
    void opensATableOnlyWhenNobodysViewIsLimitedAnyMoreAndItWasOursToOpen() {
        scene.rows.put(ORDERS, RowSecurity.OURS);
        scene.rows.put(LINES, RowSecurity.FOREIGN);
        RowPolicy policy = policy(Command.SELECT, "region = 'EU'");
        scene.wants(READER, SELECT_ORDERS).has(role(READER, Set.of(), Set.of(SELECT_ORDERS), Set.of(), Set.of(policy)));

        assertThat(scene.steps())
                .containsExactly(new Step.RemovePolicy(READER, policy), new Step.UnprotectRows("shop", ORDERS));
    }

    @Test
    void leavesRowSecurityOfOthersAndSaysSo() {
        scene.rows.put(ORDERS, RowSecurity.FOREIGN);
        scene.has(READER, SELECT_ORDERS)
                .wants(role(
                        READER, Set.of(), Set.of(SELECT_ORDERS), Set.of(), Set.of(RowPolicy.of("shop", ORDERS, "a"))));

        assertThat(scene.steps()).containsExactly(new Step.AddPolicy(READER, policy(Command.SELECT, "a")));
        assertThat(scene.notes()).containsExactly(Note.Kind.FOREIGN_ROWS);
    }

    @Test
    void aRoleThatLeavesTheContractLosesEverythingBeforeItGoes() {
        DefaultGrant later = DefaultGrant.of("shop", new RoleName("owner"), "sales", ObjectKind.TABLES, SELECT);
        scene.settled(WRITER)
                .wants("ada", ADA, WRITER)
                .has("ada", ADA, READER, WRITER)
                .has(role(READER, Set.of(Membership.of(WRITER)), Set.of(SELECT_ORDERS), Set.of(later), Set.of()));

        assertThat(scene.steps())
                .containsExactly(
                        new Step.Leave(account("ada", ADA), Membership.of(READER)),
                        new Step.Exclude(READER, Membership.of(WRITER)),
                        new Step.RevokeDefault(READER, later),
                        new Step.RevokePrivilege(READER, SELECT_ORDERS),
                        new Step.DropRole(READER));
    }

    @Test
    void lookingAtSomePeopleWaitsForRolesAndPlansNone() {
        scene.scope = new Scope.Some(Set.of(ADA), Set.of(new LoginName("ada")));
        scene.wants(READER, SELECT_ORDERS).wants(WRITER).has(WRITER).wants("ada", ADA, READER, WRITER);

        assertThat(scene.steps())
                .containsExactly(
                        new Step.CreateLogin(fresh("ada", ADA), Optional.empty()),
                        new Step.Join(fresh("ada", ADA), Membership.of(WRITER)));
        assertThat(scene.notes()).containsExactly(Note.Kind.ROLE_MISSING);
    }

    @Test
    void anEndIsTakenOffLoginsUnlessTheirPasswordsHaveOne() {
        scene.settled(READER).wants("ada", ADA, READER).has("ada", ADA, READER);
        Extra end = new Extra.Attribute(Extra.Attribute.Kind.VALID_UNTIL);
        Extra more = new Extra.Attribute(Extra.Attribute.Kind.CREATEDB);
        Extras extras = new Extras(Map.of(new LoginName("ada"), Set.of(end, more)), Map.of());

        assertThat(stripped(false, extras)).containsExactlyInAnyOrder(end, more);
        assertThat(stripped(true, extras)).containsExactly(more);
    }

    private List<Extra> stripped(boolean passwords, Extras extras) {
        Desired wanted = scene.desired();
        Observed seen = scene.observed();
        return Planner.plan(
                        new Desired(
                                wanted.target(),
                                wanted.grace(),
                                passwords,
                                wanted.protection(),
                                wanted.logins(),
                                wanted.roles(),
                                wanted.reasons()),
                        new Observed(
                                seen.server(),
                                seen.scope(),
                                seen.logins(),
                                seen.contractRoles(),
                                seen.roles(),
                                seen.inventory(),
                                seen.strangers(),
                                extras,
                                seen.notices()),
                        NOW)
                .steps()
                .stream()
                .map(step -> ((Step.StripLogin) step).extra())
                .toList();
    }

    private static RowPolicy policy(Command command, String using) {
        return new RowPolicy("shop", ORDERS, command, using);
    }
}
