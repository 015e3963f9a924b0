package dev.rolewright.plan;

import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.Desired;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Item;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.ObjectRef.Table;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Protection;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.model.Wanted;
import dev.rolewright.plan.Inventory.RowSecurity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A small target, told in a few words: what is wanted, what is there, and the plan between them.
final class Scene {

    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final PersonId ADA = new PersonId(new UUID(0, 1));
    static final PersonId BOB = new PersonId(new UUID(0, 2));
    static final RoleName READER = new RoleName("reader");
    static final RoleName WRITER = new RoleName("writer");
    static final Table ORDERS = new Table("sales", "orders");
    static final Table LINES = new Table("sales", "lines");

    Duration grace = Duration.ofDays(30);
    Protection protection = new Protection(List.of("postgres"));
    Optional<RoleName> heir = Optional.of(new RoleName("owner"));
    boolean sessionsMayHide;
    Scope scope = Scope.WHOLE;
    final Set<LoginState> wantedLogins = new HashSet<>();
    final Map<RoleName, RoleState> wantedRoles = new HashMap<>();
    final Map<Item, List<Reason>> reasons = new HashMap<>();
    final Map<LoginName, SeenLogin> logins = new HashMap<>();
    final Map<RoleName, RoleState> roles = new HashMap<>();
    final Map<Table, RowSecurity> rows = new HashMap<>();
    final Set<String> strangers = new HashSet<>(Set.of("postgres", "owner"));

    Scene wants(String login, PersonId person, RoleName... members) {
        wantedLogins.add(LoginState.active(new LoginName(login), person, memberships(members)));
        return this;
    }

    Scene wantsSuspended(String login, PersonId person) {
        wantedLogins.add(LoginState.suspended(new LoginName(login), person, Optional.empty()));
        return this;
    }

    Scene wants(RoleName role, Grant... grants) {
        return wants(role(role, Set.of(), Set.of(grants), Set.of(), Set.of()));
    }

    Scene wants(RoleState role) {
        wantedRoles.put(role.name(), role);
        return this;
    }

    Scene has(String login, PersonId person, RoleName... members) {
        return has(LoginState.active(new LoginName(login), person, memberships(members)), 0, Belongings.NONE);
    }

    Scene hasSuspended(String login, PersonId person, Instant since, Belongings belongings) {
        return has(LoginState.suspended(new LoginName(login), person, Optional.of(since)), 0, belongings);
    }

    Scene has(LoginState login, int sessions, Belongings belongings) {
        logins.put(login.name(), new SeenLogin(login, id(login.name().value()), sessions, belongings));
        return this;
    }

    Scene has(RoleName role, Grant... grants) {
        return has(role(role, Set.of(), Set.of(grants), Set.of(), Set.of()));
    }

    Scene has(RoleState role) {
        roles.put(role.name(), role);
        return this;
    }

    /// The role as wanted is there.
    Scene settled(RoleName... names) {
        Stream.of(names).forEach(name -> wants(name).has(name));
        return this;
    }

    static RoleState role(
            RoleName name,
            Set<Membership> includes,
            Set<Grant> grants,
            Set<DefaultGrant> defaults,
            Set<RowPolicy> policies) {
        return new RoleState(name, Optional.empty(), includes, grants, defaults, policies);
    }

    static Account account(String login, PersonId person) {
        return new Account(new LoginName(login), person, Optional.of(id(login)));
    }

    static Account fresh(String login, PersonId person) {
        return new Account(new LoginName(login), person, Optional.empty());
    }

    Desired desired() {
        Target target =
                new Target(new TargetName("shop"), "made-up", "production", Set.of("shop"), heir, Target.Drift.REVERT);
        return Wanted.of(target, grace, protection, wantedLogins, Set.copyOf(wantedRoles.values()), reasons);
    }

    Observed observed() {
        Set<ObjectRef> objects =
                Set.of(new ObjectRef.Schema("sales"), ORDERS, LINES, new ObjectRef.Function("sales", "total(bigint)"));
        return new Observed(
                new Server(
                        "MadeUp 1",
                        "7",
                        Set.of(new RoleName("connector")),
                        Set.of(new RoleName("pg_read_all_data")),
                        sessionsMayHide),
                scope,
                logins,
                roles.keySet(),
                scope instanceof Scope.Whole ? roles : Map.of(),
                new Inventory(Map.of("shop", objects), Map.of("shop", rows), Map.of(), Set.of()),
                new Strangers(Set.of(new LoginName("postgres")), 1, strangers),
                List.of());
    }

    Plan plan() {
        return Planner.plan(desired(), observed(), NOW);
    }

    List<Step> steps() {
        return plan().steps();
    }

    List<Note.Kind> notes() {
        return plan().notes().stream().map(Note::kind).toList();
    }

    private static String id(String login) {
        return "id of " + login;
    }

    private static Set<Membership> memberships(RoleName... roles) {
        return Stream.of(roles).map(Membership::of).collect(Collectors.toSet());
    }
}
