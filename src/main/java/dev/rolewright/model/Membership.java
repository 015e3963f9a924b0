package dev.rolewright.model;

import java.util.Comparator;

/// One row of membership: that a login, or a role, is a member of `role`. A server may keep several rows for one
/// pair, one for each grantor.
///
/// Options that a server does not have (before PostgreSQL 16) are reported as [#of] gives them, so both sides
/// compare.
///
/// @param inherit the member has the role's privileges without asking
/// @param set the member may become the role (SET ROLE); nobody can hide behind it when it is off
/// @param admin the member may pass the role on
public record Membership(RoleName role, boolean inherit, boolean set, boolean admin, Grantor grantor)
        implements Comparable<Membership> {

    private static final Comparator<Membership> ORDER = Comparator.comparing(Membership::role)
            .thenComparing(Membership::grantor)
            .thenComparing(Membership::inherit)
            .thenComparing(Membership::set)
            .thenComparing(Membership::admin);

    /// The one form that people and contract roles get.
    public static Membership of(RoleName role) {
        return new Membership(role, true, false, false, Grantor.OURS);
    }

    @Override
    public int compareTo(Membership other) {
        return ORDER.compare(this, other);
    }
}
