package dev.rolewright.web.pickup;

import static dev.rolewright.Patience.await;
import static org.hamcrest.Matchers.is;

import dev.rolewright.engine.postgres.Scene;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// A server that writes down all it can about everybody, from before they are let in, until it is closed.
final class TalkativeServer implements AutoCloseable {

    private static final List<String> SETTINGS = List.of(
            "log_statement = 'all'",
            "log_min_duration_statement = 0",
            "log_duration = on",
            "log_min_messages = 'debug5'",
            "log_min_error_statement = 'debug5'",
            "log_error_verbosity = 'verbose'",
            "log_parameter_max_length = -1",
            "log_parameter_max_length_on_error = -1",
            "log_connections = on",
            "log_disconnections = on",
            "log_lock_waits = on",
            "debug_print_parse = on",
            "debug_print_rewritten = on",
            "debug_print_plan = on");

    private final Connection superuser;
    private final Path log;
    private final long before;

    /// @param superuser a connection that is closed with this
    TalkativeServer(Connection superuser) throws SQLException, IOException {
        this.superuser = superuser;
        this.log = Path.of(ask("SHOW data_directory")).resolveSibling("postgres.log");
        this.before = Files.size(log);
        for (String setting : SETTINGS) {
            run("ALTER SYSTEM SET " + setting);
        }
        awaitSetting("debug5");
    }

    String ask(String query) throws SQLException {
        return Scene.ask(superuser, query).getFirst();
    }

    void run(String sql) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    /// What it has written since it was made to.
    String written() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] bytes = new byte[(int) (file.length() - before)];
            file.seek(before);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private void awaitSetting(String level) throws SQLException {
        run("SELECT pg_reload_conf()");
        await().until(() -> ask("SHOW log_min_messages"), is(level));
    }

    @Override
    public void close() throws SQLException {
        try (superuser) {
            for (String setting : SETTINGS) {
                run("ALTER SYSTEM RESET " + setting.substring(0, setting.indexOf(' ')));
            }
            awaitSetting("warning");
        }
    }
}
