package dev.rolewright.web;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jboss.logmanager.formatters.PatternFormatter;

/// Where a secret could be that nobody is to find: the log at its most talkative, and every table of the store.
public final class WrittenDown {

    private static final String END = "the end of what is listened to";

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    /// Listens while something is done.
    public <T> T during(Callable<T> work) throws Exception {
        Handler handler = new Everything();
        handler.setLevel(Level.ALL);
        Logger root = Logger.getLogger("");
        Logger ours = Logger.getLogger("dev.rolewright");
        Level before = ours.getLevel();
        ours.setLevel(Level.ALL);
        root.addHandler(handler);
        try {
            T done = work.call();
            ours.fine(END);
            return done;
        } finally {
            root.removeHandler(handler);
            ours.setLevel(before);
        }
    }

    /// What was written to the log meanwhile.
    ///
    /// @throws IllegalStateException when nobody listened
    public String lines() {
        String all = String.join("\n", lines);
        if (!all.contains(END)) {
            throw new IllegalStateException("the log was not heard");
        }
        return all;
    }

    /// All rows of all tables as text.
    public static String everythingIn(DataSource store) throws SQLException {
        StringBuilder all = new StringBuilder();
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = column(
                    statement,
                    "SELECT quote_ident(relname) FROM pg_class WHERE relkind IN ('r', 'p')"
                            + " AND relnamespace = 'public'::regnamespace");
            if (!tables.contains("audit_event")) {
                throw new IllegalStateException("these are not the store's tables: " + tables);
            }
            for (String table : tables) {
                column(statement, "SELECT row_to_json(t)::text FROM " + table + " t")
                        .forEach(row -> all.append(row).append('\n'));
            }
        }
        return all.toString();
    }

    private static List<String> column(Statement statement, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private final class Everything extends Handler {

        private final Formatter format = new PatternFormatter("%p %c %X %m %e");

        @Override
        public void publish(LogRecord entry) {
            lines.add(format.format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
