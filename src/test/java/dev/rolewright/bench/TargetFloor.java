package dev.rolewright.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a target does when one connection tells it nothing but the statements of a change: the figure a pass is held
/// against. It has logins, a role and a marker of its own, that nothing of ours takes for its own, and is a
/// superuser's, because a server checks whatever anybody else says about a role against all that he is a member
/// of.
///
/// A login gets what ours get: the login, its comment, the marker and one role. Many are told together, and a
/// transaction holds a thousand at most, because a server's table of locks holds few more.
final class TargetFloor implements AutoCloseable {

    private static final int AT_ONCE = 1000;
    private static final String MARKER = "floor_marker";
    static final String ROLE = "floor_reader";
    private static final String SESSIONS = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usesysid = ?""";

    private static final String LOGINS = """
            SELECT r.oid, r.rolname, r.rolcanlogin, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb,
                   r.rolreplication, r.rolbypassrls, r.rolvaliduntil, d.description
            FROM pg_roles r
            JOIN pg_auth_members m ON m.member = r.oid
            JOIN pg_shdescription d ON d.objoid = r.oid AND d.classoid = 'pg_authid'::regclass
            WHERE m.roleid = ?::regrole""";
    private static final String ONE = """
            SELECT r.oid, r.rolname, r.rolcanlogin, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb,
                   r.rolreplication, r.rolbypassrls, r.rolvaliduntil, d.description,
                   m.roleid, m.grantor, m.admin_option, m.inherit_option, m.set_option
            FROM pg_roles r
            JOIN pg_auth_members m ON m.member = r.oid
            JOIN pg_shdescription d ON d.objoid = r.oid AND d.classoid = 'pg_authid'::regclass
            WHERE r.rolname = ?""";
    private static final String MEMBERSHIPS = """
            SELECT roleid, member, grantor, admin_option, inherit_option, set_option
            FROM pg_auth_members WHERE roleid <> ?::regrole""";
    private static final String SESSION_COUNTS = """
            SELECT usesysid, count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' GROUP BY usesysid""";

    private final Connection connection;
    private final PreparedStatement sessions;

    TargetFloor(BenchTarget target) throws SQLException {
        connection = target.administrator("postgres");
        sessions = connection.prepareStatement(SESSIONS);
    }

    void prepare() throws SQLException {
        BenchTarget.run(connection, "CREATE ROLE " + MARKER, "CREATE ROLE " + ROLE);
    }

    static String login(int number) {
        return "floor.%06d".formatted(number);
    }

    /// Makes logins, and gives them the role.
    void provision(List<String> logins) throws SQLException {
        inTransactions(
                logins,
                some -> each(some, login -> "CREATE ROLE \"" + login + "\" LOGIN;" + comment(login, ""))
                        + "GRANT " + MARKER + " TO " + names(some) + " WITH INHERIT FALSE, SET FALSE;"
                        + "GRANT " + ROLE + " TO " + names(some) + " WITH INHERIT TRUE, SET FALSE;");
    }

    /// Makes logins unusable, durably; then ends their sessions; then takes the role away.
    void suspend(List<String> logins) throws SQLException {
        inTransactions(
                logins,
                some -> each(
                        some,
                        login -> "ALTER ROLE \"" + login + "\" NOLOGIN;"
                                + comment(login, ";suspended=2026-01-01T00:00:00.000Z")));
        for (long oid : oids(logins)) {
            end(oid);
        }
        inTransactions(logins, some -> "REVOKE " + ROLE + " FROM " + names(some) + ";");
    }

    /// Takes the role away and leaves the login.
    void revoke(List<String> logins) throws SQLException {
        inTransactions(logins, some -> "REVOKE " + ROLE + " FROM " + names(some) + ";");
    }

    void grant(List<String> logins) throws SQLException {
        inTransactions(logins, some -> "GRANT " + ROLE + " TO " + names(some) + " WITH INHERIT TRUE, SET FALSE;");
    }

    void drop(List<String> logins) throws SQLException {
        inTransactions(logins, some -> "DROP ROLE " + names(some) + ";");
    }

    /// Reads what a look at the whole has to know of the logins that carry a marker.
    ///
    /// @return how many logins there are
    int readAll(String marker) throws SQLException {
        int logins = rows(LOGINS, marker);
        rows(MEMBERSHIPS, marker);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(SESSION_COUNTS)) {
            read(result);
        }
        return logins;
    }

    /// Reads the same of one login.
    void readOne(String login) throws SQLException {
        if (rows(ONE, login) == 0) {
            throw new IllegalStateException("there is no login " + login);
        }
    }

    private int rows(String query, String marker) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, marker);
            try (ResultSet result = statement.executeQuery()) {
                return read(result);
            }
        }
    }

    static int read(ResultSet result) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        int rows = 0;
        while (result.next()) {
            for (int column = 1; column <= columns; column++) {
                result.getObject(column);
            }
            rows++;
        }
        return rows;
    }

    private void end(long oid) throws SQLException {
        sessions.setLong(1, oid);
        while (true) {
            try (ResultSet ended = sessions.executeQuery()) {
                if (read(ended) == 0) {
                    return;
                }
            }
        }
    }

    private List<Long> oids(List<String> logins) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT oid FROM pg_roles WHERE rolname = ANY (?)")) {
            statement.setArray(1, connection.createArrayOf("text", logins.toArray()));
            try (ResultSet result = statement.executeQuery()) {
                List<Long> oids = new ArrayList<>();
                while (result.next()) {
                    oids.add(result.getLong(1));
                }
                return oids;
            }
        }
    }

    private void inTransactions(List<String> logins, Function<List<String>, String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (int from = 0; from < logins.size(); from += AT_ONCE) {
                List<String> some = logins.subList(from, Math.min(from + AT_ONCE, logins.size()));
                statement.execute("BEGIN;" + statements.apply(some) + "COMMIT");
            }
        }
    }

    private static String comment(String login, String more) {
        return "COMMENT ON ROLE \"" + login + "\" IS 'floor:person=" + new UUID(0, login.hashCode()) + more + "';";
    }

    private static String each(List<String> logins, Function<String, String> statement) {
        return logins.stream().map(statement).collect(Collectors.joining());
    }

    private static String names(List<String> logins) {
        return logins.stream().collect(Collectors.joining("\",\"", "\"", "\""));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
