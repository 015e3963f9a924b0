package dev.rolewright.engine.postgres.lockout;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.postgres.translation.Remedies;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.engine.postgres.words.Transaction;
import dev.rolewright.engine.postgres.words.Verbatim;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// Open sessions of logins, known by the login's id: a session keeps it whatever the login is called, whatever role
/// the session has become, and even when the login is gone.
final class Terminations {

    /// @param keeper who of ours may change it; empty for one that is gone
    record Login(Account account, Optional<RoleName> keeper) {}

    private static final String OPEN =
            "select usesysid, array_agg(pid) from pg_stat_activity where usesysid = any (?::oid[]) group by usesysid";
    private static final String END = """
            select count(pg_terminate_backend(pid)) from pg_stat_activity
            where usesysid = any (?::oid[]) and pid = any (?)""";
    private static final String MAY_SIGNAL = "select pg_has_role('pg_signal_backend', 'USAGE')";

    private final Context context;
    private final Connection connection;

    Terminations(Context context, Connection connection) {
        this.context = context;
        this.connection = connection;
    }

    /// Ends the sessions of these logins and waits until they are gone.
    ///
    /// Who may still log in loses the sessions that are open now; a later one has found what was revoked before.
    ///
    /// @param logins by id
    /// @param locked the ids of those who cannot log in any more
    /// @return for each login that still has sessions when the patience ends, why
    Map<String, EngineFailure> end(Map<String, Login> logins, Set<String> locked) throws SQLException {
        Map<String, EngineFailure> left = endTogether(logins, locked);
        if (logins.size() == 1 || left.values().stream().noneMatch(failure -> failure.kind() == Kind.RIGHT_MISSING)) {
            return left;
        }
        Map<String, EngineFailure> each = new HashMap<>();
        for (Map.Entry<String, Login> login : logins.entrySet()) {
            each.putAll(endTogether(Map.of(login.getKey(), login.getValue()), locked));
        }
        return each;
    }

    private Map<String, EngineFailure> endTogether(Map<String, Login> logins, Set<String> locked) throws SQLException {
        Map<String, Set<Integer>> condemned = open(logins.keySet());
        Map<String, Set<Integer>> left = condemned;
        long end = System.nanoTime() + context.reach().patience().lock().toNanos();
        for (long pause = 1_000_000; !left.isEmpty(); pause = Math.min(50_000_000, pause * 2)) {
            Optional<EngineFailure> refused = terminate(left, logins);
            if (refused.isPresent()) {
                return failures(left, refused.get());
            }
            LockSupport.parkNanos(pause);
            left = open(logins.keySet());
            left.forEach((id, pids) -> {
                if (!locked.contains(id)) {
                    pids.retainAll(condemned.getOrDefault(id, Set.of()));
                }
            });
            left.values().removeIf(Set::isEmpty);
            if (!left.isEmpty() && System.nanoTime() > end) {
                return left.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> stillOpen(entry.getValue())));
            }
        }
        return Map.of();
    }

    private Map<String, Set<Integer>> open(Collection<String> ids) throws SQLException {
        Map<String, Set<Integer>> open = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
            statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    open.put(rows.getString(1), new TreeSet<>(List.of((Integer[])
                            rows.getArray(2).getArray())));
                }
            }
        }
        return open;
    }

    // Without the server's role for it, whoever may give membership of a login may give it to himself, end the
    // sessions, and have never had it.
    private Optional<EngineFailure> terminate(Map<String, Set<Integer>> sessions, Map<String, Login> logins)
            throws SQLException {
        try (Transaction _ = Transaction.on(connection)) { // what is given for it is taken back with it
            if (maySignal()) {
                terminate(sessions);
                return Optional.empty();
            }
            Map<Optional<RoleName>, List<String>> keepers = sessions.keySet().stream()
                    .collect(Collectors.groupingBy(id -> login(logins, id).keeper()));
            for (Map.Entry<Optional<RoleName>, List<String>> kept : keepers.entrySet()) {
                RoleName keeper =
                        kept.getKey().orElseThrow(() -> new SQLException("nobody of ours keeps the login", "42501"));
                join(
                        keeper,
                        kept.getValue().stream().map(id -> login(logins, id)).toList());
                terminate(kept.getValue().stream().collect(Collectors.toMap(id -> id, id -> pids(sessions, id))));
            }
            return Optional.empty();
        } catch (SQLException e) {
            if (Failures.isServerWide(e)) {
                throw e;
            }
            return Optional.of(
                    Failures.of(e, Optional.of(Remedies.ofSessions(context, connection, sessions.keySet()))));
        }
    }

    private void terminate(Map<String, Set<Integer>> sessions) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(END)) {
            statement.setArray(
                    1, connection.createArrayOf("text", sessions.keySet().toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "int4",
                            sessions.values().stream().flatMap(Set::stream).toArray()));
            statement.executeQuery().close();
        }
    }

    private boolean maySignal() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(MAY_SIGNAL)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private void join(RoleName keeper, List<Login> logins) throws SQLException {
        String name = Quoting.name(keeper);
        String names = logins.stream()
                .map(login -> Quoting.name(login.account().login()))
                .collect(Collectors.joining(", "));
        Verbatim.run(
                connection,
                "SET LOCAL ROLE " + name,
                "GRANT " + names + " TO " + name
                        + (context.keepsGrantors() ? " WITH INHERIT TRUE, SET FALSE GRANTED BY " + name : ""));
    }

    private static Login login(Map<String, Login> logins, String id) {
        return Objects.requireNonNull(logins.get(id));
    }

    private static Set<Integer> pids(Map<String, Set<Integer>> sessions, String id) {
        return Objects.requireNonNull(sessions.get(id));
    }

    private static Map<String, EngineFailure> failures(Map<String, Set<Integer>> left, EngineFailure failure) {
        return left.keySet().stream().collect(Collectors.toMap(id -> id, _ -> failure));
    }

    private static EngineFailure stillOpen(Set<Integer> pids) {
        return new EngineFailure(
                Kind.BUSY,
                "Sessions were told to end and have not: "
                        + pids.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
}
