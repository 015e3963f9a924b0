package dev.rolewright.web.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.schema.Attribute;
import dev.rolewright.scim.schema.Attribute.Returned;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.ResourceType.Extension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells documents that a client with no wishes sees just as they are kept, which is nearly every document of nearly
/// every request, so that nobody has to hold each attribute against its schema to find out that it stays.
///
/// A document is plain when everything in it, down to the sub-attributes, is defined and shown by default.
final class Plainness {

    private final Map<String, Plainness> parts = new HashMap<>();

    private Plainness() {}

    static Plainness of(ResourceType type) {
        Plainness plain = of(type.core().attributes());
        for (Extension extension : type.extensions()) {
            plain.parts.put(extension.schema().id(), of(extension.schema().attributes()));
        }
        return plain;
    }

    private static Plainness of(List<Attribute> attributes) {
        Plainness plain = new Plainness();
        for (Attribute attribute : attributes) {
            if (attribute.returned() == Returned.ALWAYS || attribute.returned() == Returned.DEFAULT) {
                plain.parts.put(attribute.name(), of(attribute.subAttributes()));
            }
        }
        return plain;
    }

    boolean covers(ObjectNode document) {
        for (Map.Entry<String, JsonNode> member : document.properties()) {
            Plainness part = parts.get(member.getKey());
            if (part == null || !part.coversValue(member.getValue())) {
                return false;
            }
        }
        return true;
    }

    private boolean coversValue(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return covers(object);
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                if (element instanceof ObjectNode object && !covers(object)) {
                    return false;
                }
            }
        }
        return true;
    }
}
