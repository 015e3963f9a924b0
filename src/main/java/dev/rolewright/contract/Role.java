package dev.rolewright.contract;

import dev.rolewright.model.RoleKind;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.TargetName;
import java.util.List;
import java.util.Set;

/// One role of the contract, which becomes one role without login in its target.
///
/// @param kind what the role promises to be
/// @param purpose what it is for
/// @param owner who answers for it
/// @param includes the roles whose privileges it has too
public record Role(
        RoleName name,
        RoleKind kind,
        String purpose,
        String owner,
        TargetName target,
        List<RoleGrant> grants,
        List<RowRule> rows,
        Set<RoleName> includes,
        Place place)
        implements Comparable<Role> {

    /// A row rule and where it stands.
    public record RowRule(RowPolicy policy, Place place) {}

    public Role {
        grants = List.copyOf(grants);
        rows = List.copyOf(rows);
        includes = Set.copyOf(includes);
    }

    @Override
    public int compareTo(Role other) {
        return name.compareTo(other.name);
    }
}
