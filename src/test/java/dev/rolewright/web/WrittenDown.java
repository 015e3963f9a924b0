package dev.rolewright.web;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logmanager.formatters.PatternFormatter;

/// Where a secret could be that nobody is to find: the log at its most talkative, and every table of the store.
///
/// Everybody talks, and not only we: whatever takes a request apart or speaks to a server could tell it. The one
/// that is not heard is the test's own client, which has the secrets by right.
public final class WrittenDown {

    private static final String OURS = "dev.rolewright";
    private static final String CLIENT = "org.apache.http.";
    private static final String END = "the end of what is listened to";

    private final Queue<Line> lines = new ConcurrentLinkedQueue<>();

    /// @param usual whether it is ours, or would be written without anybody being asked to talk
    private record Line(String text, boolean usual) {}

    /// Listens while something is done.
    public <T> T during(Callable<T> work) throws Exception {
        Logger root = Logger.getLogger("");
        Map<String, Level> levels = new HashMap<>();
        for (String name : Collections.list(LogManager.getLogManager().getLoggerNames())) {
            Level level = Logger.getLogger(name).getLevel();
            if (level != null) {
                levels.put(name, level);
            }
        }
        Handler handler = new Everything(Map.copyOf(levels));
        handler.setLevel(Level.ALL);
        Map<Handler, Level> others = new HashMap<>();
        for (Handler other : root.getHandlers()) {
            others.put(other, other.getLevel());
        }
        others.keySet().forEach(other -> other.setLevel(Level.WARNING)); // the build's log need not have it all
        levels.keySet().forEach(name -> Logger.getLogger(name).setLevel(null));
        root.setLevel(Level.ALL);
        root.addHandler(handler);
        try {
            T done = work.call();
            Logger.getLogger("any.other").finest(END);
            return done;
        } finally {
            root.removeHandler(handler);
            levels.forEach((name, level) -> Logger.getLogger(name).setLevel(level));
            others.forEach(Handler::setLevel);
        }
    }

    /// What everybody wrote to the log meanwhile, also statements with verifiers.
    ///
    /// @throws IllegalStateException when nobody listened
    public String lines() {
        return lines(_ -> true);
    }

    /// The same without what others write only when they are asked to tell all.
    public String usual() {
        return lines(Line::usual);
    }

    private String lines(Predicate<Line> which) {
        if (lines.stream().noneMatch(line -> line.text().contains(END))) {
            throw new IllegalStateException("the log was not heard");
        }
        return lines.stream().filter(which).map(Line::text).collect(Collectors.joining("\n"));
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
        private final Map<String, Level> levels;

        /// @param levels by the names of loggers, before everybody was made to talk
        private Everything(Map<String, Level> levels) {
            this.levels = levels;
        }

        @Override
        public void publish(LogRecord entry) {
            String name = Objects.requireNonNullElse(entry.getLoggerName(), "");
            if (!name.startsWith(CLIENT)) {
                boolean usual = name.startsWith(OURS)
                        || entry.getLevel().intValue() >= level(name).intValue();
                lines.add(new Line(format.format(entry), usual));
            }
        }

        private Level level(String name) {
            Level own = levels.get(name);
            if (own != null || name.isEmpty()) {
                return Objects.requireNonNullElse(own, Level.INFO);
            }
            return level(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
