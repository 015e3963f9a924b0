package dev.rolewright.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.filter.AttributePath;
import dev.rolewright.scim.filter.Binder;
import dev.rolewright.scim.filter.Bound;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.Filter.Operator;
import dev.rolewright.scim.filter.Matcher;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.schema.Attribute;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which values of a multi-valued attribute an operation means, and what a new one must have to be meant.
///
/// @param condition null when all are meant
/// @param wanted the parts a new element is given: those of a conjunction of `eq`; empty when the selector is anything
///     else, so that nobody can say which element is missing
record Selection(@Nullable Bound condition, Optional<ObjectNode> wanted) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static Selection of(@Nullable Filter selector, Resolved holder) {
        if (selector == null) {
            return new Selection(null, Optional.of(NODES.objectNode()));
        }
        ObjectNode parts = NODES.objectNode();
        Bound condition = Binder.bindSelector(selector, holder);
        return new Selection(
                condition, collect(selector, holder.attribute(), parts) ? Optional.of(parts) : Optional.empty());
    }

    boolean matches(JsonNode element) {
        return condition == null || Matcher.matchesElement(condition, element);
    }

    /// Gathers `a eq x and b eq y`; false for any other shape. What contradicts itself matches nothing in the end.
    private static boolean collect(Filter filter, Attribute attribute, ObjectNode parts) {
        return switch (filter) {
            case Filter.And(Filter left, Filter right) ->
                collect(left, attribute, parts) && collect(right, attribute, parts);
            case Filter.Comparison(AttributePath path, Operator operator, JsonNode literal)
            when operator == Operator.EQ && path.urn() == null && path.sub() == null -> {
                String name = attribute.sub(path.name()).map(Attribute::name).orElse(path.name());
                parts.set(name, literal);
                yield true;
            }
            case Filter.Comparison other -> false;
            case Filter.Or other -> false;
            case Filter.Not other -> false;
            case Filter.Present other -> false;
            case Filter.ValuePath other -> false;
        };
    }
}
