package dev.rolewright.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/// Makes small documents of which very many are kept at once: they take no more room than they need, cannot be changed,
/// and share equal values. There are many people and few departments.
final class SharedValues {

    /// An attribute with more different values than this is not worth remembering.
    private static final int MOST_VALUES = 1_000;

    private final Map<String, Map<JsonNode, JsonNode>> values = new HashMap<>();

    ObjectNode document(byte[] json) {
        Map<String, JsonNode> children = new HashMap<>();
        for (Map.Entry<String, JsonNode> attribute : Json.object(json).properties()) {
            children.put(attribute.getKey(), shared(attribute.getKey(), attribute.getValue()));
        }
        return new ObjectNode(JsonNodeFactory.instance, Map.copyOf(children));
    }

    private JsonNode shared(String attribute, JsonNode value) {
        Map<JsonNode, JsonNode> known = values.computeIfAbsent(attribute, _ -> new HashMap<>());
        JsonNode same = known.get(value);
        if (same == null && known.size() < MOST_VALUES) {
            known.put(value, value);
        }
        return same == null ? value : same;
    }
}
