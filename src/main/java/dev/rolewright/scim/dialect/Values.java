package dev.rolewright.scim.dialect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.schema.Attribute;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns the value of an attribute into the shape its definition asks for.
final class Values {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Longer than any role a client writes as JSON text.
    private static final int LONGEST_JSON_TEXT = 10_000;

    private final Noted noted;
    private final Use use;

    Values(Noted noted, Use use) {
        this.noted = noted;
        this.use = use;
    }

    /// The whole value of an attribute: an array where it is multi-valued.
    JsonNode whole(Attribute attribute, JsonNode value) {
        if (!attribute.multiValued()) {
            return single(attribute, value);
        }
        if (value.isArray()) {
            return elements(attribute, value);
        }
        JsonNode element = element(attribute, value);
        if (!element.isObject() || (reference(attribute) && setsTheWhole())) {
            return element;
        }
        noted.add(Quirk.SINGLE_FOR_ARRAY);
        return NODES.arrayNode().add(element);
    }

    /// Whether everything that is not named goes. One member in place of all of them may be a slip that empties a
    /// group, so nobody guesses.
    private boolean setsTheWhole() {
        return switch (use) {
            case RESOURCE, REPLACE -> true;
            case ADD, REMOVE -> false;
        };
    }

    /// One value of a single-valued attribute.
    JsonNode single(Attribute attribute, JsonNode value) {
        if (value.isArray() && value.size() == 1 && !value.get(0).isNull()) {
            noted.add(Quirk.ARRAY_FOR_SINGLE);
            return element(attribute, value.get(0));
        }
        return element(attribute, value);
    }

    /// One value, be it the only one or one of many.
    JsonNode element(Attribute attribute, JsonNode value) {
        if (value.isNull()) {
            noted.add(use == Use.REPLACE ? Quirk.NULL_CLEARS : Quirk.NULL_IGNORED);
            return value;
        }
        return switch (attribute.type()) {
            case BOOLEAN -> bool(value);
            case COMPLEX -> complex(attribute, value);
            case STRING, DECIMAL, INTEGER, DATE_TIME, BINARY, REFERENCE -> value;
        };
    }

    private ArrayNode elements(Attribute attribute, JsonNode values) {
        ArrayNode result = NODES.arrayNode(values.size());
        for (JsonNode value : values) {
            result.add(value.isNull() ? value : element(attribute, value));
        }
        return result;
    }

    private JsonNode bool(JsonNode value) {
        Optional<Boolean> meant = booleanOf(value);
        if (meant.isEmpty()) {
            return value;
        }
        noted.add(Quirk.STRING_BOOLEAN);
        return BooleanNode.valueOf(meant.get());
    }

    /// The boolean a string spells, if it spells one.
    static Optional<Boolean> booleanOf(JsonNode value) {
        if (value.isTextual()) {
            if (value.textValue().equalsIgnoreCase("true")) {
                return Optional.of(true);
            }
            if (value.textValue().equalsIgnoreCase("false")) {
                return Optional.of(false);
            }
        }
        return Optional.empty();
    }

    private JsonNode complex(Attribute attribute, JsonNode value) {
        if (value.isTextual() && reference(attribute)) {
            if (!value.textValue().isEmpty()) {
                noted.add(Quirk.REFERENCE_AS_STRING);
                return NODES.objectNode().set("value", value);
            }
            return cleared(attribute, value);
        }
        if (!(value instanceof ObjectNode object)) {
            return value;
        }
        JsonNode id = Urns.member(object, "value");
        if (id != null && id.isTextual() && id.textValue().isEmpty() && reference(attribute)) {
            return cleared(attribute, value);
        }
        ObjectNode plain = attribute.name().equals("roles") ? role(object) : object;
        ObjectNode result = NODES.objectNode();
        for (Map.Entry<String, JsonNode> entry : plain.properties()) {
            Optional<Attribute> sub = attribute.sub(entry.getKey());
            if (sub.isPresent()) {
                result.set(entry.getKey(), subValue(attribute, sub.get(), entry.getValue()));
            } else if (use == Use.RESOURCE) {
                noted.add(Quirk.UNKNOWN_ATTRIBUTE);
            } else {
                result.set(entry.getKey(), entry.getValue());
            }
        }
        return result;
    }

    private JsonNode subValue(Attribute attribute, Attribute sub, JsonNode value) {
        if (value.isNull()) {
            noted.add(use == Use.REPLACE && !attribute.multiValued() ? Quirk.NULL_CLEARS : Quirk.NULL_IGNORED);
            return value;
        }
        return element(sub, value);
    }

    /// What the empty string in place of a single reference means: nobody.
    private JsonNode cleared(Attribute attribute, JsonNode value) {
        if (attribute.multiValued() || use == Use.ADD || use == Use.REMOVE) {
            return value;
        }
        noted.add(Quirk.EMPTY_STRING_CLEARS);
        return NullNode.getInstance();
    }

    /// True for an attribute that points to other resources, such as `manager` and `members`.
    private static boolean reference(Attribute attribute) {
        return attribute.complex()
                && attribute.sub("value").isPresent()
                && attribute.sub("$ref").isPresent();
    }

    /// A role whose `value` is JSON text becomes the role that text describes.
    private ObjectNode role(ObjectNode object) {
        JsonNode value = Urns.member(object, "value");
        String text = value != null && value.isTextual() ? value.textValue().strip() : "";
        if (!text.startsWith("{") || text.length() > LONGEST_JSON_TEXT) {
            return object;
        }
        if (!(parsed(text) instanceof ObjectNode described)
                || !described.path("value").isTextual()) {
            return object;
        }
        noted.add(Quirk.JSON_IN_STRING);
        ObjectNode role = object.deepCopy();
        role.set(Urns.key(object, "value").orElseThrow(), described.path("value"));
        if (Urns.member(object, "display") == null
                && described.path("displayName").isTextual()) {
            role.set("display", described.path("displayName"));
        }
        return role;
    }

    private static @Nullable JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }
}
