package dev.rolewright.engine.postgres.departure;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.postgres.connection.Connections;
import dev.rolewright.engine.postgres.lockout.Lockout;
import dev.rolewright.engine.postgres.translation.RoleBook;
import dev.rolewright.engine.postgres.translation.Seen;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.engine.postgres.words.Transaction;
import dev.rolewright.engine.postgres.words.Verbatim;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Drops a login that nobody needs any more: first it is locked and its sessions end, then every database is handed
/// over, each in one piece or not at all, then the role goes. Whatever stands in the way leaves it suspended.
public final class Retirement {

    private static final String PLACES = """
            select distinct d.datname, d.datallowconn
            from pg_shdepend s
                 join pg_database d on d.oid = s.dbid
                     or (s.dbid = 0 and (d.datname = ? or (s.classid = 'pg_database'::regclass and s.objid = d.oid)))
            where s.refclassid = 'pg_authid'::regclass and s.refobjid = ?
              and s.classid <> 'pg_auth_members'::regclass
            order by d.datname""";
    private static final String OBSTACLE = """
            select case when s.deptype = 'o' then 'it owns ' || pg_describe_object(s.classid, s.objid, 0) end
            from pg_shdepend s
            where s.refclassid = 'pg_authid'::regclass and s.refobjid = ? and s.dbid = 0 and s.deptype = 'o'
              and s.classid <> 'pg_auth_members'::regclass
            union all
            select 'it has passed on membership of ' || pg_get_userbyid(m.roleid)
            from pg_auth_members m where m.grantor = ?
            union all
            select 'it has prepared a transaction' from pg_prepared_xacts x, pg_roles r
            where x.owner = r.rolname and r.oid = ?
            limit 1""";
    private static final String UNFIT_HEIR = """
            select case when count(*) = 0 then 'there is no such role'
                        when bool_or(rolsuper) then 'it is a superuser'
                        when bool_or(rolname like 'pg\\_%') then 'it belongs to the server' end
            from pg_roles where rolname = ?""";
    private static final String UNFIT_QUARANTINE = """
            select case when exists (select from pg_auth_members m
                                     where m.member = q.oid or (m.roleid = q.oid and m.member <> g.oid))
                        then 'it has members or is one'
                        when exists (select from pg_shdepend s
                                     where s.refclassid = 'pg_authid'::regclass and s.refobjid = q.oid
                                       and s.deptype in ('a', 'r') and s.classid <> 'pg_auth_members'::regclass)
                        then 'it has been given privileges' end
            from pg_roles q, pg_roles g where q.rolname = ? and g.rolname = ?""";

    private final Context context;
    private final Connections connections;

    public Retirement(Context context, Connections connections) {
        this.context = context;
        this.connections = connections;
    }

    /// @throws EngineFailure when it cannot be dropped safely; then it stays as it is, suspended
    public void drop(Step.DropLogin step) {
        Account account = step.account();
        try {
            Connection connection = connections.maintenance();
            Lockout.lockOut(context, connection, account); // one that may still be used
            RoleBook roles = look(account, connection);
            if (roles.isGone(account)) {
                return;
            }
            Seen seen = roles.require(account).seen();
            RoleName keeper =
                    Optional.ofNullable(seen.keeper()).orElse(context.own().grantor());
            refuse(connection, OBSTACLE, seen.id(), seen.id(), seen.id());
            List<String> places = places(connection, seen.id());
            if (!places.isEmpty()) {
                refuse(
                        connection,
                        UNFIT_QUARANTINE,
                        context.own().quarantine().value(),
                        context.own().grantor().value());
                if (step.heir().isPresent()) {
                    refuse(connection, UNFIT_HEIR, step.heir().get().value());
                }
            }
            for (String database : places) {
                handOver(database, account, seen.id(), keeper, step.heir());
            }
            dropRole(account, connection, keeper);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    private void handOver(String database, Account account, long id, RoleName keeper, Optional<RoleName> heir) {
        Connection connection;
        try {
            connection = connections.to(database);
        } catch (EngineFailure e) {
            throw connections.only(database, e);
        }
        try {
            new Bequest(context, connection, database, account, id, keeper, heir).run();
        } catch (SQLException e) {
            throw connections.only(database, Failures.of(e));
        }
    }

    private void dropRole(Account account, Connection connection, RoleName keeper) throws SQLException {
        try (Transaction transaction = Transaction.on(connection)) {
            look(account, connection).require(account);
            Verbatim.run(
                    connection, "SET LOCAL ROLE " + Quoting.name(keeper), "DROP ROLE " + Quoting.name(account.login()));
            transaction.commit();
        }
    }

    private RoleBook look(Account account, Connection connection) throws SQLException {
        return RoleBook.read(
                context,
                connection,
                List.of(account.login().value()),
                account.id().stream().toList());
    }

    private List<String> places(Connection connection, long id) throws SQLException {
        List<String> places = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(PLACES)) {
            statement.setString(1, connections.maintenanceDatabase());
            statement.setLong(2, id);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (!rows.getBoolean(2)) {
                        throw unsafe("it has something in " + rows.getString(1) + ", which lets nobody in");
                    }
                    places.add(rows.getString(1));
                }
            }
        }
        return places;
    }

    private static void refuse(Connection connection, String query, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                if (row.next() && row.getString(1) != null) {
                    boolean role = parameters[0] instanceof String;
                    throw unsafe((role ? "of " + parameters[0] + ": " : "") + row.getString(1));
                }
            }
        }
    }

    static EngineFailure unsafe(String why) {
        return new EngineFailure(Kind.UNSAFE, "It stays suspended, because " + why + ".");
    }
}
