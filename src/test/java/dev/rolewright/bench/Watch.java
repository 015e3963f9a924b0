package dev.rolewright.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/// Looks from outside, as a superuser with a connection of its own, more than once a millisecond, at what a login can
/// still do.
final class Watch implements AutoCloseable {

    private static final long PATIENCE = Duration.ofSeconds(60).toNanos();
    private static final int PAUSE_MICROS = 300;

    private final Connection connection;
    private final PreparedStatement locked;
    private final PreparedStatement member;
    private long oid;

    Watch(BenchTarget target) throws SQLException {
        connection = target.administrator("postgres");
        locked = connection.prepareStatement("""
                SELECT NOT rolcanlogin AND NOT EXISTS (SELECT FROM pg_stat_get_activity(NULL) WHERE usesysid = ?)
                FROM pg_roles WHERE oid = ?""");
        member = connection.prepareStatement(
                "SELECT NOT EXISTS (SELECT FROM pg_auth_members WHERE member = ? AND roleid = ?::regrole)");
    }

    void on(String login) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT oid FROM pg_roles WHERE rolname = ?")) {
            statement.setString(1, login);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("there is no login " + login);
                }
                oid = row.getLong(1);
            }
        }
    }

    /// Waits until the login cannot be used and has no session, and says when that was seen.
    long untilLockedAndAlone() throws Exception {
        locked.setLong(1, oid);
        locked.setLong(2, oid);
        return until(locked);
    }

    /// Waits until the login is no member of a role, and says when that was seen.
    long untilNoMemberOf(String role) throws Exception {
        member.setLong(1, oid);
        member.setString(2, '"' + role + '"');
        return until(member);
    }

    private static long until(PreparedStatement question) throws Exception {
        long start = System.nanoTime();
        while (true) {
            try (ResultSet row = question.executeQuery()) {
                if (row.next() && row.getBoolean(1)) {
                    return System.nanoTime();
                }
            }
            if (System.nanoTime() - start > PATIENCE) {
                throw new IllegalStateException("nothing happened to the login within a minute");
            }
            Thread.sleep(Duration.ofNanos(PAUSE_MICROS * 1000L));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
