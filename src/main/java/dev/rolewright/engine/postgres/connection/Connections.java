package dev.rolewright.engine.postgres.connection;

import dev.rolewright.credential.Secret;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Reach;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.RoleName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The connections of one session: one to the maintenance database, and one to each database that is asked for.
///
/// All of them have the same [Settings], whatever the server, the database or the login says.
public final class Connections implements AutoCloseable {

    private final Reach reach;
    private final Purpose purpose;
    private final IdleConnections idle;
    private final Handshake handshake;
    private final String maintenance;
    private final Map<String, Connection> open = new HashMap<>();
    private @Nullable RoleName role;
    private @Nullable Long pass;
    private boolean inRole; // as whoever had the connection before left it
    private boolean good;

    public Connections(Reach reach, Purpose purpose, IdleConnections idle) {
        this.reach = reach;
        this.purpose = purpose;
        this.idle = idle;
        this.handshake = new Handshake(reach, purpose);
        this.maintenance = handshake.database();
    }

    /// The database in which the lock on the whole cluster is taken.
    public String maintenanceDatabase() {
        return maintenance;
    }

    /// Our own login.
    public String user() {
        return reach.user();
    }

    public Connection maintenance() {
        return to(maintenance);
    }

    public Connection to(String database) {
        Connection known = open.get(database);
        if (known != null) {
            return known;
        }
        Connection connection = connect(database);
        open.put(database, connection);
        if (role != null) {
            become(connection, role);
        }
        if (pass != null) {
            announce(connection, pass);
        }
        return connection;
    }

    /// Whether the server still answers where the lock on it is held.
    public boolean isServerThere() {
        return IdleConnections.isAlive(maintenance());
    }

    /// What failed in one database is that database's own affair, as long as the server still answers elsewhere.
    ///
    /// @throws EngineFailure the same where it is not
    public EngineFailure only(String database, EngineFailure failure) {
        if (database.equals(maintenance) || !isServerThere()) {
            throw failure;
        }
        Connection connection = open.get(database);
        if (connection != null && !IdleConnections.isAlive(connection)) {
            open.remove(database);
            IdleConnections.close(connection);
        }
        return Failures.in(database, failure);
    }

    /// The major version: 14 to 18.
    public int version() {
        try {
            return maintenance().getMetaData().getDatabaseMajorVersion();
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    /// Every connection of the session acts as this role from now on.
    public void become(RoleName grantor) {
        if (!inRole) {
            open.values().forEach(connection -> become(connection, grantor));
        }
        role = grantor;
    }

    /// Whether what was entrusted last went as it should, so that somebody else may go on from there.
    public void good(boolean well) {
        good = well;
    }

    /// Every connection of the session tells from now on for which pass it is there, in `application_name`.
    public void announce(long number) {
        open.values().forEach(connection -> announce(connection, number));
        pass = number;
    }

    /// As [Handshake#knock].
    public void knock(LoginName login, Secret password) throws SQLException {
        handshake.knock(login, password);
    }

    @Override
    public void close() {
        open.forEach((database, connection) -> {
            if (isKept(connection)) {
                idle.give(key(database), connection);
            } else {
                IdleConnections.close(connection);
            }
        });
        open.clear();
    }

    private boolean isKept(Connection connection) {
        return switch (purpose) {
            case PROVE -> false;
            case ENTRUST -> good && Leftovers.none(connection);
            case CHANGE, LOOK ->
                Leftovers.clear(connection, role, Optional.ofNullable(pass).map(_ -> SessionName.of(reach, purpose)));
        };
    }

    private void announce(Connection connection, long number) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set application_name = "
                    + Quoting.text(SessionName.of(reach, purpose) + SessionName.PASS + number));
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    private void become(Connection connection, RoleName grantor) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set role " + Quoting.name(grantor));
        } catch (SQLException e) {
            throw Failures.of(
                    e, Optional.of("GRANT " + Quoting.name(grantor) + " TO " + Quoting.name(reach.user()) + ";"));
        }
    }

    private Connection connect(String database) {
        Connection kept = purpose == Purpose.PROVE ? null : idle.take(key(database));
        if (kept != null) {
            inRole = purpose == Purpose.ENTRUST;
            return kept;
        }
        return handshake.with(database);
    }

    private IdleConnections.Key key(String database) {
        return new IdleConnections.Key(
                reach.url(),
                database,
                reach.user(),
                reach.password(),
                reach.patience(),
                purpose,
                SessionName.of(reach, purpose));
    }
}
