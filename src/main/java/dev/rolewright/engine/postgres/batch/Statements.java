package dev.rolewright.engine.postgres.batch;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.engine.postgres.words.Shared;
import dev.rolewright.model.RoleName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Runs the pieces of several steps in order, neighbours in one statement and many statements in one message.
final class Statements {

    /// Something failed, and where.
    static final class Broken extends Exception {

        private static final long serialVersionUID = 1;

        final int from;
        final int to;
        final transient SQLException why;

        /// @param from the first piece that may have failed
        /// @param to the one after the last
        Broken(int from, int to, SQLException why) {
            super(why);
            this.from = from;
            this.to = to;
            this.why = why;
        }
    }

    /// "No privileges were granted" and "could be revoked" are warnings; for us nothing less than failures.
    private static final Set<String> WARNINGS_THAT_FAIL = Set.of("01006", "01007");
    /// More statements than that are more messages: a server may write each down as one line.
    private static final int MESSAGE = 256;
    /// Nobody knows yet how quick the server is.
    private static final int FIRST = 16;
    /// Of the time after which the line is taken to be dead a message is to take no more.
    private static final int SHARE = 16;

    private final Connection connection;
    private final List<Piece> pieces;
    private final RoleName grantor;
    private final boolean together;
    private Optional<RoleName> actor = Optional.empty();
    private final List<String> waiting = new ArrayList<>();
    private int most = FIRST;
    private int from;
    private int next;

    private Statements(Connection connection, RoleName grantor, List<Piece> pieces, boolean together) {
        this.connection = connection;
        this.grantor = grantor;
        this.pieces = pieces;
        this.together = together;
    }

    /// @param together false runs piece by piece, which is slower and tells exactly what failed
    static void run(Connection connection, RoleName grantor, List<Piece> pieces, boolean together) throws Broken {
        new Statements(connection, grantor, pieces, together).run();
    }

    private void run() throws Broken {
        while (next < pieces.size()) {
            List<Piece> run = pieces.subList(next, together ? endOfRun() : next + 1);
            next += run.size();
            Piece first = run.getFirst();
            addEach(run);
            if (first.together().isPresent()) {
                add(Optional.empty(), List.of(statement(first.together().get(), run)));
            }
            if (!together || first.more().isPresent() || waiting.size() >= most) {
                send();
            }
            if (first.more().isPresent()) {
                perform(first.more().get());
            }
        }
        send();
    }

    // Everything that one actor has to say, one after the other: to become another one takes the server long.
    private void addEach(List<Piece> run) throws Broken {
        for (int start = 0, end; start < run.size(); start = end) {
            Optional<RoleName> role = run.get(start).actor();
            end = start + 1;
            while (end < run.size() && run.get(end).actor().equals(role)) {
                end++;
            }
            List<Piece> same = run.subList(start, end);
            for (Piece piece : same) {
                add(role, piece.alone());
            }
            for (Piece piece : same) {
                add(role, piece.later());
            }
        }
    }

    // Who acts does so until the end of the transaction at most; then we are the grantor again.
    private void add(Optional<RoleName> role, List<String> statements) throws Broken {
        if (statements.isEmpty()) {
            return;
        }
        if (waiting.size() >= most) {
            say();
        }
        if (!role.equals(actor)) {
            waiting.add("SET LOCAL ROLE " + Quoting.name(role.orElse(grantor)));
            actor = role;
        }
        waiting.addAll(statements);
    }

    private static String statement(Shared shared, List<Piece> run) {
        return shared.with(run.stream()
                .map(piece -> piece.together().orElseThrow().operand())
                .collect(Collectors.joining(", ")));
    }

    private int endOfRun() {
        int end = next + 1;
        while (end < pieces.size() && pieces.get(next).joins(pieces.get(end))) {
            end++;
        }
        return end;
    }

    private void perform(Piece.Task task) throws Broken {
        if (actor.isPresent()) {
            add(Optional.empty(), List.of("SET LOCAL ROLE " + Quoting.name(grantor)));
            send();
        }
        try {
            task.run(connection);
        } catch (SQLException e) {
            throw new Broken(next - 1, next, e);
        } catch (EngineFailure e) {
            throw new Broken(next - 1, next, new SQLException(e));
        }
        from = next;
    }

    private void send() throws Broken {
        say();
        from = next;
    }

    // In one line: whoever looks for a name in the server's log finds whose it is and for which pass.
    private void say() throws Broken {
        if (!waiting.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                long began = System.nanoTime();
                statement.setEscapeProcessing(false);
                statement.execute(String.join("; ", waiting));
                check(statement.getWarnings());
                learn(System.nanoTime() - began);
            } catch (SQLException e) {
                throw new Broken(from, next, e);
            }
            waiting.clear();
        }
    }

    // A server limits the time of each statement, and we that of a message: many statements, each of them quick enough
    // for it, must not look like a server that is gone.
    private void learn(long nanos) throws SQLException {
        long share = Duration.ofMillis(connection.getNetworkTimeout()).toNanos() / SHARE;
        most = Math.clamp(waiting.size() * share / Math.max(1, nanos), 1, Math.min(MESSAGE, most * 4));
    }

    private static void check(SQLWarning first) throws SQLException {
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            if (WARNINGS_THAT_FAIL.contains(warning.getSQLState())) {
                throw new SQLException("no privileges were granted or revoked", "42501");
            }
        }
    }
}
