package dev.rolewright.engine.postgres.departure;

import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Quoting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Keeps what leavers left in the quarantine apart.
///
/// Code in it runs as the quarantine, which owns the tables in it. So a table that has to go there,
/// because it has code of its own, and anything of another leaver must not meet: either would have
/// what the other one left. Code beside code has nothing to take.
final class Mixture {

    private static final String HELD = """
            select exists (select from pg_class where relowner = q.oid and relkind in ('r', 'p', 'm')),
                   exists (select from pg_shdepend s
                           where s.refclassid = 'pg_authid'::regclass and s.refobjid = q.oid and s.deptype = 'o'
                             and s.dbid = (select d.oid from pg_database d where d.datname = current_database()))
            from pg_roles q where q.rolname = ?""";

    private Mixture() {}

    /// @param tables whether any of what comes into the quarantine has rows
    /// @throws dev.rolewright.engine.EngineFailure when it would meet what somebody else left
    static void refuse(Context context, Connection connection, String database, boolean tables) throws SQLException {
        String quarantine = context.own().quarantine().value();
        try (PreparedStatement statement = connection.prepareStatement(HELD)) {
            statement.setString(1, quarantine);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next() && (row.getBoolean(1) || (tables && row.getBoolean(2)))) {
                    throw Retirement.unsafe("in " + Quoting.shown(database) + " role " + quarantine
                            + " holds what somebody else left, and code of the one could read tables of the other:"
                            + " have an administrator give it to somebody, or drop it");
                }
            }
        }
    }
}
