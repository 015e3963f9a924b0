package dev.rolewright.engine.postgres.lockout;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Those who were let in before a suspension was committed, and have no session yet that could be ended.
final class Arrivals {

    /// Within this time they show themselves, as long as nothing keeps them waiting.
    private static final long USUAL = 10_000_000;

    private static final long AFTER_WAITING = 100_000_000;

    // While a database is copied, renamed or dropped, whoever connects to it waits, and nobody sees who that is.
    private static final String WAITING = """
            select exists (
                select from pg_locks l
                where l.locktype = 'object' and l.classid = 'pg_database'::regclass and not l.granted
                  and not exists (select from pg_stat_activity a where a.pid = l.pid and a.usesysid is not null))""";

    private Arrivals() {}

    /// Waits until they are there.
    ///
    /// @param since when the suspension was committed, by the clock of nanoseconds
    /// @return whether somebody, whoever that is, is still on the way when the patience ends
    static boolean areMissed(Connection connection, long since, Duration patience) throws SQLException {
        LockSupport.parkNanos(Math.max(0, since + USUAL - System.nanoTime()));
        long end = System.nanoTime() + patience.toNanos();
        boolean waited = false;
        while (isSomebodyWaiting(connection)) {
            if (System.nanoTime() > end) {
                return true;
            }
            waited = true;
            LockSupport.parkNanos(USUAL);
        }
        if (waited) {
            LockSupport.parkNanos(AFTER_WAITING);
        }
        return false;
    }

    private static boolean isSomebodyWaiting(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(WAITING)) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
