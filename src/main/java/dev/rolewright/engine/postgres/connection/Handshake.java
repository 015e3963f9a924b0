package dev.rolewright.engine.postgres.connection;

import dev.rolewright.credential.Secret;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.Reach;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.LoginName;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes connections: by the address that a server is reached at, with its own driver, and with our [Settings] as the
/// first thing that is said.
public final class Handshake {

    private static final Pattern URL = Pattern.compile("(jdbc:postgresql:" + OpenLine.HOSTS + "/)([^?]+)(\\?.*)?");
    // The driver believes an address more than whoever connects by it: all who knock would knock as one.
    private static final Pattern SAYS_WHO_OR_WHERE =
            Pattern.compile("(?i).*[?&]((ssl)?password|user|pg(host|port|dbname))\\b.*");
    private static final Duration LINE_SLACK = Duration.ofSeconds(10);
    // Asked for here and not from DriverManager, which knows only what its caller's class loader brought in.
    private static final Driver DRIVER = ServiceLoader.load(Driver.class, Handshake.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .filter(Handshake::speaksPostgres)
            .findFirst()
            .orElseThrow();
    private static final int OLDEST = 14;
    private static final int NEWEST = 18;

    private final Reach reach;
    private final Purpose purpose;
    private final Matcher url;

    /// @throws EngineFailure when it is no address, or one that says who logs in, by what, or where else
    Handshake(Reach reach, Purpose purpose) {
        this.reach = reach;
        this.purpose = purpose;
        this.url = URL.matcher(reach.url());
        if (!url.matches() || SAYS_WHO_OR_WHERE.matcher(reach.url()).matches()) {
            throw new EngineFailure(
                    Kind.REFUSED,
                    "An address has the form jdbc:postgresql://host:port/database and carries no password, no user and"
                            + " no second place.");
        }
    }

    /// The database that an address names, if it is one.
    public static Optional<String> database(String url) {
        return Optional.of(URL.matcher(url)).filter(Matcher::matches).map(Handshake::database);
    }

    /// The database that the address names.
    String database() {
        return database(url);
    }

    /// A new connection to a database of the server.
    Connection with(String database) {
        try {
            return connect(database);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    /// Logs in as somebody else, and out again.
    ///
    /// @throws SQLException when the server does not let them in
    void knock(LoginName login, Secret password) throws SQLException {
        Properties properties = properties();
        properties.setProperty("user", login.value());
        properties.setProperty("password", password.reveal());
        Connection connection = DRIVER.connect(address(database()), properties);
        if (connection != null) {
            connection.close();
        }
    }

    private Connection connect(String database) throws SQLException {
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
                        "The server is PostgreSQL " + version + "; versions " + OLDEST + " to " + NEWEST
                                + " are supported.");
            }
            // An address may give another name, by which nobody would find what an earlier process left open.
            statement.execute(Settings.of(version, purpose, database.equals(database()), reach.patience())
                    + "; set application_name = " + Quoting.text(SessionName.of(reach, purpose)));
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
        // Statements without parameters travel as they are written, so that many of them are one message.
        properties.setProperty("preferQueryMode", "extendedForPrepared");
        return properties;
    }

    private String address(String database) {
        return url.group(1)
                + URLEncoder.encode(database, StandardCharsets.UTF_8)
                + Optional.ofNullable(url.group(3)).orElse("");
    }

    private static String database(Matcher url) {
        return URLDecoder.decode(url.group(2), StandardCharsets.UTF_8);
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.toSeconds()));
    }

    private static boolean speaksPostgres(Driver driver) {
        try {
            return driver.acceptsURL("jdbc:postgresql://localhost/postgres");
        } catch (SQLException _) {
            return false;
        }
    }
}
