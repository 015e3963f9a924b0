package dev.rolewright.engine.postgres;

import dev.rolewright.credential.Secret;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.Reach;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.RoleName;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The connections of one session: one to the maintenance database, and one to each database that is asked for.
///
/// All of them have the same [Settings], whatever the server, the database or the login says.
final class Connections implements AutoCloseable {

    private static final Pattern URL = Pattern.compile("(jdbc:postgresql:" + OpenLine.HOSTS + "/)([^?]+)(\\?.*)?");
    private static final Duration LINE_SLACK = Duration.ofSeconds(10);
    // Asked for here and not from DriverManager, which knows only what its caller's class loader brought in.
    private static final Driver DRIVER = ServiceLoader.load(Driver.class, Connections.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .filter(Connections::speaksPostgres)
            .findFirst()
            .orElseThrow();
    private static final int OLDEST = 14;
    private static final int NEWEST = 18;

    private final Reach reach;
    private final Purpose purpose;
    private final IdleConnections idle;
    private final Matcher url;
    private final String maintenance;
    private final Map<String, Connection> open = new HashMap<>();
    private @Nullable RoleName role;
    private @Nullable Long pass;
    private boolean inRole; // as whoever had the connection before left it
    private boolean good;

    Connections(Reach reach, Purpose purpose, IdleConnections idle) {
        this.reach = reach;
        this.purpose = purpose;
        this.idle = idle;
        this.url = URL.matcher(reach.url());
        if (!url.matches() || reach.url().matches("(?i).*[?&](ssl)?password=.*")) {
            throw new EngineFailure(
                    Kind.REFUSED,
                    "",
                    "An address has the form jdbc:postgresql://host:port/database and carries no password.",
                    Optional.empty());
        }
        this.maintenance = URLDecoder.decode(url.group(2), StandardCharsets.UTF_8);
    }

    /// The database that an address names, if it is one.
    static Optional<String> database(String url) {
        return Optional.of(URL.matcher(url))
                .filter(Matcher::matches)
                .map(matched -> URLDecoder.decode(matched.group(2), StandardCharsets.UTF_8));
    }

    /// The database in which the lock on the whole cluster is taken.
    String maintenanceDatabase() {
        return maintenance;
    }

    /// Our own login.
    String user() {
        return reach.user();
    }

    Connection maintenance() {
        return to(maintenance);
    }

    Connection to(String database) {
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
    boolean isServerThere() {
        return isAlive(maintenance());
    }

    /// What failed in one database is that database's own affair, as long as the server still answers elsewhere.
    ///
    /// @throws EngineFailure the same where it is not
    EngineFailure only(String database, EngineFailure failure) {
        if (database.equals(maintenance) || !isServerThere()) {
            throw failure;
        }
        Connection connection = open.get(database);
        if (connection != null && !isAlive(connection)) {
            open.remove(database);
            IdleConnections.close(connection);
        }
        return Failures.in(database, failure);
    }

    /// The major version: 14 to 18.
    int version() {
        try {
            return maintenance().getMetaData().getDatabaseMajorVersion();
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    /// Every connection of the session acts as this role from now on.
    void become(RoleName grantor) {
        if (!inRole) {
            open.values().forEach(connection -> become(connection, grantor));
        }
        role = grantor;
    }

    /// Whether what was entrusted last went as it should, so that somebody else may go on from there.
    void good(boolean well) {
        good = well;
    }

    /// Every connection of the session tells from now on for which pass it is there, in `application_name`.
    void announce(long number) {
        open.values().forEach(connection -> announce(connection, number));
        pass = number;
    }

    /// Logs in as somebody else, and out again.
    ///
    /// @throws SQLException when the server does not let them in
    void knock(LoginName login, Secret password) throws SQLException {
        Properties properties = properties();
        properties.setProperty("user", login.value());
        properties.setProperty("password", password.reveal());
        Connection connection = DRIVER.connect(address(maintenance), properties);
        if (connection != null) {
            connection.close();
        }
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
        try {
            return handshake(database);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    private Connection handshake(String database) throws SQLException {
        Properties properties = properties();
        properties.setProperty("user", reach.user());
        reach.password().ifPresent(password -> properties.setProperty("password", password.reveal()));
        Connection connection = DRIVER.connect(address(database), properties);
        if (connection == null) {
            throw new SQLException("not an address of this driver", "08001");
        }
        try (Statement statement = connection.createStatement()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST || version > NEWEST) {
                throw new EngineFailure(
                        Kind.WRONG_VERSION,
                        "",
                        "The server is PostgreSQL " + version + "; versions " + OLDEST + " to " + NEWEST
                                + " are supported.",
                        Optional.empty());
            }
            statement.execute(Settings.of(version, purpose, database.equals(maintenance), reach.patience()));
            connection.setNetworkTimeout(Runnable::run, (int)
                    reach.patience().statement().plus(LINE_SLACK).toMillis());
            return connection;
        } catch (SQLException | RuntimeException e) {
            IdleConnections.close(connection);
            throw e;
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", SessionName.of(reach, purpose));
        properties.setProperty("connectTimeout", seconds(reach.patience().connect()));
        properties.setProperty("socketTimeout", seconds(reach.patience().connect()));
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    private String address(String database) {
        return url.group(1)
                + URLEncoder.encode(database, StandardCharsets.UTF_8)
                + Optional.ofNullable(url.group(3)).orElse("");
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

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.toSeconds()));
    }

    private static boolean isAlive(Connection connection) {
        try {
            return connection.isValid(1);
        } catch (SQLException _) {
            return false;
        }
    }

    private static boolean speaksPostgres(Driver driver) {
        try {
            return driver.acceptsURL("jdbc:postgresql://localhost/postgres");
        } catch (SQLException _) {
            return false;
        }
    }
}
