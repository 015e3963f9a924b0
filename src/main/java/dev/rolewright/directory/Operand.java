package dev.rolewright.directory;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.Bound.Order;
import dev.rolewright.scim.filter.Bound.Part;
import dev.rolewright.scim.schema.Attribute;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One value of an attribute as SQL, and how it compares with what a filter says.
///
/// @param text the value in its compared form, as a text; it equals what `Matcher` compares
/// @param json the value as `jsonb`, for what is stored
/// @param time the same point in time as a column, whose index a comparison can use
/// @param id the id with which the text ends, or which it is
record Operand(
        String text,
        @Nullable String json,
        @Nullable String time,
        @Nullable String id) {

    static Operand stored(String text, String json) {
        return new Operand(text, json, null, null);
    }

    static Operand text(String text) {
        return new Operand(text, null, null, null);
    }

    static Operand id(String column) {
        return new Operand(column + "::text", null, null, column);
    }

    static Operand time(String column) {
        return new Operand(
                "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')", null, column, null);
    }

    /// A text that ends with that id.
    static Operand address(String text, String id) {
        return new Operand(text, null, null, id);
    }

    Sql present(Attribute leaf) {
        if (json == null) {
            return Sql.of("(" + text + ") <> ''");
        }
        return switch (leaf.type()) {
            case COMPLEX -> Sql.of("(" + json + ") <> '{}'");
            case BOOLEAN, DECIMAL, INTEGER -> Sql.of("(" + json + ") IS NOT NULL");
            case STRING, REFERENCE, BINARY, DATE_TIME -> Sql.of("(" + text + ") <> ''");
        };
    }

    Sql compare(Order order, String operand) {
        if (time != null) {
            return Sql.of(time + operator(order) + "?", Instant.parse(operand));
        }
        Sql comparison = Sql.of("(" + text + ") COLLATE \"C\"" + operator(order) + "?", storable(operand));
        if (id == null) {
            return comparison;
        }
        boolean plain = text.equals(id + "::text");
        Optional<UUID> wanted = References.id(operand.substring(Math.max(0, operand.length() - 36)));
        if (wanted.isEmpty() || (plain && operand.length() != 36)) {
            return order == Order.EQ ? Sql.of("false") : comparison;
        }
        if (plain) {
            // Ids order as their texts do.
            return Sql.of(id + operator(order) + "?", wanted.get());
        }
        return order == Order.EQ
                ? Sql.of("(" + id + " = ? AND ", wanted.get()).add(comparison).add(")")
                : comparison;
    }

    Sql part(Part part, String operand) {
        storable(operand);
        return switch (part) {
            case CONTAINS -> Sql.of("strpos(" + text + ", ?) > 0", operand);
            case STARTS -> starts(operand);
            case ENDS -> Sql.of("right(" + text + ", ?) = ?", operand.codePointCount(0, operand.length()), operand);
        };
    }

    Sql compare(Order order, BigDecimal operand) {
        return Sql.of(number() + operator(order) + "?", operand);
    }

    Sql is(boolean truth) {
        return Sql.of("(" + json + ") = '" + truth + "'::jsonb");
    }

    /// The value as a number; nothing where a stored value is none, because the schema was another one then.
    String number() {
        return "(CASE jsonb_typeof(" + json + ") WHEN 'number' THEN (" + json + ")::numeric END)";
    }

    /// A beginning as a range, which an index in code point order can serve.
    private Sql starts(String beginning) {
        if (beginning.isEmpty()) {
            return Sql.of("(" + text + ") IS NOT NULL");
        }
        Sql from = Sql.of("((" + text + ") COLLATE \"C\" >= ?", beginning);
        return after(beginning)
                .map(end -> from.add(" AND (" + text + ") COLLATE \"C\" < ?)", end))
                .orElseGet(() -> from.add(")"));
    }

    /// The first text, by code point, that comes after every text with that beginning.
    static Optional<String> after(String beginning) {
        int[] points = beginning.codePoints().toArray();
        for (int last = points.length - 1; last >= 0; last--) {
            if (points[last] < Character.MAX_CODE_POINT) {
                int next = points[last] + 1;
                points[last] = next == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : next;
                return Optional.of(new String(points, 0, last + 1));
            }
        }
        return Optional.empty();
    }

    static String operator(Order order) {
        return switch (order) {
            case EQ -> " = ";
            case GT -> " > ";
            case GE -> " >= ";
            case LT -> " < ";
            case LE -> " <= ";
        };
    }

    /// What no stored text can hold, no comparison can carry to the store either.
    static String storable(String operand) {
        try {
            Json.text(TextNode.valueOf(operand));
            return operand;
        } catch (ScimProblem e) {
            throw ScimProblem.of(ScimProblem.Type.invalidFilter, "the filter compares with a text no value can have");
        }
    }
}
