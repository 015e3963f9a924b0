package dev.rolewright.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Exactly what one target should have, and why.
///
/// A login that is not here should not be usable: one that we manage is suspended, and dropped after the grace.
/// A login that is here as suspended says the same with a reason, and is never created.
///
/// @param grace how long a suspended login is kept before it is dropped
/// @param passwords whether logins are given passwords, each of which ends
/// @param protection names that no plan may touch; a login or role that is covered is refused here
/// @param reasons for each item why it is wanted, or wanted no more
public record Desired(
        Target target,
        Duration grace,
        boolean passwords,
        Protection protection,
        Map<LoginName, LoginState> logins,
        Map<RoleName, RoleState> roles,
        Reasons reasons) {

    public Desired {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("A grace is not negative.");
        }
        Map<LoginName, LoginState> known = Map.copyOf(logins);
        logins = known;
        roles = Map.copyOf(roles);
        logins.forEach((name, login) -> check(name, login, protection));
        roles.forEach((name, role) -> check(name, role, protection));
        roles.keySet().stream()
                .filter(role -> known.containsKey(new LoginName(role.value())))
                .findFirst()
                .ifPresent(role -> {
                    throw new IllegalArgumentException(role + " is to be a role and a login.");
                });
        Set<PersonId> people = logins.values().stream().map(LoginState::person).collect(Collectors.toSet());
        if (people.size() < logins.size()) {
            throw new IllegalArgumentException("A person has one login on a target.");
        }
    }

    public List<Reason> why(Item item) {
        return reasons.of(item);
    }

    private static void check(LoginName key, LoginState login, Protection protection) {
        LoginName name = login.name();
        if (!key.equals(name)) {
            throw new IllegalArgumentException("Login " + name + " is listed as " + key + ".");
        }
        if (!name.isPlain()) {
            throw new IllegalArgumentException("Login " + name + " has a name that we do not give.");
        }
        if (protection.covers(name)) {
            throw new IllegalArgumentException("Login " + name + " is protected.");
        }
        if (!login.isActive() && !login.memberships().isEmpty()) {
            throw new IllegalArgumentException("Login " + name + " is suspended and yet to be a member.");
        }
        login.memberships().forEach(membership -> checkForm(name.value(), membership));
    }

    private static void check(RoleName key, RoleState role, Protection protection) {
        RoleName name = role.name();
        if (!key.equals(name)) {
            throw new IllegalArgumentException("Role " + name + " is listed as " + key + ".");
        }
        if (!name.isPlain()) {
            throw new IllegalArgumentException("Role " + name + " has a name that we do not give.");
        }
        if (protection.covers(name)) {
            throw new IllegalArgumentException("Role " + name + " is protected.");
        }
        role.includes().forEach(membership -> checkForm(name.value(), membership));
        boolean passedOn = role.grants().stream()
                        .anyMatch(grant -> grant.grantable() || !grant.grantor().isOurs())
                || role.defaults().stream().anyMatch(DefaultGrant::grantable);
        if (passedOn) {
            throw new IllegalArgumentException("Role " + name + " may not pass privileges on.");
        }
    }

    private static void checkForm(String member, Membership membership) {
        if (!membership.equals(Membership.of(membership.role()))) {
            throw new IllegalArgumentException(
                    member + " is to be a member of " + membership.role() + " in a form that we do not give.");
        }
    }
}
