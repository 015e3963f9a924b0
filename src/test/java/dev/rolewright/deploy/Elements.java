package dev.rolewright.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Streams of what is in a JSON tree.
final class Elements {

    private Elements() {}

    /// Of an array or of an object's values; of anything else nothing.
    static Stream<JsonNode> of(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }

    static Stream<String> texts(JsonNode node) {
        return of(node).map(JsonNode::asText);
    }

    /// The object in which names stand for values: an object itself, or a list of names and values.
    static Stream<Map.Entry<String, JsonNode>> named(JsonNode node) {
        return node.isArray()
                ? of(node).map(it -> Map.entry(it.path("name").asText(), it.path("value")))
                : node.properties().stream();
    }
}
