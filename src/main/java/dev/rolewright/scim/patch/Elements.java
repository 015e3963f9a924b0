package dev.rolewright.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.ScimProblem.Type;
import dev.rolewright.scim.schema.Attribute;
import dev.rolewright.scim.schema.Folding;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.Primaries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What operations do to a multi-valued attribute.
///
/// A value is there once: two elements with the same `value` and `type` are one (RFC 7643 §2.4). An operation that
/// makes an element primary takes that from the one that was.
final class Elements {

    /// More values than any attribute of a person has. Members of groups are no document and not counted here.
    private static final int MOST = 1_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Slot slot;
    private final Attribute attribute;

    Elements(Slot slot) {
        this.slot = slot;
        this.attribute = slot.attribute();
    }

    /// Adds one value or an array of them.
    void add(JsonNode given) {
        List<JsonNode> values = list(slot.elements());
        Map<Object, Integer> places = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            places.putIfAbsent(identity(values.get(i)), i);
        }
        for (JsonNode value : canonical(given)) {
            Integer place = places.putIfAbsent(identity(value), values.size());
            if (place == null) {
                values.add(value);
            } else if (value instanceof ObjectNode more) {
                values.set(place, merged((ObjectNode) values.get(place), more));
            }
        }
        put(values);
    }

    /// Makes these values, one or an array of them, the only ones.
    void replace(JsonNode given) {
        if (given.isArray() && given.isEmpty()) {
            slot.clear();
        } else {
            slot.put(List.copyOf(new LinkedHashSet<>(canonical(given))));
        }
    }

    /// Removes the values that are listed, and no others.
    void remove(JsonNode given) {
        List<JsonNode> listed = canonical(given);
        List<JsonNode> values = list(slot.elements());
        values.removeIf(value -> listed.stream().anyMatch(one -> means(one, value)));
        put(values);
    }

    void remove(Selection selection) {
        List<JsonNode> values = list(slot.elements());
        values.removeIf(selection::matches);
        put(values);
    }

    /// Adds parts to the selected elements.
    void add(Selection selection, JsonNode given) {
        JsonNode value = element(given, slot.where());
        change(
                selection,
                value,
                element -> value instanceof ObjectNode more ? merged((ObjectNode) element, more) : value);
    }

    /// Puts another value in the place of each selected one. What the selector asks for and the value does not
    /// mention stays, or the same request could not be sent twice.
    void replace(Selection selection, JsonNode given) {
        JsonNode value = element(given, slot.where());
        change(
                selection,
                value,
                element ->
                        selection.wanted().map(wanted -> joined(wanted, value)).orElse(value));
    }

    /// Sets one part of the selected elements.
    void set(Selection selection, Attribute sub, JsonNode given) {
        Slot.checkWritable(sub, slot.where(sub));
        JsonNode value =
                Intake.value(sub, given, slot.where(sub)).orElseThrow(() -> invalid(slot.where(sub), "needs a value"));
        change(selection, NODES.objectNode().set(sub.name(), value), element -> {
            ObjectNode parts = element.deepCopy();
            slot.put(parts, sub, value);
            return parts;
        });
    }

    /// Removes one part of the selected elements, and the elements of which nothing is left.
    ///
    /// @param only the value that is to be removed, when not any
    void clear(Selection selection, Attribute sub, @Nullable JsonNode only) {
        Slot.checkWritable(sub, slot.where(sub));
        List<JsonNode> values = new ArrayList<>();
        boolean another = false;
        boolean found = false;
        for (JsonNode element : slot.elements()) {
            JsonNode part = selection.matches(element) ? element.get(sub.name()) : null;
            if (part == null) {
                values.add(element);
            } else if (only != null && !Likeness.alike(sub, only, part)) {
                another = true;
                values.add(element);
            } else {
                found = true;
                ObjectNode parts = element.deepCopy();
                slot.clear(parts, sub);
                if (!parts.isEmpty()) {
                    values.add(parts);
                }
            }
        }
        if (another && !found) {
            throw invalid(slot.where(sub), "holds another value than the one to be removed");
        }
        put(values);
    }

    /// Changes every selected element, or makes one when the selector says completely which is missing.
    private void change(Selection selection, JsonNode value, UnaryOperator<JsonNode> change) {
        List<JsonNode> values = list(slot.elements());
        boolean found = false;
        for (int i = 0; i < values.size(); i++) {
            if (selection.matches(values.get(i))) {
                values.set(i, change.apply(values.get(i)));
                found = true;
            }
        }
        if (!found) {
            values.add(missing(selection, value));
        }
        put(values);
    }

    private JsonNode missing(Selection selection, JsonNode value) {
        JsonNode made = selection.wanted().map(wanted -> joined(wanted, value)).orElse(null);
        if (made == null || !selection.matches(made)) {
            throw ScimProblem.of(Type.noTarget, slot.where() + ": no value matches the filter");
        }
        return made;
    }

    private JsonNode joined(ObjectNode wanted, JsonNode value) {
        if (!(value instanceof ObjectNode parts)) {
            return value;
        }
        ObjectNode joined = wanted.deepCopy();
        joined.setAll(parts);
        return element(joined, slot.where());
    }

    private ObjectNode merged(ObjectNode element, ObjectNode more) {
        ObjectNode parts = element.deepCopy();
        for (Attribute sub : attribute.subAttributes()) {
            JsonNode value = more.get(sub.name());
            if (value != null) {
                slot.put(parts, sub, value);
            }
        }
        return parts;
    }

    private void put(List<JsonNode> values) {
        ArrayNode before = slot.elements();
        List<JsonNode> distinct = List.copyOf(new LinkedHashSet<>(values));
        if (distinct.size() > MOST && distinct.size() > before.size()) {
            throw invalid(slot.where(), "holds at most " + MOST + " values");
        }
        ArrayNode after = NODES.arrayNode(distinct.size()).addAll(distinct);
        slot.put(list(attribute.complex() ? Primaries.settle(before, after, slot.where()) : after));
    }

    private List<JsonNode> canonical(JsonNode given) {
        if (!given.isArray()) {
            return List.of(element(given, slot.where()));
        }
        if (given.size() > MOST) {
            throw invalid(slot.where(), "holds at most " + MOST + " values");
        }
        List<JsonNode> values = new ArrayList<>(given.size());
        for (int i = 0; i < given.size(); i++) {
            values.add(element(given.get(i), slot.where() + "[" + i + "]"));
        }
        return values;
    }

    private JsonNode element(JsonNode given, String where) {
        return Intake.element(attribute, given, where)
                .orElseThrow(() -> invalid(where, "has nothing that could be kept"));
    }

    /// Whether a listed value means that stored one: by `value` and, where it is given, `type`; without a
    /// `value` by all that is given.
    private boolean means(JsonNode listed, JsonNode stored) {
        Optional<String> value = part(listed, "value");
        if (value.isEmpty()) {
            return Likeness.alike(attribute, listed, stored);
        }
        return value.equals(part(stored, "value"))
                && (!listed.has("type") || part(listed, "type").equals(part(stored, "type")));
    }

    /// What two elements have in common when they are one.
    private Object identity(JsonNode element) {
        Optional<String> value = part(element, "value");
        if (value.isPresent()) {
            return List.of(value, part(element, "type"));
        }
        return element.isTextual() ? Folding.text(attribute, element.textValue()) : element;
    }

    private Optional<String> part(JsonNode element, String name) {
        JsonNode part = element.get(name);
        return part == null || !part.isTextual()
                ? Optional.empty()
                : attribute.sub(name).flatMap(sub -> Folding.text(sub, part.textValue()));
    }

    private static List<JsonNode> list(@Nullable ArrayNode array) {
        List<JsonNode> list = new ArrayList<>();
        if (array != null) {
            array.forEach(list::add);
        }
        return list;
    }

    private static ScimProblem invalid(String where, String rule) {
        return ScimProblem.of(Type.invalidValue, where + ": " + rule);
    }
}
