package dev.rolewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rolewright.model.Target.Drift;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DesiredTest {

    private static final PersonId ADA = new PersonId(new UUID(0, 1));
    private static final PersonId BOB = new PersonId(new UUID(0, 2));
    private static final RoleName READER = new RoleName("reader");
    private static final Target TARGET = new Target(
            new TargetName("shop"), "postgresql", "production", Set.of("shop"), Optional.empty(), Drift.REVERT);

    @Test
    void tellsWhyAnItemIsWanted() {
        Item item = new Item.Member(new LoginName("ada"), READER);
        Reason reason = new Reason.Mapped(ADA, List.of("team", "everyone"), "everyone reads", READER, "7");

        Desired desired =
                Wanted.of(TARGET, Duration.ZERO, Protection.NONE, Set.of(), Set.of(), Map.of(item, List.of(reason)));

        assertThat(desired.why(item)).containsExactly(reason);
        assertThat(desired.why(new Item.Role(READER))).isEmpty();
        assertThat(reason.sentence())
                .isEqualTo("person " + ADA
                        + " is in team in everyone; mapping \"everyone reads\" gives reader; contract 7");
    }

    @Test
    void refusesNamesThatAreNotOursToGive() {
        refuses("has a name that we do not give", Set.of(login("a b", ADA)), Set.of());
        refuses("is protected", Set.of(login("postgres", ADA)), Set.of());
        refuses("has a name that we do not give", Set.of(), Set.of(RoleState.empty(new RoleName("a\"b"))));
        refuses("is protected", Set.of(), Set.of(RoleState.empty(new RoleName("postgres"))));
        refuses("is to be a role and a login", Set.of(login("x", ADA)), Set.of(RoleState.empty(new RoleName("x"))));
    }

    @Test
    void refusesTwoLoginsOfOnePerson() {
        refuses("one login", Set.of(login("ada", ADA), login("ada2", ADA)), Set.of());
    }

    @Test
    void refusesWhatNobodyMayHave() {
        Membership admin = new Membership(READER, true, false, true, Grantor.OURS);
        Grant passedOn = new Grant("shop", new ObjectRef.Database(), PrivilegeName.CONNECT, true, Grantor.OURS);

        refuses(
                "form that we do not give",
                Set.of(LoginState.active(new LoginName("ada"), ADA, Set.of(admin))),
                Set.of());
        refuses(
                "may not pass privileges on",
                Set.of(),
                Set.of(new RoleState(READER, Optional.empty(), Set.of(), Set.of(passedOn), Set.of(), Set.of())));
        refuses(
                "suspended and yet to be a member",
                Set.of(new LoginState(
                        new LoginName("bob"),
                        BOB,
                        Standing.SUSPENDED,
                        Optional.empty(),
                        Set.of(Membership.of(READER)))),
                Set.of());
    }

    @Test
    void anActiveLoginHasNoTimeOfSuspension() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoginState(
                        new LoginName("ada"), ADA, Standing.ACTIVE, Optional.of(Instant.EPOCH), Set.of()));
    }

    @Test
    void aTargetManagesWhatItListsOrAll() {
        assertThat(TARGET.manages("shop")).isTrue();
        assertThat(TARGET.manages("other")).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Target(
                        new TargetName("shop"), "postgresql", "p", Set.of("*", "a"), Optional.empty(), Drift.REVERT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Target(
                        new TargetName("shop"), "postgresql", "p", Set.of(), Optional.empty(), Drift.REVERT));
    }

    @Test
    void theDesiredFormOfAMembershipGivesNoWayToHideOrPassOn() {
        assertThat(Membership.of(READER)).isEqualTo(new Membership(READER, true, false, false, Grantor.OURS));
        assertThat(Grantor.OURS).isLessThan(new Grantor.Other(READER));
    }

    private static LoginState login(String name, PersonId person) {
        return LoginState.active(new LoginName(name), person, Set.of());
    }

    private static void refuses(String why, Set<LoginState> logins, Set<RoleState> roles) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Wanted.of(TARGET, Duration.ZERO, new Protection(List.of("postgres")), logins, roles, Map.of()))
                .withMessageContaining(why);
    }
}
