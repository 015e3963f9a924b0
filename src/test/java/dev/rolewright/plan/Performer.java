package dev.rolewright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.Extra;
import dev.rolewright.model.Grant;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef.Column;
import dev.rolewright.model.ObjectRef.Table;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.Standing;
import dev.rolewright.plan.Inventory.RowSecurity;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A server of values that performs steps, as strict as a real one: what a step needs has to be there when its
/// turn comes, options and grant options stick until they are revoked, and a revoke on a table reaches its
/// columns.
final class Performer {

    private final Observed before;
    private final Instant now;
    private final Map<LoginName, SeenLogin> logins;
    private final Map<RoleName, RoleState> roles;
    private final Map<String, Map<Table, RowSecurity>> rows = new HashMap<>();
    private final Map<LoginName, Set<Extra>> extrasOfLogins = new HashMap<>();
    private final Map<RoleName, Set<Extra.OfServer>> extrasOfRoles = new HashMap<>();
    private int ids = 100_000;

    private Performer(Observed before, Instant now) {
        this.before = before;
        this.now = now;
        this.logins = new HashMap<>(before.logins());
        this.roles = new HashMap<>(before.roles());
        before.extras().logins().forEach((login, all) -> extrasOfLogins.put(login, new HashSet<>(all)));
        before.extras().roles().forEach((role, all) -> extrasOfRoles.put(role, new HashSet<>(all)));
        before.inventory().rows().forEach((database, tables) -> rows.put(database, new HashMap<>(tables)));
    }

    static Observed perform(List<Step> steps, Observed observed, Instant now) {
        Performer performer = new Performer(observed, now);
        steps.forEach(performer::perform);
        return performer.after();
    }

    private Observed after() {
        return new Observed(
                before.server(),
                before.scope(),
                logins,
                before.isWhole() ? roles.keySet() : before.contractRoles(),
                before.isWhole() ? roles : Map.of(),
                new Inventory(
                        before.inventory().objects(),
                        rows,
                        before.inventory().parts(),
                        before.inventory().unread()),
                before.strangers(),
                new Extras(withoutEmpty(extrasOfLogins), withoutEmpty(extrasOfRoles)),
                before.notices());
    }

    private static <K, V> Map<K, Set<V>> withoutEmpty(Map<K, Set<V>> all) {
        Map<K, Set<V>> some = new HashMap<>(all);
        some.values().removeIf(Set::isEmpty);
        return some;
    }

    private void perform(Step step) {
        switch (step) {
            case Step.CreateLogin(Account account, var since) -> create(account, since);
            case Step.RenameLogin(Account account, LoginName to) -> {
                SeenLogin login = find(account);
                assertFree(to.value());
                logins.remove(account.login());
                Optional.ofNullable(extrasOfLogins.remove(account.login()))
                        .ifPresent(extras -> extrasOfLogins.put(to, extras));
                logins.put(
                        to,
                        with(
                                login,
                                state(
                                        login,
                                        to,
                                        login.state().standing(),
                                        login.state().suspendedSince(),
                                        login.state().memberships())));
            }
            case Step.MarkLogin(Account account, var since) -> {
                SeenLogin login = logins.get(account.login());
                assertThat(login.marked()).isFalse();
                assertThat(login.state().suspendedSince()).isEqualTo(since);
                logins.put(
                        account.login(),
                        new SeenLogin(login.state(), login.id(), login.sessions(), login.belongings()));
            }
            case Step.SuspendLogin(Account account, var since) ->
                change(account, it -> state(it, Standing.SUSPENDED, Optional.of(since.orElse(now))));
            case Step.EndSessions(Account account) -> {
                SeenLogin login = find(account);
                logins.put(account.login(), new SeenLogin(login.state(), login.id(), 0, login.belongings()));
            }
            case Step.StampSuspension(Account account) -> {
                assertThat(find(account).state().isActive()).isFalse();
                change(account, it -> state(it, Standing.SUSPENDED, Optional.of(now)));
            }
            case Step.ResumeLogin(Account account, var _) ->
                change(account, it -> state(it, Standing.ACTIVE, Optional.empty()));
            case Step.DropLogin(Account account, var _, var heir) -> {
                SeenLogin login = find(account);
                assertThat(login.state().memberships())
                        .as("revoked before it is dropped")
                        .isEmpty();
                assertThat(login.belongings().data() == 0 || heir.isPresent()).isTrue();
                logins.remove(account.login());
                extrasOfLogins.remove(account.login());
            }
            case Step.Join(Account account, Membership membership) -> change(account, it -> join(it, membership));
            case Step.Leave(Account account, Membership membership) -> change(account, it -> leave(it, membership));
            case Step.StripLogin(Account account, var extra) ->
                assertThat(extrasOfLogins.get(account.login()).remove(extra)).isTrue();
            case Step.OfRole of -> perform(of);
            case Step.ProtectRows(String database, Table table) ->
                assertThat(rows.computeIfAbsent(database, _ -> new HashMap<>()).put(table, RowSecurity.OURS))
                        .isNull();
            case Step.UnprotectRows(String database, Table table) -> {
                assertThat(roles.values())
                        .as("nobody's view is limited any more")
                        .noneMatch(role -> role.policies().stream()
                                .anyMatch(it -> it.database().equals(database)
                                        && it.table().equals(table)
                                        && !it.using().equals(RowPolicy.EVERY_ROW)));
                assertThat(rows.getOrDefault(database, new HashMap<>()).remove(table))
                        .isEqualTo(RowSecurity.OURS);
            }
        }
    }

    private void perform(Step.OfRole step) {
        switch (step) {
            case Step.CreateRole(RoleName role) -> {
                assertFree(role.value());
                roles.put(role, RoleState.empty(role));
            }
            case Step.StripRole(RoleName role, var extra) ->
                assertThat(extrasOfRoles.get(role).remove(extra)).isTrue();
            case Step.DropRole(RoleName role) -> {
                assertThat(roles.get(role)).as("holds nothing any more").isEqualTo(RoleState.empty(role));
                roles.remove(role);
                extrasOfRoles.remove(role);
                logins.replaceAll((_, login) -> with(login, without(login.state(), role)));
                roles.replaceAll((_, state) -> without(state, role));
            }
            case Step.Include(RoleName role, Membership membership) -> {
                assertThat(roles).containsKey(role);
                Set<Membership> includes = new HashSet<>(roles.get(role).includes());
                assertThat(includes).noneMatch(it -> sameRow(it, membership));
                includes.add(membership);
                put(role, includes, null, null, null);
            }
            case Step.Exclude(RoleName role, Membership membership) -> {
                Set<Membership> includes = new HashSet<>(roles.get(role).includes());
                includes.removeIf(it -> sameRow(it, membership));
                put(role, includes, null, null, null);
            }
            case Step.GrantPrivilege(RoleName role, Grant grant) -> {
                assertThat(roles).containsKey(role);
                assertThat(grant.object().isWildcard()).isFalse();
                Set<Grant> grants = new HashSet<>(roles.get(role).grants());
                boolean kept = grants.stream().anyMatch(it -> sameRow(it, grant) && it.grantable());
                grants.removeIf(it -> sameRow(it, grant));
                grants.add(new Grant(
                        grant.database(),
                        grant.object(),
                        grant.privilege(),
                        kept || grant.grantable(),
                        grant.grantor()));
                put(role, null, grants, null, null);
            }
            case Step.RevokePrivilege(RoleName role, Grant grant) -> {
                Set<Grant> grants = new HashSet<>(roles.get(role).grants());
                grants.removeIf(it -> sameRow(it, grant)
                        || (it.object() instanceof Column(String schema, String table, String _)
                                && sameRow(it.on(new Table(schema, table)), grant)));
                put(role, null, grants, null, null);
            }
            case Step.GrantDefault(RoleName role, DefaultGrant grant) -> {
                assertThat(roles).containsKey(role);
                Set<DefaultGrant> defaults = new HashSet<>(roles.get(role).defaults());
                boolean kept = defaults.contains(grantable(grant, true));
                defaults.remove(grantable(grant, false));
                defaults.add(kept ? grantable(grant, true) : grant);
                put(role, null, null, defaults, null);
            }
            case Step.RevokeDefault(RoleName role, DefaultGrant grant) -> {
                Set<DefaultGrant> defaults = new HashSet<>(roles.get(role).defaults());
                defaults.remove(grantable(grant, true));
                defaults.remove(grantable(grant, false));
                put(role, null, null, defaults, null);
            }
            case Step.AddPolicy(RoleName role, RowPolicy policy) -> {
                assertThat(roles).containsKey(role);
                assertThat(rows.getOrDefault(policy.database(), Map.of())).containsKey(policy.table());
                Set<RowPolicy> policies = new HashSet<>(roles.get(role).policies());
                assertThat(policies)
                        .as("one policy for a command")
                        .noneMatch(it -> it.database().equals(policy.database())
                                && it.table().equals(policy.table())
                                && it.command() == policy.command());
                policies.add(policy);
                put(role, null, null, null, policies);
            }
            case Step.RemovePolicy(RoleName role, RowPolicy policy) -> {
                Set<RowPolicy> policies = new HashSet<>(roles.get(role).policies());
                policies.remove(policy);
                put(role, null, null, null, policies);
            }
        }
    }

    private void create(Account account, Optional<Instant> since) {
        assertFree(account.login().value());
        LoginState state = new LoginState(
                account.login(),
                account.person(),
                since.isPresent() ? Standing.SUSPENDED : Standing.ACTIVE,
                since,
                Set.of());
        logins.put(account.login(), new SeenLogin(state, "" + ids++, 0, Belongings.NONE));
    }

    private SeenLogin find(Account account) {
        SeenLogin login = logins.get(account.login());
        assertThat(login).as("login " + account).isNotNull();
        assertThat(login.marked()).as("mark of " + account).isTrue();
        assertThat(login.state().person()).isEqualTo(account.person());
        account.id().ifPresent(id -> assertThat(login.id()).isEqualTo(id));
        return login;
    }

    private void assertFree(String name) {
        assertThat(logins).doesNotContainKey(new LoginName(name));
        assertThat(roles).doesNotContainKey(new RoleName(name));
        assertThat(before.strangers().names()).doesNotContain(name);
    }

    private void change(Account account, UnaryOperator<SeenLogin> change) {
        logins.put(account.login(), change.apply(find(account)));
    }

    private SeenLogin join(SeenLogin login, Membership membership) {
        boolean ours = before.isWhole()
                ? roles.containsKey(membership.role())
                : before.contractRoles().contains(membership.role());
        assertThat(ours
                        || before.server().own().contains(membership.role())
                        || before.strangers().names().contains(membership.role().value()))
                .as("role %s is there", membership.role())
                .isTrue();
        Set<Membership> memberships = new HashSet<>(login.state().memberships());
        assertThat(memberships)
                .as("an option sticks until the row is revoked")
                .noneMatch(it -> sameRow(it, membership));
        memberships.add(membership);
        return with(login, with(login.state(), memberships));
    }

    private static SeenLogin leave(SeenLogin login, Membership membership) {
        Set<Membership> memberships = new HashSet<>(login.state().memberships());
        memberships.removeIf(it -> sameRow(it, membership));
        return with(login, with(login.state(), memberships));
    }

    private static boolean sameRow(Membership one, Membership other) {
        return one.role().equals(other.role()) && one.grantor().equals(other.grantor());
    }

    private static boolean sameRow(Grant one, Grant other) {
        return one.database().equals(other.database())
                && one.object().equals(other.object())
                && one.privilege().equals(other.privilege())
                && one.grantor().equals(other.grantor());
    }

    private static DefaultGrant grantable(DefaultGrant grant, boolean grantable) {
        return new DefaultGrant(
                grant.database(), grant.creator(), grant.schema(), grant.kind(), grant.privilege(), grantable);
    }

    private void put(
            RoleName role,
            Set<Membership> includes,
            Set<Grant> grants,
            Set<DefaultGrant> defaults,
            Set<RowPolicy> policies) {
        RoleState old = roles.get(role);
        roles.put(
                role,
                new RoleState(
                        role,
                        old.kind(),
                        includes == null ? old.includes() : includes,
                        grants == null ? old.grants() : grants,
                        defaults == null ? old.defaults() : defaults,
                        policies == null ? old.policies() : policies));
    }

    private static SeenLogin with(SeenLogin login, LoginState state) {
        return new SeenLogin(state, login.id(), login.sessions(), login.belongings());
    }

    private static LoginState with(LoginState state, Set<Membership> memberships) {
        return new LoginState(state.name(), state.person(), state.standing(), state.suspendedSince(), memberships);
    }

    private static SeenLogin state(SeenLogin login, Standing standing, Optional<Instant> since) {
        LoginState old = login.state();
        return with(login, state(login, old.name(), standing, since, old.memberships()));
    }

    private static LoginState state(
            SeenLogin login, LoginName name, Standing standing, Optional<Instant> since, Set<Membership> memberships) {
        return new LoginState(name, login.state().person(), standing, since, memberships);
    }

    private static LoginState without(LoginState state, RoleName role) {
        Set<Membership> memberships = new HashSet<>(state.memberships());
        memberships.removeIf(it -> it.role().equals(role));
        return with(state, memberships);
    }

    private static RoleState without(RoleState state, RoleName role) {
        Set<Membership> includes = new HashSet<>(state.includes());
        includes.removeIf(it -> it.role().equals(role));
        return new RoleState(state.name(), state.kind(), includes, state.grants(), state.defaults(), state.policies());
    }
}
