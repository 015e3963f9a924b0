package dev.rolewright.model;

import java.util.Optional;
import java.util.Set;

/// One contract role on one target: as it should be, or as it was seen.
///
/// @param kind what the contract promises; a server does not know it, so it is no difference
/// @param includes the roles it is a member of
public record RoleState(
        RoleName name,
        Optional<RoleKind> kind,
        Set<Membership> includes,
        Set<Grant> grants,
        Set<DefaultGrant> defaults,
        Set<RowPolicy> policies) {

    public RoleState {
        includes = Set.copyOf(includes);
        grants = Set.copyOf(grants);
        defaults = Set.copyOf(defaults);
        policies = Set.copyOf(policies);
    }

    /// A role that holds nothing.
    public static RoleState empty(RoleName name) {
        return new RoleState(name, Optional.empty(), Set.of(), Set.of(), Set.of(), Set.of());
    }
}
