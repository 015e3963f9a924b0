package dev.rolewright.engine.postgres;

import dev.rolewright.model.RoleName;
import java.util.ArrayList;
import java.util.List;

/// The statements that make the roles of our own and give them what our work needs: we run them where we may, and
/// tell them to an administrator where we may not.
///
/// @param options whether a membership has any: from PostgreSQL 16 on
record Entitlements(OwnRoles own, Marks marks, boolean options) {

    static Entitlements of(Context context) {
        return new Entitlements(context.own(), context.marks(), context.keepsGrantors());
    }

    /// @param user our login
    List<String> make(RoleName role, String user) {
        boolean makesRoles = role.equals(own.grantor()) || role.equals(own.registrar());
        List<String> statements = new ArrayList<>();
        statements.add("CREATE ROLE " + Quoting.name(role) + " NOLOGIN" + (makesRoles ? " CREATEROLE" : ""));
        statements.add("COMMENT ON ROLE " + Quoting.name(role) + " IS " + Quoting.text(marks.own()));
        if (makesRoles) {
            statements.add(become(role, user));
        }
        return statements;
    }

    /// Lets our login become one of those who make roles.
    String become(RoleName role, String user) {
        return "GRANT " + Quoting.name(role) + " TO " + Quoting.name(user)
                + (options ? " WITH INHERIT FALSE, SET TRUE" : "");
    }

    /// Lets the grantor change a role, and pass it on.
    String administer(String role) {
        String grantor = Quoting.name(own.grantor());
        return options
                ? "GRANT " + Quoting.name(role) + " TO " + grantor + " WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"
                : "ALTER ROLE " + grantor + " CREATEROLE";
    }

    /// Lets the grantor do what an owner may.
    String actFor(String owner) {
        return "GRANT " + Quoting.name(owner) + " TO " + Quoting.name(own.grantor())
                + (options ? " WITH INHERIT TRUE, SET TRUE, ADMIN FALSE" : "");
    }
}
