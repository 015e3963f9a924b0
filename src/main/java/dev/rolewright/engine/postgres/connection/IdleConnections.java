package dev.rolewright.engine.postgres.connection;

import dev.rolewright.credential.Secret;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.Reach;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Connections that nobody uses at the moment, so that the next session opens without the handshake, which takes
/// longer than suspending somebody. The server itself ends those that stay idle.
public final class IdleConnections {

    /// What has to be the same for one connection to serve another session.
    record Key(
            String url,
            String database,
            String user,
            Optional<Secret> password,
            Reach.Patience patience,
            Purpose purpose,
            String applicationName) {}

    /// Those that entrust come in bursts of a handful; of the others there are few at a time.
    private static final int KEPT_OF_A_KIND = 4;

    private final Map<Key, Deque<Connection>> idle = new HashMap<>();

    @Nullable
    Connection take(Key key) {
        while (true) {
            Connection connection = poll(key);
            if (connection == null || isAlive(connection)) {
                return connection;
            }
            close(connection);
        }
    }

    /// @param connection without a transaction or a lock, and in the role that the next of its kind expects
    void give(Key key, Connection connection) {
        synchronized (idle) {
            Deque<Connection> same = idle.computeIfAbsent(key, _ -> new ArrayDeque<>());
            if (same.size() < KEPT_OF_A_KIND) {
                same.push(connection);
                return;
            }
        }
        close(connection);
    }

    public void closeAll() {
        Map<Key, Deque<Connection>> all;
        synchronized (idle) {
            all = Map.copyOf(idle);
            idle.clear();
        }
        all.values().forEach(same -> same.forEach(IdleConnections::close));
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            // It is gone either way.
        }
    }

    private @Nullable Connection poll(Key key) {
        synchronized (idle) {
            Deque<Connection> same = idle.get(key);
            return same == null ? null : same.poll();
        }
    }

    static boolean isAlive(Connection connection) {
        try {
            return connection.isValid(1);
        } catch (SQLException _) {
            return false;
        }
    }
}
