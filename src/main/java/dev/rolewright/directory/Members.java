package dev.rolewright.directory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Members of groups, read from the store as they are asked for, so that a group of any size needs no more memory than
/// one batch. The query has already been answered when this exists; it must be closed.
public final class Members implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final Runnable afterwards;

    Members(Connection connection, PreparedStatement statement, ResultSet rows, Runnable afterwards) {
        this.connection = connection;
        this.statement = statement;
        this.rows = rows;
        this.afterwards = afterwards;
    }

    /// The next member, or null after the last.
    public @Nullable MemberRef next() {
        try {
            return rows.next() ? member(rows) : null;
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    static MemberRef member(ResultSet row) throws SQLException {
        return new MemberRef(
                row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getString(3), row.getString(4));
    }

    @Override
    public void close() {
        try (connection;
                statement;
                rows) {
            // Ends the transaction that fetching in batches needs; the connection goes back as it came.
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw Failures.of(e);
        } finally {
            afterwards.run();
        }
    }
}
