package dev.rolewright.engine.postgres.translation;

import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.engine.postgres.words.Marks;
import dev.rolewright.engine.postgres.words.Marks.LoginMark;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the roles that some steps speak of are, read in the transaction that performs them and kept up to date with
/// what the transaction does.
///
/// Whether something is ours is decided here alone: a stranger who took a name in the meantime is not touched.
public final class RoleBook {

    /// A login of ours.
    ///
    /// @param mark what its comment says
    public record OurLogin(Seen seen, LoginMark mark) {}

    /// Who has a name.
    record Named(String id, @Nullable String comment) {}

    // Not with EXISTS, which the server may answer by reading all members of a marker; and a contract role, which may
    // have as many, is never asked for all of its own. Comments not by the server's function, which is a query of its
    // own for each.
    private static final String LOOK = """
            select r.rolname, r.oid, r.rolcanlogin, marked.login, marked.role,
                   %s,
                   not r.rolsuper and pg_has_role(r.oid, '%s'),
                   case when not r.rolsuper then %s end
            from pg_roles r,
                 lateral (select (select true from pg_auth_members m where m.member = r.oid and m.roleid =
                                  (select oid from pg_roles where rolname = ?) limit 1) is not null as login,
                                 (select true from pg_auth_members m where m.member = r.oid and m.roleid =
                                  (select oid from pg_roles where rolname = ?) limit 1) is not null as role
                          offset 0) marked
            where r.rolname = any (?) or r.oid = any (?::oid[])""";

    private static final String COMMENT = """
            (select d.description from pg_shdescription d where d.objoid = r.oid and d.classoid = 'pg_authid'::regclass)""";

    private static final String NAMED =
            "select r.rolname, r.oid, " + COMMENT + " from pg_roles r where r.rolname = any (?)";

    // Not with a join, in which the server may try every keeper there is. A keeper is whom the registrar made, whatever
    // it is called: we could not become anybody else.
    private static final String KEEPER = """
            coalesce(
                (select ?::name from pg_auth_members a where a.roleid = r.oid and a.admin_option and a.member =
                 (select oid from pg_roles where rolname = ?) limit 1),
                case when marked.login or r.oid = any (?::oid[]) then
                    (select max((select k.rolname from pg_roles k where k.oid = a.member))
                     from pg_auth_members a
                     where a.roleid = r.oid and a.admin_option
                       and (select true from pg_auth_members made
                            where made.roleid = a.member and made.admin_option and made.grantor = 10
                              and made.member = (select oid from pg_roles where rolname = ?) limit 1)) end)""";

    private final Marks marks;
    private final Map<String, Seen> roles;

    private RoleBook(Marks marks, Map<String, Seen> roles) {
        this.marks = marks;
        this.roles = roles;
    }

    /// @param names of the roles that are spoken of
    /// @param ids of logins that may have another name by now
    public static RoleBook read(
            Context context, Connection connection, Collection<String> names, Collection<String> ids)
            throws SQLException {
        Map<String, Seen> roles = new HashMap<>();
        // Before 16 whoever may create roles may also give membership of any that is no superuser.
        String sql = context.keepsGrantors()
                ? LOOK.formatted(COMMENT, "SET", KEEPER)
                : LOOK.formatted(COMMENT, "MEMBER", "?::name");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int next = 1;
            statement.setString(next++, context.own().grantor().value());
            if (context.keepsGrantors()) {
                statement.setString(next++, context.own().grantor().value());
                statement.setArray(next++, connection.createArrayOf("text", ids.toArray()));
                statement.setString(next++, context.own().registrar().value());
            }
            statement.setString(next++, context.own().marker().value());
            statement.setString(next++, context.own().roleMarker().value());
            statement.setArray(next++, connection.createArrayOf("text", names.toArray()));
            statement.setArray(next, connection.createArrayOf("text", ids.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    roles.put(
                            rows.getString(1),
                            new Seen(
                                    rows.getLong(2),
                                    rows.getBoolean(3),
                                    rows.getBoolean(4),
                                    rows.getBoolean(5),
                                    rows.getString(6),
                                    rows.getBoolean(7),
                                    Optional.ofNullable(rows.getString(8))
                                            .map(RoleName::new)
                                            .orElse(null)));
                }
            }
        }
        return new RoleBook(context.marks(), roles);
    }

    /// The roles that have these names now, by name.
    static Map<String, Named> named(Connection connection, Collection<String> names) throws SQLException {
        Map<String, Named> named = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(NAMED)) {
            statement.setArray(1, connection.createArrayOf("text", names.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    named.put(rows.getString(1), new Named(rows.getString(2), rows.getString(3)));
                }
            }
        }
        return named;
    }

    public @Nullable Seen find(String name) {
        return roles.get(name);
    }

    /// The person's login of this name.
    public Optional<OurLogin> login(Account account) {
        Seen seen = roles.get(account.login().value());
        return seen == null || !seen.markedAsLogin()
                ? Optional.empty()
                : marks.readLogin(seen.comment())
                        .filter(mark -> mark.person().equals(account.person()))
                        .filter(_ ->
                                account.id().isEmpty() || account.id().get().equals(Long.toString(seen.id())))
                        .map(mark -> new OurLogin(seen, mark));
    }

    /// The same for a step that cannot do without it.
    public OurLogin require(Account account) {
        return login(account)
                .orElseThrow(() -> Failures.changed("Login " + account + " is not there, or is not the one it was."));
    }

    /// The login of this name and id, whatever its mark says: whoever asks knows it by them.
    public Seen known(Account account) {
        Seen seen = roles.get(account.login().value());
        if (seen == null
                || account.id().filter(Long.toString(seen.id())::equals).isEmpty()) {
            throw Failures.changed("Login " + account + " is not there, or is not the one it was.");
        }
        return seen;
    }

    /// Whether the login does not exist any more, under whatever name, so that there is nothing left to take away.
    public boolean isGone(Account account) {
        return isFree(account.login().value())
                && account.id().isPresent()
                && roles.values().stream()
                        .noneMatch(seen ->
                                Long.toString(seen.id()).equals(account.id().get()));
    }

    boolean isContractRole(RoleName name) {
        Seen seen = roles.get(name.value());
        return seen != null && seen.markedAsRole() && marks.isRole(seen.comment());
    }

    void requireContractRole(RoleName name) {
        if (!isContractRole(name)) {
            throw Failures.changed("Role " + name + " is not there, or does not carry our mark.");
        }
    }

    boolean isFree(String name) {
        return !roles.containsKey(name);
    }

    void put(String name, Seen role) {
        roles.put(name, role);
    }

    void remove(String name) {
        roles.remove(name);
    }
}
