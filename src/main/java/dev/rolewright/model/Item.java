package dev.rolewright.model;

/// One thing that a target can have or lack: what a reason is given for, and what drift is told of.
public sealed interface Item {

    /// That the login exists, in the standing it has.
    record Login(LoginName login) implements Item {}

    record Member(LoginName login, RoleName role) implements Item {}

    record Role(RoleName role) implements Item {}

    record Include(RoleName role, RoleName included) implements Item {}

    record Privilege(RoleName role, Grant grant) implements Item {}

    record Future(RoleName role, DefaultGrant grant) implements Item {}

    record Rows(RoleName role, RowPolicy policy) implements Item {}

    /// As people read it: `login ada`, `ada in orders_reader`.
    default String label() {
        return switch (this) {
            case Login(LoginName login) -> "login " + login;
            case Member(LoginName login, RoleName role) -> login + " in " + role;
            case Role(RoleName role) -> "role " + role;
            case Include(RoleName role, RoleName included) -> role + " includes " + included;
            case Privilege(RoleName role, Grant grant) -> role + ": " + grant.label();
            case Future(RoleName role, DefaultGrant grant) -> role + ": " + grant.label();
            case Rows(RoleName role, RowPolicy policy) -> role + ": " + policy.label();
        };
    }
}
