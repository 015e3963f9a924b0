package dev.rolewright.contract;

import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.Grant;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RowPolicy;
import java.util.HashSet;
import java.util.Set;

/// What somebody may do on one target through contract roles, includes counted.
///
/// @param rows the row rules of the roles; one more may show more rows or fewer
public record Access(Set<RoleName> roles, Set<Grant> grants, Set<DefaultGrant> future, Set<RowPolicy> rows) {

    static final Access NONE = new Access(Set.of(), Set.of(), Set.of(), Set.of());

    public Access {
        roles = Set.copyOf(roles);
        grants = Set.copyOf(grants);
        future = Set.copyOf(future);
        rows = Set.copyOf(rows);
    }

    /// With these roles, which belong to one target.
    static Access of(Contract contract, Set<RoleName> held) {
        Set<RoleName> roles = Inheritance.closure(contract, held);
        Set<Grant> grants = new HashSet<>();
        Set<DefaultGrant> future = new HashSet<>();
        Set<RowPolicy> rows = new HashSet<>();
        roles.stream().map(contract::role).forEach(role -> {
            role.grants().forEach(entry -> {
                entry.grants().forEach(grants::add);
                entry.defaults().forEach(future::add);
            });
            role.rows().forEach(row -> rows.add(row.policy()));
        });
        return new Access(roles, grants, future, rows);
    }

    /// What is here and not there.
    Access without(Access other) {
        return new Access(
                minus(roles, other.roles),
                minus(grants, other.grants),
                minus(future, other.future),
                minus(rows, other.rows));
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    private static <T> Set<T> minus(Set<T> some, Set<T> others) {
        Set<T> rest = new HashSet<>(some);
        rest.removeAll(others);
        return rest;
    }
}
