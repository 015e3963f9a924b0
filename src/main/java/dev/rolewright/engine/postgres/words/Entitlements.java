package dev.rolewright.engine.postgres.words;

import dev.rolewright.model.RoleName;
import java.util.ArrayList;
import java.util.List;

/// The statements that make the roles of our own and give them what our work needs: we run them where we may, and
/// tell them to an administrator where we may not.
///
/// @param options whether a membership has any: from PostgreSQL 16 on
public record Entitlements(OwnRoles own, Marks marks, boolean options) {

    public static Entitlements of(Context context) {
        return new Entitlements(context.own(), context.marks(), context.keepsGrantors());
    }

    /// @param user our login
    public List<String> make(RoleName role, String user) {
        boolean makesRoles = role.equals(own.grantor()) || role.equals(own.registrar());
        List<String> statements = new ArrayList<>();
        statements.add("CREATE ROLE " + Quoting.name(role) + " NOLOGIN" + (makesRoles ? " CREATEROLE" : ""));
        statements.add("COMMENT ON ROLE " + Quoting.name(role) + " IS " + Quoting.text(marks.own()));
        if (makesRoles) {
            statements.add(become(role.value(), user));
        }
        return statements;
    }

    /// Lets our login become one of those who make roles, or the registrar a keeper.
    public String become(String role, String user) {
        return "GRANT " + Quoting.name(role) + " TO " + Quoting.name(user)
                + (options ? " WITH INHERIT FALSE, SET TRUE" : "");
    }

    public static String createRoles(String role) {
        return "ALTER ROLE " + Quoting.name(role) + " CREATEROLE";
    }

    /// Gives a keeper back what it lacks for changing the logins that it made.
    public List<String> keep(String keeper, boolean creates, boolean settable) {
        List<String> statements = new ArrayList<>();
        if (!creates) {
            statements.add(createRoles(keeper));
        }
        if (!settable) {
            statements.add(become(keeper, own.registrar().value()));
        }
        return statements;
    }

    /// Lets the grantor do what a role of the server's own is for.
    public String useOf(String predefined) {
        return "GRANT " + Quoting.name(predefined) + " TO " + Quoting.name(own.grantor());
    }

    /// Lets the grantor change a role, and pass it on.
    public String administer(String role) {
        String grantor = Quoting.name(own.grantor());
        return options
                ? "GRANT " + Quoting.name(role) + " TO " + grantor + " WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"
                : createRoles(own.grantor().value());
    }

    /// Lends a role until it is taken back, in the name of somebody who may pass it on.
    public String lend(RoleName role, RoleName to, RoleName by) {
        return "GRANT " + Quoting.name(role) + " TO " + Quoting.name(to)
                + (options ? " WITH INHERIT TRUE, SET TRUE GRANTED BY " + Quoting.name(by) : "");
    }

    /// Takes back what was lent.
    public String takeBack(RoleName role, RoleName from, RoleName by) {
        return "REVOKE " + Quoting.name(role) + " FROM " + Quoting.name(from)
                + (options ? " GRANTED BY " + Quoting.name(by) : "");
    }

    /// Lets the grantor do what an owner may.
    public String actFor(String owner) {
        return "GRANT " + Quoting.name(owner) + " TO " + Quoting.name(own.grantor())
                + (options ? " WITH INHERIT TRUE, SET TRUE, ADMIN FALSE" : "");
    }
}
