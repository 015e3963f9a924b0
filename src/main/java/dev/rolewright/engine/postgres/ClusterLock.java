package dev.rolewright.engine.postgres;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.Reach;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
/// Beside it every session holds a second one, the fence: of one target of one installation. Only whoever may work on
/// the target comes here, so an own session that still holds the fence belongs to a process that has lost the target
/// and does not know: it was held still, or cut off. The server would keep it for minutes, and would let it go on
/// with what it has planned long ago; it is ended.
///
/// Everybody who may connect can take both, also somebody who wants to put off being suspended. So the sessions of
/// our logins that hold them, or wait for them, are ended; of others it is told who they are.
final class ClusterLock {

    // The same for every installation: one provisioner at a time on a whole cluster, whoever it is.
    private static final long KEY = 0x726f6c6577726967L; // "rolewrig"
    private static final int TRIES = 3;

    private static final String TAKE = "select case when pg_is_in_recovery()"
            + " or current_setting('transaction_read_only') = 'on' then 'read only'"
            + " when not pg_try_advisory_lock(?) then 'fenced'"
            + " else coalesce(pg_advisory_lock(?)::text, 'locked') end";
    private static final String OTHERS = """
            select a.pid, a.usename, a.usename = session_user as own,
                   exists (select from pg_auth_members m
                           where m.member = a.usesysid
                             and m.roleid = (select oid from pg_roles where rolname = ?)) as of_ours
            from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'advisory' and l.objsubid = 1
              and (l.classid::bigint << 32) + l.objid::bigint = ?
              and l.database = (select oid from pg_database where datname = current_database())
              and l.pid <> pg_backend_pid()
            order by l.granted desc""";
    // With everything that the process has open to change something for the target, in whatever database.
    private static final String END_PREDECESSOR = """
            select pg_terminate_backend(pid, ?) from pg_stat_activity
            where usename = session_user and application_name = current_setting('application_name')
              and pid <> pg_backend_pid()""";

    private enum Answer {
        TAKEN,
        FENCED,
        BUSY
    }

    private record Other(int pid, String login, boolean own, boolean ofOurs) {}

    private final Connection connection;
    private final OwnRoles own;
    private final Reach reach;
    private final long fence;

    private ClusterLock(Connection connection, OwnRoles own, Reach reach) {
        this.connection = connection;
        this.own = own;
        this.reach = reach;
        this.fence = fence(reach);
    }

    /// @param connection to the maintenance database; the lock is its until it lets go of it
    static void take(Connection connection, OwnRoles own, Reach reach) {
        try {
            new ClusterLock(connection, own, reach).take();
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    private void take() throws SQLException {
        for (int tries = 1; ; tries++) {
            Answer answer = ask();
            if (answer == Answer.TAKEN) {
                return;
            }
            if (tries == TRIES) {
                throw busy("Somebody else changes the server.");
            }
            List<Other> others = others(answer == Answer.FENCED ? fence : KEY);
            if (answer == Answer.FENCED && others.stream().anyMatch(Other::own)) {
                endPredecessor();
            } else {
                endIntruders(others.stream().filter(other -> !other.own()).toList(), answer == Answer.BUSY);
            }
        }
    }

    private Answer ask() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setLong(1, fence);
            statement.setLong(2, KEY);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return switch (row.getString(1)) {
                    case "read only" ->
                        throw new EngineFailure(
                                Kind.READ_ONLY,
                                "25006",
                                "The server takes no changes: it is a standby or read-only.",
                                Optional.empty());
                    case "fenced" -> Answer.FENCED;
                    default -> Answer.TAKEN;
                };
            }
        } catch (SQLException e) {
            if ("55P03".equals(e.getSQLState())) {
                return Answer.BUSY;
            }
            throw e;
        }
    }

    private List<Other> others(long key) throws SQLException {
        List<Other> others = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(OTHERS)) {
            statement.setString(1, own.marker().value());
            statement.setLong(2, key);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    others.add(new Other(rows.getInt(1), rows.getString(2), rows.getBoolean(3), rows.getBoolean(4)));
                }
            }
        }
        return others;
    }

    private void endPredecessor() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(END_PREDECESSOR)) {
            statement.setLong(1, reach.patience().lock().toMillis());
            statement.executeQuery().close();
        }
    }

    /// @param others whoever holds it before those who wait for it
    /// @param isHeld whether it is certain that somebody does, so that it is one of our sessions if nobody else
    private void endIntruders(List<Other> others, boolean isHeld) throws SQLException {
        if (others.isEmpty() && isHeld) {
            throw busy("Somebody else changes the server.");
        }
        if (!others.isEmpty() && !others.getFirst().ofOurs()) {
            throw busy("Login " + others.getFirst().login() + " (process "
                    + others.getFirst().pid() + ") holds the lock under which a server is changed.");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("set role " + Quoting.name(own.grantor()));
            try {
                for (Other intruder : others) {
                    if (intruder.ofOurs()) {
                        statement.execute("select pg_terminate_backend(" + intruder.pid() + ")");
                    }
                }
            } finally {
                statement.execute("reset role");
            }
        }
    }

    private static EngineFailure busy(String sentence) {
        return new EngineFailure(Kind.BUSY, "55P03", sentence, Optional.empty());
    }

    private static long fence(Reach reach) {
        String target = reach.installation() + ' ' + reach.target().name();
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(target.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
