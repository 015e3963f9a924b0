package dev.rolewright.directory;

import dev.rolewright.model.Caller;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// A source of its own for a test, so that tests share a store without meeting each other.
record TestSource(int id, String name) {

    static TestSource create(DataSource store) {
        String name = "t" + UUID.randomUUID(); // a name may have 40 characters
        try (Connection connection = store.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("INSERT INTO source (name) VALUES (?) RETURNING id")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new TestSource(row.getInt(1), name);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Somebody who speaks for this source, in a request of its own.
    Caller caller() {
        return new Caller(id, name, "tester", UUID.randomUUID().toString(), List.of());
    }
}
