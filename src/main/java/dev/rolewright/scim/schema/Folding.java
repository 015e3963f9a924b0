package dev.rolewright.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.text.Normalizer;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The forms in which values are compared: two values are equal exactly when their forms are, and they order
/// as their forms order by code point. Every filter, sort and uniqueness check compares these forms, in
/// memory and in the store.
public final class Folding {

    private Folding() {}

    /// The form of a text whose case does not matter.
    ///
    /// Composed first (NFC), so that both spellings of an accented letter meet. Then to lower, upper and
    /// lower case: upper because `ß` must meet `SS`, lower before it because the capital `ẞ` only meets them
    /// as a small one. The Greek final sigma is the one lower-case letter that depends on its neighbours; it
    /// becomes the ordinary one, or else a word would not start with its own beginning.
    public static String fold(String text) {
        if (ascii(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replace('ς', 'σ');
    }

    /// The form of one textual value of that attribute; empty when it is no value of the attribute's type.
    public static Optional<String> text(Attribute attribute, String value) {
        return switch (attribute.type()) {
            case STRING, REFERENCE -> Optional.of(attribute.caseExact() ? value : fold(value));
            case BINARY -> base64(value);
            case DATE_TIME -> DateTimes.canonical(value);
            case BOOLEAN, DECIMAL, INTEGER, COMPLEX -> Optional.empty();
        };
    }

    /// Bytes have one form with padding (RFC 4648 §4), however they were written.
    static Optional<String> base64(String text) {
        try {
            return Optional.of(
                    Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text)));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /// The comparable copy of a canonical document: what the store indexes, and what its filters and sorts
    /// look at.
    ///
    /// Only names that the schemas define appear in it.
    public static ObjectNode search(ResourceType type, ObjectNode document) {
        ObjectNode copy = object(type.core().attributes(), document);
        for (ResourceType.Extension extension : type.extensions()) {
            Schema schema = extension.schema();
            if (document.get(schema.id()) instanceof ObjectNode values) {
                copy.set(schema.id(), object(schema.attributes(), values));
            }
        }
        return copy;
    }

    private static ObjectNode object(List<Attribute> attributes, ObjectNode values) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Attribute attribute : attributes) {
            JsonNode value = values.get(attribute.name());
            if (value != null) {
                copy.set(attribute.name(), value(attribute, value));
            }
        }
        return copy;
    }

    private static JsonNode value(Attribute attribute, JsonNode value) {
        if (value instanceof ArrayNode elements) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(elements.size());
            for (JsonNode element : elements) {
                copy.add(value(attribute, element));
            }
            return copy;
        }
        if (value instanceof ObjectNode object) {
            return object(attribute.subAttributes(), object);
        }
        if (!value.isTextual()) {
            return value;
        }
        String text = value.textValue();
        String comparable = text(attribute, text).orElse(text);
        return comparable.equals(text) ? value : TextNode.valueOf(comparable);
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
