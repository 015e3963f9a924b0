package dev.rolewright.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// The rows that a feed of leavers leaves behind, over plain JDBC by somebody who knows them all
/// beforehand: a thousand to a statement and to a transaction, the same tables with their indexes
/// and triggers.
///
/// They are the report's row, the name, the fact, two rows of audit, the person and the fence, whose trigger writes the
/// mark.
final class FeedFloor implements AutoCloseable {

    private static final int AT_ONCE = 1_000;

    private static final String ROW = """
            INSERT INTO hr_feed_row (feed, line, outcome, event, key, value, kind, last_day, stops)
            SELECT ?, n, 'applied', event, 'employee_number', number, 'leaver', '2026-03-31', person
            FROM unnest(?, ?, ?, ?) t (n, event, number, person)""";
    private static final String SUBJECT = """
            INSERT INTO hr_subject (sender, key, value, person)
            SELECT 'floor', 'employee_number', * FROM unnest(?, ?) RETURNING id""";
    private static final String FACT = """
            INSERT INTO hr_fact (sender, event, subject, kind, last_day, request)
            SELECT 'floor', event, subject, 'leaver', '2026-03-31', ? FROM unnest(?, ?) t (event, subject)""";
    private static final String AUDIT = """
            INSERT INTO audit_event (source_id, source, actor, request_id, action, subject_type, subject_id, detail)
            SELECT 0, '', 'hr:floor', ?, ?, ?, subject, jsonb_build_object('event', event, 'sender', 'floor')
            FROM unnest(?, ?) t (subject, event)""";
    private static final String PERSON =
            "INSERT INTO hr_person (person, due) SELECT person, NULL FROM unnest(?) t (person)";
    private static final String FENCE = """
            INSERT INTO fence (person, sender, kind, event, since)
            SELECT person, 'floor', 'leaver', event, '2026-03-31T22:00Z' FROM unnest(?, ?) t (person, event)""";

    private final Connection connection;

    FeedFloor(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
    }

    /// @param round makes the names new
    void write(int round, List<String> numbers, List<UUID> people) throws SQLException {
        for (int from = 0; from < numbers.size(); from += AT_ONCE) {
            int to = Math.min(numbers.size(), from + AT_ONCE);
            part(round, from, numbers.subList(from, to), people.subList(from, to));
            connection.commit();
        }
    }

    private void part(int round, int from, List<String> numbers, List<UUID> people) throws SQLException {
        String request = "floor-" + round;
        Array lines = array(
                "integer", IntStream.range(from, from + numbers.size()).boxed().toArray());
        Array events = array("text", numbers.stream().map(FeedFloor::event).toArray());
        Array names = array("text", numbers.toArray());
        Array ids = array("uuid", people.toArray());
        run(ROW, -round, lines, events, names, ids);
        run(FACT, request, events, subjects(names, ids));
        run(AUDIT, request, "hr.received", "HrEvent", events, events);
        run(
                AUDIT,
                request,
                "hr.applied",
                "User",
                array("text", people.stream().map(UUID::toString).toArray()),
                events);
        run(PERSON, ids);
        run(FENCE, ids, events);
    }

    /// Names of events follow from what they say, and come in no order.
    private static String event(String number) {
        return "derived:" + UUID.nameUUIDFromBytes(number.getBytes(StandardCharsets.UTF_8));
    }

    private Array subjects(Array names, Array people) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SUBJECT)) {
            statement.setArray(1, names);
            statement.setArray(2, people);
            try (ResultSet rows = statement.executeQuery()) {
                List<Long> ids = new ArrayList<>();
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
                return array("bigint", ids.toArray());
            }
        }
    }

    private Array array(String type, Object[] values) throws SQLException {
        return connection.createArrayOf(type, values);
    }

    private void run(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    /// Clears away what earlier rounds left, so that none pays for another.
    void tidy() throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        }
        connection.setAutoCommit(false);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
