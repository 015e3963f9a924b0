package dev.rolewright.directory;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A piece of SQL that grows together with the values of its placeholders, so that the two never get out of step.
///
/// Values are `UUID`, `String`, `Long`, `Integer`, `Boolean`, `BigDecimal`, `Instant`, `byte[]`, and `UUID[]` or
/// `String[]` for an array.
final class Sql {

    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable Object> values = new ArrayList<>();

    static Sql of(String text, @Nullable Object... values) {
        return new Sql().add(text, values);
    }

    Sql add(String more, @Nullable Object... moreValues) {
        text.append(more);
        for (Object value : moreValues) {
            values.add(value);
        }
        return this;
    }

    Sql add(Sql more) {
        text.append(more.text);
        values.addAll(more.values);
        return this;
    }

    Sql addAll(String more, Collection<? extends @Nullable Object> moreValues) {
        text.append(more);
        values.addAll(moreValues);
        return this;
    }

    /// A text constant, for what a schema or this code says; what a request says is a placeholder's value.
    static String literal(String constant) {
        return "'" + constant.replace("'", "''") + "'";
    }

    static UUID[] ids(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }

    static String[] texts(Collection<String> texts) {
        return texts.toArray(String[]::new);
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            switch (value) {
                case null -> statement.setObject(i + 1, null);
                case String string -> statement.setString(i + 1, string);
                case Instant instant -> statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
                case UUID[] ids -> statement.setArray(i + 1, array(statement, "uuid", ids));
                case String[] texts -> statement.setArray(i + 1, array(statement, "text", texts));
                default -> statement.setObject(i + 1, value);
            }
        }
    }

    private static Array array(PreparedStatement statement, String type, Object[] elements) throws SQLException {
        return statement.getConnection().createArrayOf(type, elements);
    }

    /// The text, with its placeholders.
    @Override
    public String toString() {
        return text.toString();
    }
}
