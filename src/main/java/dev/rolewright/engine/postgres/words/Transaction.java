package dev.rolewright.engine.postgres.words;

import java.sql.Connection;
import java.sql.SQLException;

/// A transaction on a connection that commits each statement by itself otherwise. Of what is not committed nothing is
/// left when it is closed.
public final class Transaction implements AutoCloseable {

    private final Connection connection;

    private Transaction(Connection connection) {
        this.connection = connection;
    }

    public static Transaction on(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        return new Transaction(connection);
    }

    public void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }
}
