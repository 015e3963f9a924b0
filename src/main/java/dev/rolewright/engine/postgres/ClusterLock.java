package dev.rolewright.engine.postgres;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The lock that lets one provisioner at a time change a cluster.
///
/// Everybody who may connect can take it, also somebody who wants to put off being suspended. So the sessions of our
/// logins that hold it, or wait for it, are ended; of others it is told who they are.
final class ClusterLock {

    // The same for every installation: one provisioner at a time on a whole cluster, whoever it is.
    private static final long KEY = 0x726f6c6577726967L; // "rolewrig"
    private static final int TRIES = 3;

    private static final String TAKE = "select case when pg_is_in_recovery()"
            + " or current_setting('transaction_read_only') = 'on' then 'read only'"
            + " else coalesce(pg_advisory_lock(" + KEY + ")::text, 'locked') end";
    private static final String OTHERS = """
            select a.pid, a.usename,
                   exists (select from pg_auth_members m
                           where m.member = a.usesysid
                             and m.roleid = (select oid from pg_roles where rolname = ?)) as of_ours
            from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'advisory' and l.objsubid = 1
              and l.classid::bigint = %d and l.objid::bigint = %d
              and l.database = (select oid from pg_database where datname = current_database())
              and a.usename <> session_user
            order by l.granted desc""".formatted(KEY >>> 32, KEY & 0xffffffffL);

    private final Connection connection;
    private final OwnRoles own;

    private ClusterLock(Connection connection, OwnRoles own) {
        this.connection = connection;
        this.own = own;
    }

    /// @param connection to the maintenance database; the lock is its until it lets go of it
    static void take(Connection connection, OwnRoles own) {
        ClusterLock lock = new ClusterLock(connection, own);
        try {
            for (int tries = 1; !lock.taken(tries); tries++) {
                lock.endIntruders();
            }
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    private boolean taken(int tries) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TAKE)) {
            if (row.next() && "read only".equals(row.getString(1))) {
                throw new EngineFailure(
                        Kind.READ_ONLY,
                        "25006",
                        "The server takes no changes: it is a standby or read-only.",
                        Optional.empty());
            }
            return true;
        } catch (SQLException e) {
            if (tries == TRIES || !"55P03".equals(e.getSQLState())) {
                throw e;
            }
            return false;
        }
    }

    private void endIntruders() throws SQLException {
        List<Integer> intruders = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(OTHERS)) {
            statement.setString(1, own.marker().value());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (rows.getBoolean(3)) {
                        intruders.add(rows.getInt(1));
                    } else if (intruders.isEmpty()) {
                        throw busy("Login " + rows.getString(2) + " (process " + rows.getInt(1)
                                + ") holds the lock under which a server is changed.");
                    }
                }
            }
        }
        if (intruders.isEmpty()) {
            throw busy("Somebody else changes the server.");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("set role " + Quoting.name(own.grantor()));
            try {
                for (int pid : intruders) {
                    statement.execute("select pg_terminate_backend(" + pid + ")");
                }
            } finally {
                statement.execute("reset role");
            }
        }
    }

    private static EngineFailure busy(String sentence) {
        return new EngineFailure(Kind.BUSY, "55P03", sentence, Optional.empty());
    }
}
