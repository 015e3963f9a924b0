package dev.rolewright.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import java.io.IOException;
import java.util.Comparator;

/// Documents on their way into and out of `jsonb`.
final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(new JsonNodeFactory(true))
            .build();

    /// Numbers are equal when their values are: `jsonb` does not keep the difference between 1 and 1.0.
    private static final Comparator<JsonNode> SAME_VALUE = (left, right) -> left.isNumber() && right.isNumber()
            ? left.decimalValue().compareTo(right.decimalValue())
            : left.equals(right) ? 0 : 1;

    private Json() {}

    static String text(JsonNode node) {
        try {
            return storable(MAPPER.writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    static ObjectNode object(byte[] text) {
        return (ObjectNode) read(text);
    }

    static JsonNode read(byte[] text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException("the store returned something other than JSON", e);
        }
    }

    static boolean same(JsonNode left, JsonNode right) {
        return left.equals(SAME_VALUE, right);
    }

    /// Refuses what PostgreSQL cannot keep in a text: the character NUL and half a surrogate pair, of which no
    /// encoding exists.
    static String storable(String json) {
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '\\') {
                if (json.startsWith("u0000", i + 1)) {
                    throw unstorable();
                }
                i++;
            } else if (c == 0) {
                throw unstorable();
            } else if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == json.length()
                        || !Character.isLowSurrogate(json.charAt(i + 1))) {
                    throw unstorable();
                }
                i++;
            }
        }
        return json;
    }

    private static ScimProblem unstorable() {
        return ScimProblem.of(
                ScimProblem.Type.invalidValue, "a text holds the character U+0000 or half a surrogate pair");
    }
}
