package dev.rolewright.store;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import io.quarkus.narayana.jta.TransactionRunnerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Runs SQL. A statement outside [#together] is a transaction by itself, or part of its caller's.
@ApplicationScoped
public class Store {

    private static final int ROWS_AT_ONCE = 5_000;

    private final DataSource source;

    public Store(DataSource source) {
        this.source = source;
    }

    /// Reads one row of an answer.
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    public <T> List<T> all(String sql, Row<T> row, @Nullable Object... values) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return read(statement, row);
        } catch (SQLException e) {
            throw new StoreFailure(e);
        }
    }

    /// As [#all], for very many rows: the driver never holds all of them.
    public <T> List<T> many(String sql, Row<T> row, @Nullable Object... values) {
        return together(() -> {
            try (Connection connection = source.getConnection();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(ROWS_AT_ONCE);
                bind(statement, values);
                return read(statement, row);
            } catch (SQLException e) {
                throw new StoreFailure(e);
            }
        });
    }

    public <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... values) {
        List<T> rows = all(sql, row, values);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /// Runs a change and tells how many rows it touched.
    public int run(String sql, @Nullable Object... values) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new StoreFailure(e);
        }
    }

    /// Runs several statements as one transaction, or as part of the one that is under way.
    public <T> T together(Supplier<T> work) {
        return run(QuarkusTransaction.joiningExisting(), work);
    }

    /// Runs several statements as a transaction of their own.
    public <T> T apart(Supplier<T> work) {
        return run(QuarkusTransaction.requiringNew(), work);
    }

    private static <T> T run(TransactionRunnerOptions how, Supplier<T> work) {
        try {
            return how.call(work::get);
        } catch (QuarkusTransactionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw new StoreFailure("the store did not commit", failed);
        } catch (IllegalStateException failed) {
            throw failed.getCause() instanceof SQLException cause ? new StoreFailure(cause) : failed;
        }
    }

    public void together(Runnable work) {
        together(() -> {
            work.run();
            return true;
        });
    }

    /// Lets one transaction at a time, over all processes, go on: the caller's, until it ends.
    ///
    /// @param turn of what they take turns in; any number that stands for nothing else
    public void waitForTurn(long turn) {
        var _ = all("SELECT pg_advisory_xact_lock(?)", _ -> true, turn);
    }

    public static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    public static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static OffsetDateTime offset(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    public static Optional<String> text(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    public static Optional<Long> number(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Long.class));
    }

    /// How the name of a constant is kept.
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /// The constant whose name was kept so.
    public static <E extends Enum<E>> E word(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    public static String[] texts(ResultSet row, int column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    private static <T> List<T> read(PreparedStatement statement, Row<T> row) throws SQLException {
        List<T> answer = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                answer.add(row.read(rows));
            }
        }
        return answer;
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            switch (value) {
                case Instant instant -> statement.setObject(i + 1, offset(instant));
                case Object[] array ->
                    statement.setArray(i + 1, statement.getConnection().createArrayOf(type(array), array));
                case null, default -> statement.setObject(i + 1, value);
            }
        }
    }

    private static String type(Object[] array) {
        return switch (array) {
            case UUID[] _ -> "uuid";
            case Long[] _ -> "bigint";
            case Integer[] _ -> "integer";
            case Boolean[] _ -> "boolean";
            case OffsetDateTime[] _ -> "timestamptz";
            default -> "text";
        };
    }
}
