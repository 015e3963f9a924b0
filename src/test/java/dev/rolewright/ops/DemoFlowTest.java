package dev.rolewright.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The demo in an embedded server of its own.
@Timeout(600)
class DemoFlowTest {

    private static final String URL = "rolewright.target.orders.url";
    private static final String USER = "rolewright.target.orders.username";
    private static final String PASSWORD = "rolewright.target.orders.password";

    @TempDir
    static Path folder;

    private static DataDirectory directory;
    private static EmbeddedStore store;
    private static Map<String, String> configured;

    @BeforeAll
    static void openTheDemoTwice() throws SQLException {
        directory = DataDirectory.at(folder.resolve("data"));
        try (EmbeddedStore first = EmbeddedStore.open(directory)) {
            Demo.prepare(config(Map.of()), first, directory, false);
            try (Connection owner = connect(
                    first.jdbcUrl("orders"), first.user(), first.password().reveal())) {
                execute(owner, "insert into crm.customers values (9, 'kept', 'over', 'XX')");
            }
        }
        store = EmbeddedStore.open(directory);
        configured = Demo.prepare(config(Map.of()), store, directory, false);
        try (Connection admin =
                        connect(store.jdbcUrl(), store.user(), store.password().reveal());
                Connection connector = asConnector()) {
            execute(admin, "create table kept_secret as select 42 as answer");
            execute(connector, "set role rolewright_grantor");
            execute(connector, "create role ada login; grant rolewright_marker to ada");
            execute(connector, "grant connect on database orders to ada");
            execute(admin, "create role stranger login; grant connect on database orders to stranger");
        }
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void keepsWhatIsThereOverARestart() throws SQLException {
        try (Connection owner =
                connect(store.jdbcUrl("orders"), store.user(), store.password().reveal())) {
            assertThat(ask(owner, "select name from crm.customers where id = 9"))
                    .isEqualTo("kept");
            assertThat(ask(owner, "select count(*) from sales.orders")).isEqualTo("4");
            assertThat(ask(owner, "select sales.order_total(1)")).isEqualTo("86.40");
            assertThat(ask(
                            owner,
                            "select string_agg(distinct tableowner, ' ') from pg_tables"
                                    + " where schemaname in ('sales', 'crm')"))
                    .isEqualTo("orders_owner");
        }
    }

    @Test
    void managesWithALoginThatIsNoSuperuserAndSeesNothingOfTheStore() throws SQLException {
        try (Connection connector = asConnector()) {
            assertThat(
                            ask(
                                    connector,
                                    "select count(*) from pg_roles where rolname in ('orders_connector', 'rolewright_grantor')"
                                            + " and not rolsuper and not rolbypassrls and not rolreplication and not rolcreatedb"))
                    .isEqualTo("2");
            assertThatThrownBy(() -> ask(connector, "select count(*) from sales.orders"))
                    .hasMessageContaining("permission denied");
        }
        try (Connection connector = connect(store.jdbcUrl(), configured.get(USER), configured.get(PASSWORD))) {
            assertThatThrownBy(() -> ask(connector, "select answer from kept_secret"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> execute(connector, "create temporary table mine ()"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void letsPeopleIntoTheDemoWithoutAPassword() throws SQLException {
        try (Connection ada = connect(configured.get(URL), "ada", "")) {
            assertThat(ask(ada, "select current_user")).isEqualTo("ada");
            assertThatThrownBy(() -> ask(ada, "select count(*) from sales.orders"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> execute(ada, "create temporary table mine ()"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void letsNobodyElseInWithoutAPassword() {
        for (String user : new String[] {"rolewright", "orders_connector", "stranger"}) {
            assertThatThrownBy(() -> connect(configured.get(URL), user, "guess"))
                    .as(user)
                    .hasMessageContaining("password authentication failed");
        }
        for (String database : new String[] {"postgres", "template1"}) {
            assertThatThrownBy(() -> connect(store.jdbcUrl(database), "ada", "guess"))
                    .as(database)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void leavesAloneWhatTheOperatorConfigured() {
        Map<String, String> own = Map.of(URL, "jdbc:postgresql://db/mine", "rolewright.contract.directory", "/mine");

        assertThat(Demo.prepare(config(own), store, directory, false)).isEmpty();
    }

    @Test
    void takesTheContractFromACheckoutAndElsewhereACopy() {
        assertThat(Path.of(configured.get("rolewright.contract.directory")))
                .isEqualTo(directory.resolve("contract"))
                .isDirectoryContaining("glob:**.yaml");
        assertThat(Demo.prepare(config(Map.of()), store, directory, true))
                .containsEntry(
                        "rolewright.contract.directory",
                        Path.of("deploy/contract").toAbsolutePath().toString());
    }

    @Test
    void leavesNoDoorOpenWhenItIsGone() throws SQLException {
        DataDirectory other = DataDirectory.at(folder.resolve("other"));
        try (EmbeddedStore demo = EmbeddedStore.open(other)) {
            Demo.prepare(config(Map.of()), demo, other, false);
            assertThat(authenticationMethods(demo)).isEqualTo("scram-sha-256 trust");
        }

        try (EmbeddedStore alone = EmbeddedStore.open(other)) {
            assertThat(authenticationMethods(alone)).isEqualTo("scram-sha-256");
        }
    }

    private static String authenticationMethods(EmbeddedStore store) throws SQLException {
        try (Connection admin =
                connect(store.jdbcUrl(), store.user(), store.password().reveal())) {
            return ask(
                    admin, "select string_agg(distinct auth_method, ' ' order by auth_method) from pg_hba_file_rules");
        }
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder().withDefaultValues(values).build();
    }

    private static Connection asConnector() throws SQLException {
        return connect(configured.get(URL), configured.get(USER), configured.get(PASSWORD));
    }

    private static Connection connect(String url, String user, String password) throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
