package dev.rolewright.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolewright.credential.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/// The database `orders` in the embedded server, and the login that Rolewright manages it with.
///
/// It is made once and kept like the store. The login gets exactly the rights that an administrator gives it
/// elsewhere, by the same script; it is no superuser, and of the store it sees nothing.
///
/// @param installation the name that the server roles of ours begin with
record DemoDatabase(EmbeddedStore store, Secret password, String installation) {

    static final String NAME = "orders";
    static final String CONNECTOR = "orders_connector";

    private static final String OWNER = "orders_owner";

    String jdbcUrl() {
        return store.jdbcUrl(NAME);
    }

    /// Makes what is missing.
    void prepare() {
        try {
            try (Connection server = connect(EmbeddedStore.DATABASE)) {
                execute(server, "revoke connect, temporary on database " + EmbeddedStore.DATABASE + " from public");
                if (isMissing(server, "select from pg_roles where rolname = ?", OWNER)) {
                    execute(server, "create role " + OWNER);
                }
                if (isMissing(server, "select from pg_database where datname = ?", NAME)) {
                    execute(server, "create database " + NAME + " owner " + OWNER);
                }
            }
            try (Connection orders = connect(NAME)) {
                orders.setAutoCommit(false);
                if (isMissing(orders, "select from pg_namespace where nspname = ?", "sales")) {
                    execute(orders, "revoke connect, temporary on database " + NAME + " from public");
                    execute(orders, resource("demo/orders.sql"));
                }
                execute(orders, connectorScript());
                // Were the server to log this, it would do so next to the file that has the same password.
                execute(orders, "alter role " + CONNECTOR + " password '" + password.reveal() + "'");
                orders.commit();
            }
        } catch (SQLException | IOException e) {
            throw new EmbeddedStoreFailure(
                    "the demo database cannot be made (" + e + "); ROLEWRIGHT_DEMO=false starts without it", e);
        }
    }

    /// Lets people in without a password, because in the demo nobody gives them one: into this database only, from
    /// this machine only, and nobody but them.
    List<String> admissions() {
        return List.of(
                "host " + NAME + " " + store.user() + "," + CONNECTOR + " 127.0.0.1/32 scram-sha-256",
                "host " + NAME + " +\"" + installation + "_marker\" 127.0.0.1/32 trust");
    }

    /// What an administrator runs with psql, its variables filled in as psql does it.
    private String connectorScript() throws IOException {
        return resource("demo/connector.sql")
                .replace(":'connector'", quoted(CONNECTOR))
                .replace(":'installation'", quoted(installation))
                .replace(":'databases'", quoted(NAME))
                .replace(":'owners'", quoted(OWNER));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                store.jdbcUrl(database), store.user(), store.password().reveal());
    }

    private static boolean isMissing(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return !rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(DemoDatabase.class.getResourceAsStream("/" + name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
