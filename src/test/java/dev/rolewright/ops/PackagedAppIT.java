package dev.rolewright.ops;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged application, as somebody has it who just typed `java -jar`.
class PackagedAppIT {

    @TempDir
    static Path folder;

    private Path data;
    private Map<String, String> environment;

    /// The tests share one data directory: whichever comes first makes it, the others come back to it.
    @BeforeEach
    void setUp() {
        data = folder.resolve("data");
        environment = Map.of("ROLEWRIGHT_DATA_DIR", data.toString());
    }

    @Test
    void startsWithoutConfigurationAndKeepsItsData() throws Exception {
        try (PackagedApp app = PackagedApp.start(folder, environment).untilUp()) {
            execute("drop table if exists kept; create table kept as select 'here' as word");
            assertThat(app.output())
                    .contains("WARN")
                    .contains("The store is an embedded PostgreSQL in " + data + ". It is for trying Rolewright out")
                    .contains("SCIM base URL: http://localhost:" + app.port() + "/scim/v2")
                    .contains("Admin token: none, this door is closed")
                    .contains("Contract: " + data.resolve("contract"))
                    .containsPattern(
                            "Targets: orders at jdbc:postgresql://127\\.0\\.0\\.1:\\d+/orders as orders_connector")
                    .contains("lets people in from this machine without a password")
                    .doesNotContain(Files.readString(data.resolve("orders.password")))
                    .doesNotContain(password());
        }
        assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();

        try (PackagedApp _ = PackagedApp.start(folder, environment).untilUp()) {
            assertThat(ask("select word from kept")).isEqualTo("here");
        }
    }

    @Test
    void losesNothingWhenItIsKilled() throws Exception {
        try (PackagedApp app = PackagedApp.start(folder, environment).untilUp()) {
            execute("drop table if exists kept; create table kept as select 'here' as word");
            app.kill();
        }
        assertThat(ask("select 'the server goes on'")).isEqualTo("the server goes on");
        int orphan = port();

        try (PackagedApp _ = PackagedApp.start(folder, environment).untilUp()) {
            assertThat(port()).isNotEqualTo(orphan);
            assertThat(ask("select word from kept")).isEqualTo("here");
        }
    }

    @Test
    void doesNotShareADataDirectory() throws Exception {
        try (PackagedApp first = PackagedApp.start(folder, environment).untilUp();
                PackagedApp second = PackagedApp.start(folder, environment)) {
            assertThat(second.status()).isEqualTo(1);
            assertThat(second.output().strip())
                    .isEqualTo("Rolewright cannot start: another Rolewright is using the data directory " + data
                            + "; stop it, or give this one its own with ROLEWRIGHT_DATA_DIR.");
            first.untilUp();
        }
    }

    @Test
    void leavesTheStoreToAConfiguredServer() throws Exception {
        data = folder.resolve("never-made");
        Map<String, String> configured = TestPostgres.isTheStore(Map.of(
                "ROLEWRIGHT_DATA_DIR",
                data.toString(),
                "ROLEWRIGHT_HR_TOLERANC",
                "1m",
                "ROLEWRIGHT_ADMIN_TOKEN",
                "a-preset-token-nobody-should-ever-read-in-a-log"));

        try (PackagedApp app = PackagedApp.start(folder, configured).untilUp()) {
            assertThat(data).doesNotExist();
            await().until(() -> app.output().contains("\"message\":\"Not safe: see the "));
            assertThat(app.output())
                    .contains("\"message\":\"Admin token: preset\"")
                    .contains("Nothing reads the setting ROLEWRIGHT_HR_TOLERANC,")
                    .doesNotContain("setting ROLEWRIGHT_DATA_DIR", "embedded PostgreSQL", "nobody-should-ever-read");
        }
    }

    @Test
    void doesNotStartWithPasswordsThatNobodyCouldBeGiven() throws Exception {
        data = folder.resolve("never-made");

        try (PackagedApp app =
                PackagedApp.start(folder, TestPostgres.isTheStore(Map.of("ROLEWRIGHT_PASSWORD_ITERATIONS", "1")))) {
            assertThat(app.status()).isEqualTo(1);
            assertThat(app.output()).contains("rolewright.password.iterations must be 4096 to 1000000.");
        }
    }

    @Test
    void runsForAnOrdinaryUserToo() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root") && Files.isExecutable(Path.of("/usr/bin/setpriv")));
        Path open = Files.createTempDirectory(
                Path.of("/tmp"),
                "rolewright",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        data = open.resolve("data");

        try (PackagedApp _ = PackagedApp.start(
                        open,
                        Map.of("ROLEWRIGHT_DATA_DIR", data.toString()),
                        "/usr/bin/setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups")
                .untilUp()) {
            assertThat(Files.getAttribute(data.resolve("postgres"), "unix:uid")).isEqualTo(65534);
            assertThat(ask("show fsync")).isEqualTo("on");
        } finally {
            PostgresBinaries.delete(open);
        }
    }

    private void execute(String sql) throws SQLException, IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ask(String sql) throws SQLException, IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private Connection connect() throws SQLException, IOException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port() + "/postgres", PostgresServer.USER, password());
    }

    private int port() throws IOException {
        return Integer.parseInt(
                Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3));
    }

    private String password() throws IOException {
        return Files.readString(data.resolve("postgres.password"));
    }
}
