package dev.rolewright.plan;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an engine saw on a target.
///
/// Membership of our own marker role is the mark, and is not listed as a membership. Privileges in databases
/// that the target does not manage are not listed.
///
/// @param scope how much was looked at
/// @param logins that carry our mark, or are [Known], within the scope
/// @param contractRoles the names of all roles that carry our mark, whatever the scope
/// @param roles the state of each of them when the whole target was looked at; empty otherwise
/// @param extras looked for when the whole target was looked at; [Extras#NONE] otherwise
public record Observed(
        Server server,
        Scope scope,
        Map<LoginName, SeenLogin> logins,
        Set<RoleName> contractRoles,
        Map<RoleName, RoleState> roles,
        Inventory inventory,
        Strangers strangers,
        Extras extras,
        List<Notice> notices) {

    public Observed {
        logins = Map.copyOf(logins);
        contractRoles = Set.copyOf(contractRoles);
        roles = Map.copyOf(roles);
        notices = List.copyOf(notices);
        if (!logins.entrySet().stream()
                .allMatch(
                        login -> login.getKey().equals(login.getValue().state().name()))) {
            throw new IllegalArgumentException("A login is listed under another name.");
        }
        boolean namesAgree = roles.entrySet().stream()
                .allMatch(role -> role.getKey().equals(role.getValue().name()));
        if (!namesAgree || (isWhole(scope) && !roles.keySet().equals(contractRoles))) {
            throw new IllegalArgumentException("Every role with our mark is listed once, under its name.");
        }
    }

    /// One where nobody has anything of his own.
    public Observed(
            Server server,
            Scope scope,
            Map<LoginName, SeenLogin> logins,
            Set<RoleName> contractRoles,
            Map<RoleName, RoleState> roles,
            Inventory inventory,
            Strangers strangers,
            List<Notice> notices) {
        this(server, scope, logins, contractRoles, roles, inventory, strangers, Extras.NONE, notices);
    }

    public boolean isWhole() {
        return isWhole(scope);
    }

    /// How much we manage; complete only when the whole target was looked at.
    public Census census() {
        return new Census(
                logins.size(),
                logins.values().stream()
                        .filter(login -> login.state().isActive())
                        .count(),
                logins.values().stream()
                        .mapToLong(login -> login.state().memberships().size())
                        .sum());
    }

    private static boolean isWhole(Scope scope) {
        return scope instanceof Scope.Whole;
    }
}
