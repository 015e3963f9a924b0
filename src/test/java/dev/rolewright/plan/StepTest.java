package dev.rolewright.plan;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.DefaultGrant.ObjectKind;
import dev.rolewright.model.Extra;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RowPolicy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class StepTest {

    private static final Account ADA =
            new Account(new LoginName("ada"), new PersonId(new UUID(0, 1)), Optional.of("16400"));
    private static final RoleName READER = new RoleName("reader");
    private static final RoleName OWNER = new RoleName("owner");
    private static final ObjectRef.Table ORDERS = new ObjectRef.Table("sales", "orders");
    private static final Optional<Instant> SINCE = Optional.of(Instant.parse("2026-11-01T00:00:00Z"));
    private static final Membership MEMBERSHIP = Membership.of(READER);
    private static final Grant GRANT = Grant.of("shop", ORDERS, PrivilegeName.SELECT);
    private static final DefaultGrant DEFAULT =
            DefaultGrant.of("shop", OWNER, "sales", ObjectKind.TABLES, PrivilegeName.SELECT);
    private static final RowPolicy POLICY = new RowPolicy("shop", ORDERS, RowPolicy.Command.SELECT, "region = 'EU'");

    /// One of each kind.
    static final List<Step> EACH = List.of(
            new Step.CreateLogin(ADA.withoutId(), Optional.empty()),
            new Step.RenameLogin(ADA, new LoginName("ada.l")),
            new Step.SuspendLogin(ADA, SINCE),
            new Step.EndSessions(ADA),
            new Step.StampSuspension(ADA),
            new Step.MarkLogin(ADA, Optional.empty()),
            new Step.ResumeLogin(ADA, SINCE),
            new Step.DropLogin(ADA, SINCE, Optional.of(OWNER)),
            new Step.Join(ADA, MEMBERSHIP),
            new Step.Leave(ADA, MEMBERSHIP),
            new Step.CreateRole(READER),
            new Step.DropRole(READER),
            new Step.Include(OWNER, MEMBERSHIP),
            new Step.Exclude(OWNER, MEMBERSHIP),
            new Step.GrantPrivilege(READER, GRANT),
            new Step.RevokePrivilege(READER, GRANT),
            new Step.GrantDefault(READER, DEFAULT),
            new Step.RevokeDefault(READER, DEFAULT),
            new Step.AddPolicy(READER, POLICY),
            new Step.RemovePolicy(READER, POLICY),
            new Step.StripLogin(ADA, new Extra.Attribute(Extra.Attribute.Kind.CREATEDB)),
            new Step.StripRole(READER, new Extra.Setting(Optional.of("shop"), "search_path")),
            new Step.ProtectRows("shop", ORDERS),
            new Step.UnprotectRows("shop", ORDERS));

    @Test
    void noKindIsMissingFromTheseTests() {
        assertThat(EACH.stream().map(Step::getClass).collect(toSet()))
                .isEqualTo(kinds(Step.class).collect(toSet()));
    }

    /// Held steps and plans are read again by whichever release comes next.
    @ParameterizedTest
    @FieldSource("EACH")
    void isReadBackAsItWasWritten(Step step) {
        assertThat(PlanJson.readStep(PlanJson.write(step).toString())).isEqualTo(step);
        assertThat(step.label()).isNotBlank();
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void undoingTheUndoingIsTheStepItself(Step step) {
        Optional<Step> twice = step.inverse().flatMap(Step::inverse);

        switch (step) {
            case Step.MarkLogin _, Step.EndSessions _, Step.StampSuspension _, Step.StripLogin _, Step.StripRole _ ->
                assertThat(twice).isEmpty();
            case Step.DropLogin drop ->
                assertThat(twice)
                        .contains(new Step.DropLogin(
                                drop.account().withoutId(), drop.suspendedSince(), Optional.empty()));
            default -> assertThat(twice).contains(step);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void undoingAStepTurnsItsSignRound(Step step) {
        step.inverse().ifPresent(inverse -> {
            assertThat(inverse).isNotEqualTo(step);
            assertThat(inverse.label()).isNotBlank();
            switch (step.sign()) {
                case ADD -> assertThat(inverse.sign()).isEqualTo(Step.Sign.REMOVE);
                case REMOVE -> assertThat(inverse.sign()).isEqualTo(Step.Sign.ADD);
                case CHANGE -> assertThat(inverse.sign()).isEqualTo(Step.Sign.CHANGE);
            }
        });
    }

    @Test
    void readsLikeASentence() {
        Membership byHand = new Membership(READER, true, true, true, new Grantor.Other(OWNER));

        assertThat(new Step.Leave(ADA, byHand).label())
                .isEqualTo("ada in reader, able to become it, able to pass it on, given by owner");
        assertThat(new Step.DropLogin(ADA, SINCE, Optional.of(OWNER)).label())
                .isEqualTo("login ada of person 00000000-0000-0000-0000-000000000001,"
                        + " suspended since 2026-11-01T00:00:00Z, data to owner");
        assertThat(new Step.GrantPrivilege(READER, GRANT).label())
                .isEqualTo("reader: SELECT on table sales.orders in shop");
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(StepTest::kinds)
                : Stream.of(type);
    }
}
