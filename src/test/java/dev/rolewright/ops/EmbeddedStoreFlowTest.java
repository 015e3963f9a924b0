package dev.rolewright.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The embedded store against the real server programs.
@Timeout(600)
class EmbeddedStoreFlowTest {

    @TempDir
    static Path folder;

    /// Most tests share one, because making it is what takes the time.
    private static DataDirectory directory;

    @BeforeAll
    static void setUp() {
        directory = DataDirectory.at(folder.resolve("data with a blank"));
        EmbeddedStore.open(directory).close();
    }

    @AfterEach
    void leaveNoServerBehind() throws IOException {
        try (var _ = directory.lock()) {
            server().endOrphan();
        }
    }

    @Test
    void keepsItsDataOverARestart() throws SQLException {
        try (EmbeddedStore store = EmbeddedStore.open(directory)) {
            execute(store, "create table kept as select 'here' as word");
        }

        try (EmbeddedStore store = EmbeddedStore.open(directory)) {
            assertThat(ask(store, "select word from kept")).isEqualTo("here");
        }
        assertThat(directory.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void isSetUpForDataThatMatters() throws SQLException {
        try (EmbeddedStore store = EmbeddedStore.open(directory)) {
            assertThat(ask(store, "show fsync")).isEqualTo("on");
            assertThat(ask(store, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(store, "show data_checksums")).isEqualTo("on");
            assertThat(ask(store, "show server_encoding")).isEqualTo("UTF8");
            assertThat(ask(store, "select upper('ß') || lower('ÄÖ')")).isEqualTo("ßäö");
        }
    }

    @Test
    void asksEverybodyForThePassword() throws SQLException {
        try (EmbeddedStore store = EmbeddedStore.open(directory)) {
            assertThat(ask(store, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(store, "show unix_socket_directories")).isEmpty();
            assertThat(ask(store, "select string_agg(distinct auth_method, ' ') from pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
            assertThat(ask(store, "select rolpassword from pg_authid where rolname = 'rolewright'"))
                    .startsWith("SCRAM-SHA-256$");
            assertThatThrownBy(() -> DriverManager.getConnection(store.jdbcUrl(), store.user(), "guess"))
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void isOpenedOnce() throws SQLException {
        try (EmbeddedStore store = EmbeddedStore.open(directory)) {
            assertThatThrownBy(() -> EmbeddedStore.open(directory))
                    .isInstanceOf(EmbeddedStoreFailure.class)
                    .hasMessageStartingWith("another Rolewright is using the data directory ");
            assertThat(ask(store, "select 'still here'")).isEqualTo("still here");
        }
    }

    @Test
    void endsAServerThatOutlivedItsRolewright() throws Exception {
        int orphan = server().start(Map.of());

        try (EmbeddedStore store = EmbeddedStore.open(directory)) {
            assertThat(ask(store, "select 'works'")).isEqualTo("works");
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), orphan))
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void leavesTheLaterOwnerOfAProcessNumberAlone() throws Exception {
        Process bystander = new ProcessBuilder("sleep", "60").start();
        Files.write(
                directory.resolve("postgres/postmaster.pid"),
                List.of("" + bystander.pid(), "" + directory.resolve("postgres"), "1", "1", "", "", "", "ready"));

        try (EmbeddedStore store = EmbeddedStore.open(directory)) {
            assertThat(ask(store, "select 'works'")).isEqualTo("works");
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroy();
        }
    }

    @Test
    void beginsAgainWhereAFirstStartWasKilled() throws Exception {
        DataDirectory other = DataDirectory.at(folder.resolve("other"));
        Files.createDirectories(other.resolve("postgres.draft/base"));
        Files.createDirectories(other.resolve("programs/draft/bin"));

        try (EmbeddedStore store = EmbeddedStore.open(other);
                EmbeddedStore first = EmbeddedStore.open(directory)) {
            assertThat(ask(store, "select 'works'")).isEqualTo("works");
            assertThat(store.password().length()).isEqualTo(64);
            assertThat(store.password()).isNotEqualTo(first.password());
        }
        assertThat(other.resolve("postgres.draft")).doesNotExist();
        assertThat(other.resolve("programs/draft")).doesNotExist();
    }

    @Test
    void saysWhyItCannotStart() throws Exception {
        Path version = directory.resolve("postgres/PG_VERSION");
        String right = Files.readString(version);
        Files.writeString(version, "9.6\n");

        assertThatThrownBy(() -> EmbeddedStore.open(directory))
                .isInstanceOf(EmbeddedStoreFailure.class)
                .hasMessageStartingWith("the embedded PostgreSQL's pg_ctl ended with status 1: ")
                .hasMessageEndingWith("; its log is " + directory.resolve("postgres.log"));

        Files.writeString(version, right);
        assertThat(Files.readString(directory.resolve("postgres.log")))
                .contains("database files are incompatible with server");
    }

    @Test
    void doesNotWaitForEverForAClientThatStays() throws SQLException {
        EmbeddedStore store = EmbeddedStore.open(directory);

        try (Connection stays = connect(store)) {
            long before = System.nanoTime();
            store.close();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(60));
            assertThat(stays.isValid(5)).isFalse();
        }
    }

    private PostgresServer server() {
        return new PostgresServer(PostgresBinaries.unpackBelow(directory.resolve("programs")), directory.path());
    }

    private static Connection connect(EmbeddedStore store) throws SQLException {
        return DriverManager.getConnection(
                store.jdbcUrl(), store.user(), store.password().reveal());
    }

    private static void execute(EmbeddedStore store, String sql) throws SQLException {
        try (Connection connection = connect(store);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(EmbeddedStore store, String sql) throws SQLException {
        try (Connection connection = connect(store);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
