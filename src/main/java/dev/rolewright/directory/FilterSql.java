package dev.rolewright.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rolewright.directory.Paths.Values;
import dev.rolewright.scim.filter.Bound;
import dev.rolewright.scim.filter.Bound.And;
import dev.rolewright.scim.filter.Bound.Comparison;
import dev.rolewright.scim.filter.Bound.Constant;
import dev.rolewright.scim.filter.Bound.Element;
import dev.rolewright.scim.filter.Bound.Not;
import dev.rolewright.scim.filter.Bound.NumberOrder;
import dev.rolewright.scim.filter.Bound.Or;
import dev.rolewright.scim.filter.Bound.Order;
import dev.rolewright.scim.filter.Bound.Part;
import dev.rolewright.scim.filter.Bound.Present;
import dev.rolewright.scim.filter.Bound.TextOrder;
import dev.rolewright.scim.filter.Bound.TextPart;
import dev.rolewright.scim.filter.Bound.Truth;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.schema.Attribute;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Compiles a bound filter into a condition on a row `r` of `resource`, so that `Matcher` and the store
/// agree on every document.
///
/// A piece of the condition may be NULL where `Matcher` says false; `Not` is therefore `IS NOT TRUE`. Everything a
/// client says is the value of a placeholder.
final class FilterSql {

    /// What an index of `resource` serves by equality.
    private static final Set<String> LOOKED_UP = Set.of("id", "userName", "externalId", "displayName", "emails.value");

    private final Paths paths;

    private FilterSql(Paths paths) {
        this.paths = paths;
    }

    static Sql where(Bound filter, Paths paths) {
        return new FilterSql(paths).root(filter);
    }

    /// The condition of a filter over one group's members, on rows `m` of `membership` and `x` of `resource`.
    static Sql member(Bound selector, Shape group) {
        Paths paths = new Paths(group, 0, Addresses.NONE);
        return tree(selector, leaf -> test(leaf, paths.member(leaf.path())));
    }

    private Sql root(Bound filter) {
        return tree(filter, this::leaf, this::element);
    }

    /// The same within an element, where no other opens.
    private static Sql tree(Bound filter, Function<Comparison, Sql> leaves) {
        return tree(filter, leaves, element -> {
            throw new IllegalArgumentException("an element within an element: " + element);
        });
    }

    /// The connectives; what they connect is left to the caller.
    private static Sql tree(Bound filter, Function<Comparison, Sql> leaves, Function<Element, Sql> elements) {
        return switch (filter) {
            case Constant(boolean value) -> Sql.of(value ? "true" : "false");
            case And(List<Bound> parts) -> join(parts, " AND ", part -> tree(part, leaves, elements));
            case Or(List<Bound> parts) -> join(parts, " OR ", part -> tree(part, leaves, elements));
            case Not(Bound inner) ->
                Sql.of("(").add(tree(inner, leaves, elements)).add(") IS NOT TRUE");
            case Comparison leaf -> leaves.apply(leaf);
            case Element element -> elements.apply(element);
        };
    }

    private static Sql join(List<Bound> parts, String connective, Function<Bound, Sql> each) {
        Sql joined = Sql.of("(");
        String before = "";
        for (Bound part : parts) {
            joined.add(before).add(each.apply(part));
            before = connective;
        }
        return joined.add(")");
    }

    /// The comparison of one value.
    private static Sql test(Comparison leaf, Operand operand) {
        return switch (leaf) {
            case Present(Resolved path) -> operand.present(path.leaf());
            case TextOrder(var _, Order order, String text) -> operand.compare(order, text);
            case TextPart(var _, Part part, String text) -> operand.part(part, text);
            case NumberOrder(var _, Order order, BigDecimal number) -> operand.compare(order, number);
            case Truth(var _, boolean truth) -> operand.is(truth);
        };
    }

    private Sql leaf(Comparison leaf) {
        return switch (paths.of(leaf.path())) {
            case Values.One(Operand operand) -> recently(leaf).orElseGet(() -> test(leaf, operand));
            case Values.Each(String array, String from, Operand operand) ->
                equality(leaf).map(value -> contains(array, value)).orElseGet(() -> exists(from, test(leaf, operand)));
            case Values.Schemas(String from, Operand operand) -> exists(from, test(leaf, operand));
            case Values.Members() -> members(leaf);
            case Values.Groups() -> groups(leaf);
        };
    }

    private Sql element(Element element) {
        Resolved path = element.path();
        Bound inner = element.inner();
        return switch (paths.of(path)) {
            // There is one object or none: its parts are values of the resource.
            case Values.One(Operand operand) ->
                operand.present(path.leaf()).add(" AND ").add(root(inner));
            case Values.Each(String array, String from, Operand operand) -> {
                Sql each = exists(from, tree(inner, leaf -> test(leaf, Paths.element(leaf.path()))));
                ObjectNode wanted = JsonNodeFactory.instance.objectNode();
                boolean all = equalities(inner, wanted);
                if (wanted.isEmpty()) {
                    yield each;
                }
                // The containment is what the index on emails serves; alone it is enough when it says everything.
                Sql contains = contains(array, wanted);
                yield all ? contains : contains.add(" AND ").add(each);
            }
            case Values.Schemas(String from, Operand operand) -> exists(from, tree(inner, leaf -> test(leaf, operand)));
            case Values.Members() -> members(inner);
            case Values.Groups() -> groups(inner);
        };
    }

    private static Sql exists(String from, Sql condition) {
        return Sql.of("EXISTS (SELECT FROM " + from + " WHERE ").add(condition).add(")");
    }

    /// The operand is a subquery so that the planner does not look at it: it would hold it against its figures each
    /// time anew, only to use the same index.
    private static Sql contains(String array, JsonNode element) {
        return Sql.of(
                "(" + array + ") @> (SELECT ?::jsonb)",
                JsonNodeFactory.instance.arrayNode().add(element).toString());
    }

    /// The element a stored array has to contain for an equality to hold.
    private static Optional<JsonNode> equality(Comparison leaf) {
        Attribute sub = leaf.path().sub();
        return value(leaf)
                .map(value -> sub == null
                        ? value
                        : JsonNodeFactory.instance.objectNode().set(sub.name(), value));
    }

    private static Optional<JsonNode> value(Comparison leaf) {
        return switch (leaf) {
            case TextOrder(var _, Order order, String text)
            when order == Order.EQ -> Optional.of(TextNode.valueOf(Operand.storable(text)));
            case NumberOrder(var _, Order order, BigDecimal number)
            when order == Order.EQ -> Optional.of(DecimalNode.valueOf(number));
            case Truth(var _, boolean truth) -> Optional.of(BooleanNode.valueOf(truth));
            case TextOrder _, NumberOrder _, Present _, TextPart _ -> Optional.empty();
        };
    }

    /// Collects the equalities an element has to satisfy in any case; true when they are all that is asked.
    private static boolean equalities(Bound inner, ObjectNode wanted) {
        if (inner instanceof And(List<Bound> parts)) {
            boolean all = true;
            for (Bound part : parts) {
                all &= equalities(part, wanted);
            }
            return all;
        }
        if (!(inner instanceof Comparison leaf)) {
            return false;
        }
        Optional<JsonNode> value = value(leaf);
        Attribute sub = leaf.path().sub();
        if (value.isEmpty() || sub == null || wanted.has(sub.name())) {
            return false;
        }
        wanted.set(sub.name(), value.get());
        return true;
    }

    private Sql members(Bound inner) {
        Sql condition = tree(inner, leaf -> test(leaf, paths.member(leaf.path())));
        return Sql.of("EXISTS (SELECT FROM membership m"
                        + (concerns(inner, "value") ? "" : " JOIN resource x ON x.id = m.member_id")
                        + " WHERE m.group_id = r.id AND ")
                .add(condition)
                .add(")");
    }

    /// From the groups down to everybody inside them, once for the whole search; only how somebody
    /// belongs to a group depends on the person.
    private Sql groups(Bound inner) {
        Sql condition = tree(inner, leaf -> test(leaf, paths.group(leaf.path())));
        if (concerns(inner, "value", "display", "$ref")) {
            return Sql.of(
                            "r.id IN (WITH RECURSIVE down (id) AS (SELECT m.member_id FROM membership m"
                                    + " JOIN resource g ON g.id = m.group_id WHERE g.source_id = ? AND ",
                            paths.sourceId())
                    .add(condition)
                    .add(" UNION SELECT m.member_id FROM down CROSS JOIN LATERAL (SELECT member_id FROM membership"
                            + " WHERE group_id = down.id OFFSET 0) m) SELECT id FROM down)");
        }
        return Sql.of("EXISTS (SELECT FROM (" + Columns.GROUPS_ABOVE
                        + ") u JOIN resource g ON g.id = u.group_id WHERE ")
                .add(condition)
                .add(")");
    }

    /// Whether a condition looks at nothing but these parts.
    private static boolean concerns(Bound inner, String... parts) {
        return switch (inner) {
            case Constant _ -> true;
            case And(List<Bound> all) -> all.stream().allMatch(part -> concerns(part, parts));
            case Or(List<Bound> all) -> all.stream().allMatch(part -> concerns(part, parts));
            case Not(Bound negated) -> concerns(negated, parts);
            case Element(var _, Bound nested) -> concerns(nested, parts);
            case Comparison leaf -> List.of(parts).contains(part(leaf));
        };
    }

    private static String part(Comparison leaf) {
        Attribute sub = leaf.path().sub();
        return sub == null ? "value" : sub.name();
    }

    /// Whether an index leads to the few resources that can match, whatever else the filter asks.
    static boolean selective(Bound filter) {
        return switch (filter) {
            case And(List<Bound> parts) -> parts.stream().anyMatch(FilterSql::selective);
            case TextOrder(Resolved path, Order order, String text) ->
                order == Order.EQ && path.extension() == null && LOOKED_UP.contains(path.toString());
            case Element(Resolved path, Bound inner) ->
                path.extension() == null && path.attribute().name().equals("emails") && selective(inner);
            case Constant _, Or _, Not _, Present _, TextPart _, NumberOrder _, Truth _ -> false;
        };
    }

    /// "Modified since" for a type with members, whose changes have a time of their own: a union of two look-ups,
    /// because no index knows the later of both times.
    private Optional<Sql> recently(Comparison leaf) {
        if (!paths.shape().members()
                || !(leaf instanceof TextOrder(Resolved path, Order order, String text))
                || !"lastModified".equals(part(leaf))
                || !path.attribute().name().equals("meta")
                || !(order == Order.GE || order == Order.GT)) {
            return Optional.empty();
        }
        Instant since = Instant.parse(text);
        String later = Operand.operator(order) + "?";
        return Optional.of(Sql.of(
                "r.id IN (SELECT s.id FROM resource s WHERE s.source_id = ? AND s.type = "
                        + paths.shape().typeLiteral() + " AND s.last_modified" + later
                        + " UNION ALL SELECT c.group_id FROM membership_change c WHERE c.last_changed" + later + ")",
                paths.sourceId(),
                since,
                since));
    }
}
