package dev.rolewright.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.filter.Bound.And;
import dev.rolewright.scim.filter.Bound.Constant;
import dev.rolewright.scim.filter.Bound.Element;
import dev.rolewright.scim.filter.Bound.Not;
import dev.rolewright.scim.filter.Bound.NumberOrder;
import dev.rolewright.scim.filter.Bound.Or;
import dev.rolewright.scim.filter.Bound.Present;
import dev.rolewright.scim.filter.Bound.TextOrder;
import dev.rolewright.scim.filter.Bound.TextPart;
import dev.rolewright.scim.filter.Bound.Truth;
import dev.rolewright.scim.schema.Attribute;
import dev.rolewright.scim.schema.Folding;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Decides whether a document satisfies a bound filter: the executable meaning that the SQL compiler
/// has to equal.
///
/// Documents are canonical but not folded; values are brought into their compared form here.
public final class Matcher {

    /// What the paths of a filter start from.
    private interface Origin {
        Stream<JsonNode> values(Resolved path);
    }

    private final Origin origin;

    private Matcher(Origin origin) {
        this.origin = origin;
    }

    /// Whether the resource, with whatever of `id`, `meta`, `groups` and `members` the filter asks for,
    /// satisfies it.
    public static boolean matches(Bound filter, ObjectNode document) {
        return new Matcher(path -> valuesOf(path, document)).test(filter);
    }

    /// Whether one element of an attribute satisfies a filter made by {@link Binder#bindSelector}.
    public static boolean matchesElement(Bound selector, JsonNode element) {
        return new Matcher(path -> partsOf(path, element)).test(selector);
    }

    private boolean test(Bound filter) {
        return switch (filter) {
            case Constant(boolean value) -> value;
            case And(List<Bound> parts) -> parts.stream().allMatch(this::test);
            case Or(List<Bound> parts) -> parts.stream().anyMatch(this::test);
            case Not(Bound inner) -> !test(inner);
            case Present(Resolved path) -> some(path, Matcher::notEmpty);
            case TextOrder order ->
                text(order.path(), value -> order.order().holds(CodePoints.compare(value, order.operand())));
            case TextPart part -> text(part.path(), value -> part.part().holds(value, part.operand()));
            case NumberOrder order ->
                some(
                        order.path(),
                        value -> value.isNumber()
                                && order.order().holds(value.decimalValue().compareTo(order.operand())));
            case Truth(Resolved path, boolean operand) ->
                some(path, value -> value.isBoolean() && value.booleanValue() == operand);
            case Element(Resolved path, Bound inner) -> some(path, element -> matchesElement(inner, element));
        };
    }

    private boolean some(Resolved path, Predicate<JsonNode> condition) {
        return origin.values(path).anyMatch(condition);
    }

    private boolean text(Resolved path, Predicate<String> condition) {
        Attribute leaf = path.leaf();
        return some(
                path,
                value -> value.isTextual()
                        && Folding.text(leaf, value.textValue())
                                .filter(condition)
                                .isPresent());
    }

    private static Stream<JsonNode> valuesOf(Resolved path, ObjectNode document) {
        JsonNode holder = path.extension() == null ? document : document.path(path.extension());
        Stream<JsonNode> tops = each(holder.path(path.attribute().name()));
        return path.sub() == null ? tops : tops.flatMap(top -> partsOf(path, top));
    }

    private static Stream<JsonNode> partsOf(Resolved path, JsonNode element) {
        return each(path.sub() == null ? element : element.path(path.sub().name()));
    }

    /// The values of a multi-valued attribute, or the one of a singular.
    private static Stream<JsonNode> each(JsonNode node) {
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false);
        }
        return node.isMissingNode() || node.isNull() ? Stream.empty() : Stream.of(node);
    }

    private static boolean notEmpty(JsonNode value) {
        return value.isTextual() ? !value.textValue().isEmpty() : !value.isObject() || !value.isEmpty();
    }
}
