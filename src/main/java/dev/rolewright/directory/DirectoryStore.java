package dev.rolewright.directory;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.store.Store;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Runs SQL.
///
/// A statement outside a transaction is one by itself; most changes of the directory are a single statement, which
/// costs one round trip. {@link #together} puts several into one transaction.
@ApplicationScoped
class DirectoryStore {

    /// How often a change is tried that lost against others at the same time.
    private static final int ATTEMPTS = 5;

    private static final int ROWS_AT_ONCE = 5_000;

    private static final Duration LONGEST_WAIT_FOR_A_STREAM = Duration.ofSeconds(10);

    private final DataSource source;
    private final Store store;

    /// A stream keeps its connection for as long as its reader takes. So half of them are for streams, and
    /// however slow the readers are, the other half is not.
    private final Semaphore streams;

    DirectoryStore(AgroalDataSource source, Store store) {
        this.source = source;
        this.store = store;
        int connections =
                source.getConfiguration().connectionPoolConfiguration().maxSize();
        this.streams = new Semaphore(Math.max(1, connections / 2), true);
    }

    /// Reads one row of an answer.
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// Looks at one row of an answer.
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    <T> Optional<T> first(Sql sql, Row<T> row) {
        List<T> rows = all(sql, row, Duration.ZERO);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    <T> List<T> all(Sql sql, Row<T> row) {
        return all(sql, row, Duration.ZERO);
    }

    /// @param timeout how long the statement may take; zero for as long as it needs
    <T> List<T> all(Sql sql, Row<T> row, Duration timeout) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            if (timeout.isPositive()) {
                statement.setQueryTimeout((int) Math.max(1, timeout.toSeconds()));
            }
            sql.bind(statement);
            List<T> answer = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    answer.add(row.read(rows));
                }
            }
            return answer;
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    /// Shows every row of an answer to that reader; inside a transaction without holding them all.
    void each(Sql sql, RowReader reader) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            statement.setFetchSize(ROWS_AT_ONCE);
            sql.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    /// Runs a change and tells how many rows it touched.
    int run(Sql sql) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            sql.bind(statement);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    /// Opens a query whose rows are fetched in batches as they are read; waits when too many are being read
    /// already. It locks nothing, so it may stand still for as long as the line lets a client read one answer.
    Members stream(Sql sql, int batch) {
        takeTurn();
        Connection connection = null;
        try {
            connection = source.getConnection();
            connection.setAutoCommit(false);
            try (Statement patience = connection.createStatement()) {
                patience.execute("SET LOCAL idle_in_transaction_session_timeout = '6min'");
            }
            PreparedStatement statement = connection.prepareStatement(sql.toString());
            statement.setFetchSize(batch);
            sql.bind(statement);
            return new Members(connection, statement, statement.executeQuery(), streams::release);
        } catch (SQLException e) {
            streams.release();
            close(connection, e);
            throw Failures.of(e);
        }
    }

    private void takeTurn() {
        try {
            if (streams.tryAcquire(LONGEST_WAIT_FOR_A_STREAM.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw ScimProblem.of(503, "too many groups are being read at this moment; try again");
    }

    private static void close(@Nullable Connection connection, SQLException cause) {
        if (connection != null) {
            try (connection) {
                connection.rollback();
            } catch (SQLException e) {
                cause.addSuppressed(e);
            }
        }
    }

    /// Runs several statements as one transaction.
    <T> T together(Supplier<T> work) {
        return store.together(work);
    }

    /// Runs several reads that all see the store as it was at the first of them.
    <T> T atOneMoment(Supplier<T> reads) {
        return store.apart(() -> {
            run(Sql.of("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"));
            return reads.get();
        });
    }

    /// Tries a whole change again when another one at the same time made it fail; it must not have
    /// done anything yet.
    <T> T retrying(Supplier<T> change) {
        for (int attempt = 1; ; attempt++) {
            try {
                return change.get();
            } catch (Contention e) {
                if (attempt == ATTEMPTS) {
                    throw ScimProblem.of(503, "too many changes met each other here; try again");
                }
            }
        }
    }
}
