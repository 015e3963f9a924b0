package dev.rolewright.offboarding;

import io.quarkus.narayana.jta.QuarkusTransaction;
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
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Runs this room's SQL. A statement outside [#together] is a transaction by itself.
@ApplicationScoped
class HrStore {

    private final DataSource source;

    HrStore(DataSource source) {
        this.source = source;
    }

    /// Reads one row of an answer.
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> all(String sql, Row<T> row, @Nullable Object... values) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            List<T> answer = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    answer.add(row.read(rows));
                }
            }
            return answer;
        } catch (SQLException e) {
            throw new IllegalStateException("what HR says could not be read", e);
        }
    }

    <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... values) {
        return all(sql, row, values).stream().findFirst();
    }

    /// Runs a change and tells how many rows it touched.
    int run(String sql, @Nullable Object... values) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("what HR says could not be kept", e);
        }
    }

    /// Runs several statements as one transaction, or as part of the one that is under way.
    <T> T together(Supplier<T> work) {
        return QuarkusTransaction.joiningExisting().call(work::get);
    }

    static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static OffsetDateTime offset(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
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
            case OffsetDateTime[] _ -> "timestamptz";
            default -> "text";
        };
    }
}
