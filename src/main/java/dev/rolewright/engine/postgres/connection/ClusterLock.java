package dev.rolewright.engine.postgres.connection;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.Reach;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.engine.postgres.words.OwnRoles;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.Sha256;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
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
/// our logins that hold them, or wait for them, are ended, again and again where they come back: whoever is ended
/// has to log in anew and stands behind us then. Of others it is told who they are.
public final class ClusterLock {

    // The same for every installation: one provisioner at a time on a whole cluster, whoever it is.
    private static final long KEY = 0x726f6c6577726967L; // "rolewrig"
    /// So long we wait behind somebody of our logins who came back before us.
    private static final Duration SHORT = Duration.ofMillis(200);

    private static final String TAKE = "select case when pg_is_in_recovery()"
            + " or current_setting('transaction_read_only') = 'on' then 'read only'"
            + " when not pg_try_advisory_lock(?) then 'fenced'"
            + " when not pg_try_advisory_lock(?) then 'busy'"
            + " else 'locked' end";
    private static final String WAIT = "select pg_advisory_lock(?)";
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
            where usename = session_user and pid <> pg_backend_pid()
              and (application_name = current_setting('application_name')
                   or starts_with(application_name, current_setting('application_name') || '%s'))""".formatted(SessionName.PASS);

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
    public static void take(Connection connection, OwnRoles own, Reach reach) {
        try {
            new ClusterLock(connection, own, reach).take();
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    private void take() throws SQLException {
        Duration patience = reach.patience().lock();
        long end = System.nanoTime() + patience.toNanos();
        Answer answer = ask();
        while (answer != Answer.TAKEN) {
            List<Other> others = others(answer == Answer.FENCED ? fence : KEY);
            if (System.nanoTime() - end > 0) {
                throw busy(others);
            }
            if (answer == Answer.FENCED && others.stream().anyMatch(Other::own)) {
                endPredecessor();
            }
            List<Integer> intruders =
                    others.stream().filter(Other::ofOurs).map(Other::pid).toList();
            if (!intruders.isEmpty()) {
                end(intruders);
            }
            answer = await(intruders.isEmpty() ? patience : SHORT);
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
                    case "busy" -> Answer.BUSY;
                    default -> Answer.TAKEN;
                };
            }
        }
    }

    /// The same for whoever waits for it.
    private Answer await(Duration patience) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = " + patience.toMillis());
            try {
                return !await(fence) ? Answer.FENCED : await(KEY) ? Answer.TAKEN : Answer.BUSY;
            } finally {
                statement.execute(
                        "set lock_timeout = " + reach.patience().lock().toMillis());
            }
        }
    }

    private boolean await(long key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WAIT)) {
            statement.setLong(1, key);
            statement.executeQuery().close();
            return true;
        } catch (SQLException e) {
            if ("55P03".equals(e.getSQLState())) {
                return false;
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

    // In one statement: the first one would be back before the last one is ended.
    private void end(List<Integer> intruders) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement end =
                        connection.prepareStatement("select pg_terminate_backend(pid) from unnest(?) as pid")) {
            statement.execute("set role " + Quoting.name(own.grantor()));
            try {
                end.setArray(1, connection.createArrayOf("int4", intruders.toArray()));
                end.executeQuery().close();
            } finally {
                statement.execute("set role none");
            }
        }
    }

    /// @param others whoever holds it before those who wait for it
    private static EngineFailure busy(List<Other> others) {
        String sentence = others.stream()
                .filter(other -> !other.own())
                .findFirst()
                .filter(other -> !other.ofOurs())
                .map(other -> "Login " + other.login() + " (process " + other.pid()
                        + ") holds the lock under which a server is changed.")
                .orElse("Somebody else changes the server.");
        return new EngineFailure(Kind.BUSY, "55P03", sentence, Optional.empty());
    }

    /// What names one target of one installation.
    static long fence(Reach reach) {
        String target = reach.installation() + ' ' + reach.target().name();
        return ByteBuffer.wrap(Sha256.of(target)).getLong();
    }
}
