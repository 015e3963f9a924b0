package dev.rolewright.engine.postgres;

import dev.rolewright.engine.EngineFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Runs the pieces of several steps in order, neighbours in one statement and many statements in one round trip.
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
    private static final int ROUND_TRIP = 256;

    private final Connection connection;
    private final List<Piece> pieces;
    private final boolean together;
    private final List<String> waiting = new ArrayList<>();
    private int from;
    private int next;

    private Statements(Connection connection, List<Piece> pieces, boolean together) {
        this.connection = connection;
        this.pieces = pieces;
        this.together = together;
    }

    /// @param together false runs piece by piece, which is slower and tells exactly what failed
    static void run(Connection connection, List<Piece> pieces, boolean together) throws Broken {
        new Statements(connection, pieces, together).run();
    }

    private void run() throws Broken {
        while (next < pieces.size()) {
            int end = together ? endOfRun() : next + 1;
            List<Piece> run = pieces.subList(next, end);
            run.forEach(piece -> waiting.addAll(piece.alone()));
            pieces.get(next)
                    .together()
                    .ifPresent(shared -> waiting.add(shared.head()
                            + String.join(
                                    ", ",
                                    run.stream()
                                            .map(piece -> piece.together()
                                                    .orElseThrow()
                                                    .operand())
                                            .toList())
                            + shared.tail()));
            next = end;
            boolean more = run.getFirst().more().isPresent();
            if (more || !together || waiting.size() >= ROUND_TRIP) {
                send();
            }
            if (more) {
                perform(run.getFirst().more().orElseThrow());
            }
        }
        send();
    }

    // Neighbours with the same shared statement; what stands alone in them can stand before it.
    private int endOfRun() {
        Piece first = pieces.get(next);
        int end = next + 1;
        while (first.together().isPresent()
                && first.more().isEmpty()
                && end < pieces.size()
                && pieces.get(end).more().isEmpty()
                && pieces.get(end)
                        .together()
                        .filter(first.together().get()::fits)
                        .isPresent()) {
            end++;
        }
        return end;
    }

    private void perform(Piece.Task task) throws Broken {
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
        if (!waiting.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                if (waiting.size() == 1) {
                    statement.execute(waiting.getFirst());
                } else {
                    for (String sql : waiting) {
                        statement.addBatch(sql);
                    }
                    statement.executeBatch();
                }
                check(statement.getWarnings());
            } catch (SQLException e) {
                throw new Broken(from, next, e);
            }
            waiting.clear();
        }
        from = next;
    }

    private static void check(SQLWarning first) throws SQLException {
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            if (WARNINGS_THAT_FAIL.contains(warning.getSQLState())) {
                throw new SQLException("no privileges were granted or revoked", "42501");
            }
        }
    }
}
