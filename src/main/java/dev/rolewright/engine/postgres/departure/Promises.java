package dev.rolewright.engine.postgres.departure;

import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.catalogue.Holdings;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Privileges;
import dev.rolewright.engine.postgres.words.Queries;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.engine.postgres.words.Routines;
import dev.rolewright.engine.postgres.words.Verbatim;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What a leaver has promised and was given in one database: default privileges of contract roles go on in the heir's
/// name, the rest of them ends, as privileges and places in row policies do.
///
/// Anybody may promise what he will own to whomever he likes. What the heir will own is not his to promise: so only
/// contract roles inherit it, which every look compares with the contract.
final class Promises {

    // What a creator has by default is put back, so that nothing remembers the creator any more.
    private static final String OWN_DEFAULTS = """
            select n.nspname, d.defaclobjtype::text, held.privilege_type, held.is_grantable,
                   case when held.grantee = 0 then 'PUBLIC' else quote_ident(pg_get_userbyid(held.grantee)) end,
                   exists (select from aclexplode(d.defaclacl) a
                           where a.grantee = held.grantee and a.privilege_type = held.privilege_type) as given,
                   held.usual,
                   exists (select from pg_auth_members m
                           where m.member = held.grantee
                             and m.roleid = (select oid from pg_roles where rolname = ?)) as contracted
            from pg_default_acl d
                 left join pg_namespace n on n.oid = d.defaclnamespace,
                 lateral (select a.grantee, a.privilege_type, bool_or(a.is_grantable and not a.usual) as is_grantable,
                                 bool_or(a.usual) as usual
                          from (select e.*, false as usual from aclexplode(d.defaclacl) e
                                union all
                                select e.*, true from aclexplode(acldefault(
                                    case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end, d.defaclrole)) e
                                where d.defaclnamespace = 0) a
                          group by a.grantee, a.privilege_type) held
            where d.defaclrole = ?""";
    private static final String GIVEN_DEFAULTS = """
            select distinct quote_ident(pg_get_userbyid(d.defaclrole)), n.nspname, d.defaclobjtype::text
            from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace, aclexplode(d.defaclacl) held
            where held.grantee = ? and d.defaclrole <> held.grantee""";
    private static final String IN_POLICIES = """
            select quote_ident(p.polname) || ' ON ' || p.polrelid::regclass, p.polpermissive,
                   (select string_agg(quote_ident(r.rolname), ', ')
                    from pg_roles r where r.oid = any (p.polroles) and r.oid <> ?)
            from pg_policy p where p.polroles @> array[?::oid]""";
    private static final Map<String, String> KINDS = Map.of(
            "r", "TABLES", "S", "SEQUENCES", "f", "FUNCTIONS", "T", "TYPES", "n", "SCHEMAS", "L", "LARGE OBJECTS");

    private final Context context;
    private final Connection connection;
    private final String database;
    private final String login;
    private final long id;
    private final Optional<RoleName> heir;
    private final List<String> statements = new ArrayList<>();

    Promises(Context context, Connection connection, String database, String login, long id, Optional<RoleName> heir) {
        this.context = context;
        this.connection = connection;
        this.database = database;
        this.login = login;
        this.id = id;
        this.heir = heir;
    }

    /// As somebody who has the leaver's rights and the heir's.
    void settle() throws SQLException {
        ask(OWN_DEFAULTS, this::rehomeDefault, context.own().roleMarker().value(), id);
        ask(GIVEN_DEFAULTS, this::endGivenDefault, id);
        endPrivileges();
        ask(IN_POLICIES, this::leavePolicy, id, id);
        Verbatim.run(connection, statements);
    }

    private void rehomeDefault(ResultSet row) throws SQLException {
        String grantee = row.getString(5);
        String what = row.getString(3) + " ON " + KINDS.get(row.getString(2));
        boolean given = row.getBoolean(6);
        boolean usual = row.getBoolean(7);
        String schema = schema(row.getString(1));
        if (given && !usual && heir.isPresent() && row.getBoolean(8)) {
            statements.add("ALTER DEFAULT PRIVILEGES FOR ROLE " + Quoting.name(heir.get()) + schema + " GRANT " + what
                    + " TO " + grantee + (row.getBoolean(4) ? " WITH GRANT OPTION" : ""));
        }
        String mine = "ALTER DEFAULT PRIVILEGES FOR ROLE " + login + schema;
        if (given && !usual) {
            statements.add(mine + " REVOKE " + what + " FROM " + grantee);
        } else if (usual && !given) {
            statements.add(mine + " GRANT " + what + " TO " + grantee);
        } else if (row.getBoolean(4)) {
            statements.add(mine + " REVOKE GRANT OPTION FOR " + what + " FROM " + grantee);
        }
    }

    private void endGivenDefault(ResultSet row) throws SQLException {
        statements.add("ALTER DEFAULT PRIVILEGES FOR ROLE " + row.getString(1) + schema(row.getString(2))
                + " REVOKE ALL ON " + KINDS.get(row.getString(3)) + " FROM " + login);
    }

    // Without CASCADE: what the leaver passed on to others has to be given anew by somebody who stays.
    private void endPrivileges() throws SQLException {
        AtomicLong grantor = new AtomicLong();
        ask(
                "select oid from pg_roles where rolname = ?",
                row -> grantor.set(row.getLong(1)),
                context.own().grantor().value());
        for (String query : List.of("privileges", "shared-privileges")) {
            ask(
                    Queries.of(query, context.version()),
                    this::endPrivilege,
                    grantor.get(),
                    connection.createArrayOf("oid", new Long[] {id}));
        }
    }

    private void endPrivilege(ResultSet row) throws SQLException {
        ObjectRef object = Holdings.object(row.getString(2), row.getString(3), row.getString(4), row.getString(5));
        if (!row.getBoolean(9)) {
            throw Retirement.unsafe(row.getString(8) + " gave it " + row.getString(6) + " on " + object.label() + " in "
                    + database + ", and only " + row.getString(8) + " can take that back");
        }
        statements.add(Privileges.takingUnlessPassedOn(
                database, object, row.getString(6), login, Routines.of(connection, object)));
    }

    private void leavePolicy(ResultSet row) throws SQLException {
        String others = row.getString(3);
        if (others != null) {
            statements.add("ALTER POLICY " + row.getString(1) + " TO " + others);
        } else if (row.getBoolean(2)) {
            statements.add("DROP POLICY " + row.getString(1));
        } else {
            throw Retirement.unsafe("the restrictive policy " + row.getString(1) + " in " + database
                    + " is for it alone and would be lost");
        }
    }

    private void ask(String query, Catalogue.Each each, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.row(rows);
                }
            }
        }
    }

    private static String schema(@Nullable String schema) {
        return schema == null ? "" : " IN SCHEMA " + Quoting.name(schema);
    }
}
