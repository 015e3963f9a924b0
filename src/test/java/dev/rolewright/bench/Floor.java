package dev.rolewright.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// What the same server does when nothing but the rows of a request is written or read over plain JDBC: the figure a
/// request of ours is held against.
///
/// It reads every row that a right answer needs (a person's groups are part of the person), and no more. It writes the
/// same tables, with all their indexes, under a source of its own; every statement is prepared once per
/// connection, and a write is one transaction, as it is for us.
final class Floor implements AutoCloseable {

    static final int SOURCE = 1_000_000;

    private static final String ROW = """
            INSERT INTO resource (id, source_id, type, version, created, last_modified, document, search)
            VALUES (?, ?, 'User', 1, now(), now(), ?::jsonb, ?::jsonb)""";
    private static final String COUNT = """
            INSERT INTO resource_count (source_id, type, slot, n) VALUES (?, 'User', pg_backend_pid() % 64, ?)
            ON CONFLICT (source_id, type, slot) DO UPDATE SET n = resource_count.n + EXCLUDED.n""";
    private static final String AUDIT = """
            INSERT INTO audit_event (source_id, source, actor, request_id, action, subject_type, subject_id,
                                     before_digest, after_digest, detail)
            VALUES (?, 'floor', 'floor', ?, ?, 'User', ?, ?, ?, ?::jsonb)""";
    private static final String UPDATE = """
            UPDATE resource SET version = version + 1, last_modified = now(), document = ?::jsonb, search = ?::jsonb
            WHERE id = ?""";
    private static final String DELETE = "DELETE FROM resource WHERE id = ?";
    private static final String MEMBER =
            "INSERT INTO membership (group_id, member_id) VALUES (?, ?) ON CONFLICT DO NOTHING";
    private static final String CHANGE = """
            INSERT INTO membership_change (group_id, slot, changes, last_changed)
            VALUES (?, pg_backend_pid() % 64, 1, now())
            ON CONFLICT (group_id, slot)
            DO UPDATE SET changes = membership_change.changes + 1, last_changed = EXCLUDED.last_changed""";
    private static final String BY_ID = """
            SELECT r.version, r.created, r.last_modified, r.document,
                   (SELECT array_agg(m.group_id) FROM membership m WHERE m.member_id = r.id)
            FROM resource r WHERE r.id = ?""";
    private static final String BY_USER_NAME = """
            SELECT r.id, r.version, r.created, r.last_modified, r.document,
                   (SELECT array_agg(m.group_id) FROM membership m WHERE m.member_id = r.id)
            FROM resource r
            WHERE r.source_id = ? AND r.type = 'User' AND (r.search ->> 'userName') COLLATE "C" = ?""";
    private static final String MEMBERS = """
            SELECT m.member_id, r.type, r.document ->> 'displayName' FROM membership m
            JOIN resource r ON r.id = m.member_id WHERE m.group_id = ? ORDER BY m.member_id""";
    private static final String OFFSET_PAGE = """
            SELECT id, version, created, last_modified, document FROM resource
            WHERE source_id = ? AND type = 'User' ORDER BY id OFFSET 9000 LIMIT 100""";
    private static final String KEYSET_PAGE = """
            SELECT id, version, created, last_modified, document FROM resource
            WHERE source_id = ? AND type = 'User' AND id > ? ORDER BY id LIMIT 100""";
    private static final String SORTED_PAGE = """
            SELECT id, version, created, last_modified, document FROM resource
            WHERE source_id = ? AND type = 'User' ORDER BY (search ->> 'userName') COLLATE "C", id LIMIT 100""";
    private static final String RECENT_PAGE = """
            SELECT id, version, created, last_modified, document FROM resource
            WHERE source_id = ? AND type = 'User' ORDER BY last_modified, id LIMIT 100""";

    private static final byte[] DIGEST = new byte[32];

    private final Connection connection;
    private final PreparedStatement row;
    private final PreparedStatement count;
    private final PreparedStatement audit;
    private final PreparedStatement update;
    private final PreparedStatement delete;
    private final PreparedStatement member;
    private final PreparedStatement change;
    private final PreparedStatement byId;
    private final PreparedStatement byUserName;
    private final PreparedStatement members;
    private final PreparedStatement offsetPage;
    private final PreparedStatement keysetPage;
    private final PreparedStatement sortedPage;
    private final PreparedStatement recentPage;

    Floor(Connection connection) throws SQLException {
        this.connection = connection;
        row = connection.prepareStatement(ROW);
        count = connection.prepareStatement(COUNT);
        audit = connection.prepareStatement(AUDIT);
        update = connection.prepareStatement(UPDATE);
        delete = connection.prepareStatement(DELETE);
        member = connection.prepareStatement(MEMBER);
        change = connection.prepareStatement(CHANGE);
        byId = connection.prepareStatement(BY_ID);
        byUserName = connection.prepareStatement(BY_USER_NAME);
        members = connection.prepareStatement(MEMBERS);
        offsetPage = connection.prepareStatement(OFFSET_PAGE);
        keysetPage = connection.prepareStatement(KEYSET_PAGE);
        sortedPage = connection.prepareStatement(SORTED_PAGE);
        recentPage = connection.prepareStatement(RECENT_PAGE);
    }

    void create(UUID id, String document, String search) throws SQLException {
        inTransaction(() -> {
            row.setObject(1, id);
            row.setInt(2, SOURCE);
            row.setString(3, document);
            row.setString(4, search);
            row.executeUpdate();
            count(1);
            audit("ResourceCreated", id);
        });
    }

    void update(UUID id, String document, String search) throws SQLException {
        inTransaction(() -> {
            update.setString(1, document);
            update.setString(2, search);
            update.setObject(3, id);
            one(update.executeUpdate());
            audit("ResourceChanged", id);
        });
    }

    void delete(UUID id) throws SQLException {
        inTransaction(() -> {
            delete.setObject(1, id);
            one(delete.executeUpdate());
            count(-1);
            audit("ResourceDeleted", id);
        });
    }

    void addMember(UUID group, UUID person) throws SQLException {
        inTransaction(() -> {
            member.setObject(1, group);
            member.setObject(2, person);
            member.executeUpdate();
            change.setObject(1, group);
            change.executeUpdate();
            audit("MembersChanged", group);
        });
    }

    void byId(UUID id) throws SQLException {
        byId.setObject(1, id);
        read(byId, 1);
    }

    void byUserName(int source, String foldedUserName) throws SQLException {
        byUserName.setInt(1, source);
        byUserName.setString(2, foldedUserName);
        read(byUserName, 1);
    }

    void members(UUID group, int expected) throws SQLException {
        members.setObject(1, group);
        read(members, expected);
    }

    void offsetPage(int source) throws SQLException {
        offsetPage.setInt(1, source);
        read(offsetPage, 100);
    }

    void keysetPage(int source, UUID after) throws SQLException {
        keysetPage.setInt(1, source);
        keysetPage.setObject(2, after);
        read(keysetPage, 100);
    }

    void sortedPage(int source) throws SQLException {
        sortedPage.setInt(1, source);
        read(sortedPage, 100);
    }

    void recentPage(int source) throws SQLException {
        recentPage.setInt(1, source);
        read(recentPage, 100);
    }

    private void count(int difference) throws SQLException {
        count.setInt(1, SOURCE);
        count.setInt(2, difference);
        count.executeUpdate();
    }

    private void audit(String action, UUID subject) throws SQLException {
        audit.setInt(1, SOURCE);
        audit.setString(2, subject.toString());
        audit.setString(3, action);
        audit.setString(4, subject.toString());
        audit.setBytes(5, DIGEST);
        audit.setBytes(6, DIGEST);
        audit.setString(7, "{\"attributes\":[\"active\"]}");
        audit.executeUpdate();
    }

    private void inTransaction(Writes writes) throws SQLException {
        connection.setAutoCommit(false);
        writes.perform();
        connection.commit();
    }

    private void read(PreparedStatement statement, int expectedRows) throws SQLException {
        connection.setAutoCommit(true);
        int rows = 0;
        try (ResultSet result = statement.executeQuery()) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                for (int column = 1; column <= columns; column++) {
                    result.getObject(column);
                }
                rows++;
            }
        }
        if (rows != expectedRows) {
            throw new IllegalStateException("the floor read " + rows + " rows instead of " + expectedRows);
        }
    }

    private static void one(int rows) {
        if (rows != 1) {
            throw new IllegalStateException("the floor changed " + rows + " rows instead of one");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    @FunctionalInterface
    private interface Writes {
        void perform() throws SQLException;
    }
}
