package dev.rolewright.engine.postgres.connection;

import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.RoleName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a session leaves behind on a connection that somebody else may use after it.
final class Leftovers {

    private Leftovers() {}

    /// Clears them away. The locks go with the session that took them; what is given back is as good as new.
    /// From 16 on becoming the grantor makes the server walk through the lists of all keepers, unless it did so
    /// since a membership changed: better now than while somebody waits for being suspended.
    ///
    /// @param role the one that the session was in
    /// @param name what the connection is called again
    /// @return whether that went well
    static boolean clear(Connection connection, @Nullable RoleName role, Optional<String> name) {
        try (Statement statement = connection.createStatement()) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            String sql = "set role none; select pg_catalog.pg_advisory_unlock_all()";
            if (name.isPresent()) {
                sql += "; set application_name = " + Quoting.text(name.get());
            }
            if (role != null && Context.keepsGrantors(connection.getMetaData().getDatabaseMajorVersion())) {
                sql += "; select pg_catalog.pg_has_role(" + Quoting.text(role.value()) + ", 'SET')";
            }
            statement.execute(sql);
            return true;
        } catch (SQLException _) {
            return false;
        }
    }

    /// Whether there are none, after somebody was entrusted with something: that takes no lock, is in one role
    /// from beginning to end and ends what it began. So nobody who waits for a password waits for a clearing.
    static boolean none(Connection connection) {
        try {
            return connection.getAutoCommit();
        } catch (SQLException _) {
            return false;
        }
    }
}
