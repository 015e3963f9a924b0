package dev.rolewright.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A JSON object somebody wrote by hand, read strictly: every mistake names the place.
record JsonFile(String place, JsonNode json) {

    JsonFile {
        if (!json.isObject()) {
            throw new IllegalArgumentException(place + ": must be a JSON object");
        }
    }

    /// An attribute inside of this object.
    JsonFile inside(JsonNode node) {
        JsonNode name = node.path("name");
        return new JsonFile(place + " > " + (name.isTextual() ? name.textValue() : "an attribute without name"), node);
    }

    void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(place + ": " + rule);
        }
    }

    void onlyKeys(Set<String> known) {
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            check(known.contains(field.getKey()), "knows no key " + field.getKey());
        }
    }

    boolean has(String key) {
        return json.has(key);
    }

    String text(String key) {
        JsonNode value = json.path(key);
        check(value.isTextual() && !value.textValue().isBlank(), "needs a text " + key);
        return value.textValue();
    }

    boolean flag(String key, boolean otherwise) {
        JsonNode value = json.path(key);
        check(value.isMissingNode() || value.isBoolean(), key + " must be true or false");
        return value.asBoolean(otherwise);
    }

    <T> T oneOf(String key, Map<String, T> words, T otherwise) {
        JsonNode value = json.path(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        T meaning = value.isTextual() ? words.get(value.textValue()) : null;
        if (meaning == null) {
            throw new IllegalArgumentException(
                    place + ": " + key + " must be one of " + String.join(", ", new TreeSet<>(words.keySet())));
        }
        return meaning;
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : has(key) ? array(key) : JsonNodeFactory.instance.arrayNode()) {
            check(element.isTextual() && !element.textValue().isBlank(), key + " must be an array of texts");
            texts.add(element.textValue());
        }
        return texts;
    }

    ArrayNode array(String key) {
        if (json.path(key) instanceof ArrayNode array) {
            return array;
        }
        throw new IllegalArgumentException(place + ": needs an array " + key);
    }
}
