package dev.rolewright.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// JSON literals between text and node, so that what is printed reads back as the same node.
final class Literals {

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]{1,9})?");

    /// The range of a double. Without it the eleven characters `1e999999999` could cost a
    /// gigabyte somewhere behind.
    private static final int MOST_DIGITS = 308;

    private Literals() {}

    /// The number with one node per value: `5`, `5.0` and `0.5e1` are the same. Empty when it is none or out
    /// of range.
    static Optional<JsonNode> number(String text) {
        if (text.length() > 2 * MOST_DIGITS + 8 || !NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal exact = new BigDecimal(text);
        if (Math.abs((long) exact.precision() - exact.scale()) > MOST_DIGITS) {
            return Optional.empty();
        }
        BigDecimal value = exact.stripTrailingZeros();
        return Optional.of(value.scale() > 0 ? DecimalNode.valueOf(value) : integer(value.toBigInteger()));
    }

    private static JsonNode integer(BigInteger value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value.bitLength() < Integer.SIZE) {
            return nodes.numberNode(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? nodes.numberNode(value.longValue()) : nodes.numberNode(value);
    }

    static void print(JsonNode literal, StringBuilder out) {
        switch (literal.getNodeType()) {
            case STRING -> quote(literal.textValue(), out);
            case NUMBER -> out.append(literal.decimalValue());
            case BOOLEAN, NULL -> out.append(literal.asText());
            case ARRAY, BINARY, MISSING, OBJECT, POJO ->
                throw new IllegalArgumentException("a filter compares with a string, number, boolean or null, not "
                        + literal.getNodeType().name().toLowerCase(Locale.ROOT));
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
