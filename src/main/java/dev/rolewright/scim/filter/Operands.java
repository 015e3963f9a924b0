package dev.rolewright.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.Bound.NumberOrder;
import dev.rolewright.scim.filter.Bound.Order;
import dev.rolewright.scim.filter.Bound.Part;
import dev.rolewright.scim.filter.Bound.TextOrder;
import dev.rolewright.scim.filter.Bound.TextPart;
import dev.rolewright.scim.filter.Bound.Truth;
import dev.rolewright.scim.filter.Filter.Comparison;
import dev.rolewright.scim.filter.Filter.Operator;
import dev.rolewright.scim.schema.Attribute;
import dev.rolewright.scim.schema.Attribute.Type;
import dev.rolewright.scim.schema.Folding;
import java.util.Locale;
import java.util.Optional;

/// Which operator and which literal fit which type (RFC 7644 §3.4.2.2 table 3), for every literal but null.
final class Operands {

    private Operands() {}

    /// The condition on some value of the path; for `ne` it is the one of `eq`, which the caller negates.
    static Bound compare(Comparison comparison, Resolved path) {
        Optional<Order> order = order(comparison.operator());
        return switch (path.leaf().type()) {
            case STRING, REFERENCE, DATE_TIME ->
                order.isPresent() ? textOrder(comparison, path, order.get()) : textPart(comparison, path);
            case BINARY -> {
                if (order.isPresent() && order.get() != Order.EQ) {
                    throw misfit(comparison, "a binary has no order");
                }
                yield order.isPresent() ? textOrder(comparison, path, Order.EQ) : textPart(comparison, path);
            }
            case INTEGER, DECIMAL -> {
                if (!comparison.literal().isNumber()) {
                    throw misfit(comparison, "it is a number and compares with a number only");
                }
                yield new NumberOrder(
                        path,
                        order.orElseThrow(() -> misfit(comparison, "a number is not searched for pieces of text")),
                        comparison.literal().decimalValue());
            }
            case BOOLEAN -> {
                if (order.filter(Order.EQ::equals).isEmpty()) {
                    throw misfit(comparison, "a boolean only knows eq, ne and pr");
                }
                yield new Truth(path, truth(comparison));
            }
            case COMPLEX -> throw misfit(comparison, "it is complex, name one of its sub-attributes");
        };
    }

    private static Bound textOrder(Comparison comparison, Resolved path, Order order) {
        Attribute leaf = path.leaf();
        String operand = Folding.text(leaf, text(comparison))
                .orElseThrow(() -> misfit(
                        comparison,
                        leaf.type() == Type.BINARY
                                ? "it is binary and compares with base64 only"
                                : "it is a dateTime and compares with one such as 2026-11-21T00:20:27Z only"));
        return new TextOrder(path, order, operand);
    }

    /// A piece of a dateTime or of base64 is none itself; it is searched for in the one form these have.
    private static Bound textPart(Comparison comparison, Resolved path) {
        Attribute leaf = path.leaf();
        String piece = text(comparison);
        String operand = switch (leaf.type()) {
            case DATE_TIME -> piece.toUpperCase(Locale.ROOT);
            case BINARY -> piece;
            case STRING, REFERENCE, BOOLEAN, DECIMAL, INTEGER, COMPLEX ->
                Folding.text(leaf, piece).orElseThrow();
        };
        return new TextPart(path, part(comparison.operator()), operand);
    }

    private static String text(Comparison comparison) {
        JsonNode literal = comparison.literal();
        if (!literal.isTextual()) {
            throw misfit(comparison, "it compares with a quoted string only");
        }
        return literal.textValue();
    }

    /// Entra ID quotes booleans: `roles[primary eq "True"]`.
    private static boolean truth(Comparison comparison) {
        JsonNode literal = comparison.literal();
        String text = literal.isTextual() ? literal.textValue() : literal.asText();
        if ((literal.isBoolean() || literal.isTextual())
                && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
            return text.equalsIgnoreCase("true");
        }
        throw misfit(comparison, "it is a boolean and compares with true or false only");
    }

    private static Optional<Order> order(Operator operator) {
        return switch (operator) {
            case EQ, NE -> Optional.of(Order.EQ);
            case GT -> Optional.of(Order.GT);
            case GE -> Optional.of(Order.GE);
            case LT -> Optional.of(Order.LT);
            case LE -> Optional.of(Order.LE);
            case CO, SW, EW -> Optional.empty();
        };
    }

    private static Part part(Operator operator) {
        return switch (operator) {
            case CO -> Part.CONTAINS;
            case SW -> Part.STARTS;
            case EW -> Part.ENDS;
            case EQ, NE, GT, GE, LT, LE -> throw new IllegalArgumentException(operator + " compares whole values");
        };
    }

    static ScimProblem misfit(Comparison comparison, String reason) {
        return ScimProblem.of(
                ScimProblem.Type.invalidFilter,
                ScimProblem.shown(comparison.path().toString()) + " cannot be compared with "
                        + comparison.operator().name().toLowerCase(Locale.ROOT) + " here: " + reason);
    }
}
