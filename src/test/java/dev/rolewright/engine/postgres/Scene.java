package dev.rolewright.engine.postgres;

import dev.rolewright.credential.Secret;
import dev.rolewright.engine.Engine;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.Reach;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Origin;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A customer's server at the beginning of a test: the database `orders` of the role `orders_owner` with the schemas
/// `sales` and `crm`, and our connector, prepared by the script that a customer runs. Whatever an earlier test left
/// on the server is gone.
public final class Scene implements AutoCloseable {

    public static final String CONNECTOR = "connector";
    public static final String INSTALLATION = "rolewright";
    private static final String PASSWORD = "only for tests";
    private static final Path ORDERS = Path.of("src/test/resources/engine/postgres/orders.sql");
    private static final Path PREPARATION = Path.of("deploy/postgresql/connector.sql");

    private static final PostgresEngine ENGINE = new PostgresEngine();

    private final TestServers server;
    private final Map<String, Connection> administrators = new HashMap<>();
    private final List<Connection> people = Collections.synchronizedList(new ArrayList<>());

    private Scene(TestServers server) {
        this.server = server;
    }

    public static Scene on(TestServers server) throws SQLException {
        Scene scene = bare(server);
        scene.prepare("orders", "orders_owner");
        return scene;
    }

    /// A server on which there is nothing yet.
    public static Scene empty(TestServers server) throws SQLException {
        new Sweep(server).all();
        return new Scene(server);
    }

    /// The same with a connector that may create roles and nothing else.
    public static Scene bare(TestServers server) throws SQLException {
        Scene scene = empty(server);
        scene.run("postgres", "CREATE ROLE orders_owner NOLOGIN", "CREATE DATABASE orders OWNER orders_owner");
        scene.run("orders", Script.read(ORDERS, Map.of()));
        scene.run("postgres", "CREATE ROLE connector LOGIN NOINHERIT CREATEROLE PASSWORD '" + PASSWORD + "'");
        return scene;
    }

    /// Runs the script that customers run.
    public void prepare(String databases, String owners) throws SQLException {
        prepare(databases, owners, INSTALLATION);
    }

    /// The same for another installation beside ours, with the same connector.
    public void prepare(String databases, String owners, String installation) throws SQLException {
        run("postgres", "ALTER ROLE connector NOCREATEROLE");
        run("postgres", preparation(databases, owners, installation));
    }

    /// The script that customers run.
    static String preparation(String databases, String owners, String installation) {
        return Script.read(
                PREPARATION,
                Map.of(
                        "connector", CONNECTOR,
                        "installation", installation,
                        "databases", databases,
                        "owners", owners));
    }

    public TestServers server() {
        return server;
    }

    public Target target() {
        return target(Set.of("orders"));
    }

    public Target target(Set<String> databases) {
        return target(databases, Optional.of(new RoleName("orders_owner")));
    }

    public Target target(Set<String> databases, Optional<RoleName> heir) {
        return new Target(new TargetName("orders"), "postgresql", "test", databases, heir, Target.Drift.REVERT);
    }

    /// What a look at all of it finds of one kind.
    public List<Notice> notices(Notice.Kind kind) {
        return observe(Scope.WHOLE).notices().stream()
                .filter(notice -> notice.kind() == kind)
                .toList();
    }

    /// The notices of a kind, each of which has been answered with the statement that comes with it.
    public List<Notice> remedied(String database, Notice.Kind kind) throws SQLException {
        List<Notice> notices = notices(kind);
        for (Notice notice : notices) {
            run(database, notice.remedy().orElseThrow());
        }
        return notices;
    }

    public Reach reach() {
        return reach(target());
    }

    public Reach reach(Target target) {
        return reach(target, Reach.Patience.USUAL);
    }

    public Reach reach(Target target, Reach.Patience patience) {
        return new Reach(
                target,
                server.jdbcUrl("postgres"),
                CONNECTOR,
                Optional.of(Secret.of(PASSWORD)),
                INSTALLATION,
                patience);
    }

    /// Runs statements as the bootstrap superuser.
    public void run(String database, String... statements) throws SQLException {
        try (Statement statement = administrator(database).createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /// Runs statements as our connector does that has become the grantor.
    public void grantor(String database, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(database), CONNECTOR, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE rolewright_grantor");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /// Makes a login with our mark, as a pass does it.
    public void login(String name, PersonId person) {
        Account account = new Account(new LoginName(name), person, Optional.empty());
        try (EngineSession session = ENGINE.open(reach(), Engine.Purpose.CHANGE)) {
            List<Outcome> outcomes = session.perform(List.of(new Step.CreateLogin(account, Optional.empty())));
            if (!outcomes.equals(List.of(Outcome.DONE))) {
                throw new AssertionError(outcomes);
            }
        }
    }

    /// Makes a contract role.
    public void role(String name) throws SQLException {
        grantor(
                "postgres",
                "CREATE ROLE \"" + name + "\" NOLOGIN",
                "GRANT rolewright_role_marker TO \"" + name + "\"" + options(),
                "COMMENT ON ROLE \"" + name + "\" IS 'rolewright:rolewright:role'");
    }

    /// Makes a login a member of a role in the form we give.
    public void join(String login, String role) throws SQLException {
        grantor("postgres", "GRANT \"" + role + "\" TO \"" + login + "\"" + options());
    }

    /// Makes a contract role, and a login of ours that is in it and nowhere else.
    public void member(String login, PersonId person, String role) throws SQLException {
        role(role);
        login(login, person);
        join(login, role);
    }

    private String options() {
        return server.keepsGrantors() ? " WITH INHERIT TRUE, SET FALSE" : "";
    }

    /// What a session that only looks sees.
    /// With nothing left from sessions before it.
    public static EngineSession open(Reach reach, Engine.Purpose purpose) {
        return new PostgresEngine().open(reach, purpose);
    }

    public Observed observe(Scope scope) {
        return observe(scope, target());
    }

    public Observed observe(Scope scope, Target target) {
        try (EngineSession session = ENGINE.open(reach(target), Engine.Purpose.LOOK)) {
            return session.observe(scope);
        }
    }

    /// What a session that only looks knows of what some steps would put right.
    public Map<Step, Origin> origins(List<Step> steps) {
        try (EngineSession session = ENGINE.open(reach(), Engine.Purpose.LOOK)) {
            return session.origins(steps);
        }
    }

    /// The first column of what a query answers, as the bootstrap superuser sees it.
    public List<String> ask(String database, String query) throws SQLException {
        return ask(administrator(database), query);
    }

    public static List<String> ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /// Whether the server has ended the session: another failure tells nothing of that.
    public static boolean isGone(Connection connection) throws SQLException {
        try {
            ask(connection, "select 1");
            return false;
        } catch (SQLException e) {
            if (e.getSQLState().equals("57P01") || e.getSQLState().startsWith("08")) {
                return true;
            }
            throw e;
        }
    }

    /// The bootstrap superuser's connection to a database, closed with the scene.
    public Connection administrator(String database) throws SQLException {
        Connection known = administrators.get(database);
        if (known == null || known.isClosed()) {
            known = server.administrator(database);
            administrators.put(database, known);
        }
        return known;
    }

    /// Logs in as somebody, who gets a password for it; closed with the scene.
    public Connection as(String login, String database) throws SQLException {
        run("postgres", "ALTER ROLE \"" + login.replace("\"", "\"\"") + "\" PASSWORD '" + PASSWORD + "'");
        return logIn(login, database);
    }

    /// The same for somebody who has the password already, or must be refused.
    public Connection logIn(String login, String database) throws SQLException {
        Connection connection = DriverManager.getConnection(server.jdbcUrl(database), login, PASSWORD);
        people.add(connection);
        return connection;
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : people) {
            connection.close();
        }
        for (Connection connection : administrators.values()) {
            connection.close();
        }
    }
}
