package dev.rolewright.engine.postgres.lockout;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whose open transactions may hold a login, so that it cannot be changed.
///
/// The server shows who holds a row only while somebody waits for it. But whoever changed a row of
/// a catalogue keeps the lock on the catalogue, and whoever granted or commented on a role one on
/// the role, until the transaction ends.
record Holders(List<Holder> all) {

    /// @param id the login's id
    /// @param pid empty for a transaction that was prepared and left
    record Holder(String login, String id, Optional<Integer> pid) {}

    private static final String LOOK = """
            select distinct coalesce(a.usename, x.owner, ''), coalesce(a.usesysid, r.oid, 0), l.pid
            from pg_locks l
                 left join pg_stat_activity a on a.pid = l.pid
                 left join pg_prepared_xacts x on l.pid is null and l.virtualtransaction = '-1/' || x.transaction
                 left join pg_roles r on r.rolname = x.owner
            where l.granted and l.mode <> 'AccessShareLock' and l.pid is distinct from pg_backend_pid()
              and (l.pid is null or a.usesysid is not null) -- the server itself cleans a catalogue up without holding rows
              and (l.locktype = 'relation' and l.database = 0 and l.relation = 'pg_authid'::regclass
                   or l.locktype = 'object' and l.database = 0 and l.classid = 'pg_authid'::regclass
                      and l.objid = any (?::oid[]))
            order by l.pid""";

    /// @param ids of the logins that are held
    static Holders of(Connection connection, List<String> ids) throws SQLException {
        List<Holder> holders = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
            statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    int pid = rows.getInt(3);
                    holders.add(new Holder(
                            rows.getString(1),
                            rows.getString(2),
                            rows.wasNull() ? Optional.empty() : Optional.of(pid)));
                }
            }
        }
        return new Holders(holders);
    }

    /// Whether one of these logins holds it in a session, which can be ended.
    boolean isAmong(List<String> ids) {
        return all.stream().anyMatch(holder -> holder.pid().isPresent() && ids.contains(holder.id()));
    }

    String sentence() {
        if (all.isEmpty()) {
            return "Somebody holds it in an open transaction, who has ended it by now.";
        }
        return all.stream()
                .map(holder -> holder.pid()
                        .map(pid -> "process " + pid + " of login " + holder.login())
                        .orElse("a prepared transaction of login " + holder.login()))
                .collect(Collectors.joining(" or ", "It is held by an open transaction of ", "."));
    }

    /// What ends the transaction, when it is known which.
    Optional<String> remedy() {
        return all.size() == 1
                ? all.getFirst().pid().map(pid -> "SELECT pg_terminate_backend(" + pid + ");")
                : Optional.empty();
    }
}
