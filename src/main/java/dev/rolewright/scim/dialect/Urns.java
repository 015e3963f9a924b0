package dev.rolewright.scim.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.ResourceType.Extension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The schema URNs of one resource type, and the ways clients misspell or forget them.
final class Urns {

    private final ResourceType type;
    private final Noted noted;

    Urns(ResourceType type, Noted noted) {
        this.type = type;
        this.noted = noted;
    }

    boolean known(String urn) {
        return urn.equalsIgnoreCase(type.core().id()) || type.extension(urn).isPresent();
    }

    /// Gives a URN, or a path or key that starts with one, its last colon back.
    String mend(String text) {
        for (Extension extension : type.extensions()) {
            String urn = extension.schema().id();
            int colon = urn.lastIndexOf(':');
            String broken = urn.substring(0, colon) + urn.substring(colon + 1);
            if (text.regionMatches(true, 0, broken, 0, broken.length())
                    && (text.length() == broken.length() || text.charAt(broken.length()) == ':')) {
                noted.add(Quirk.MALFORMED_URN);
                return urn + text.substring(broken.length());
            }
        }
        return text;
    }

    /// True for an array that holds nothing but URNs of this type.
    boolean allKnown(JsonNode schemas) {
        if (!schemas.isArray()) {
            return false;
        }
        for (JsonNode schema : schemas) {
            if (!schema.isTextual() || !known(mend(schema.textValue()))) {
                return false;
            }
        }
        return true;
    }

    /// The `schemas` of a whole resource without foreign URNs; left alone when no known one would remain.
    JsonNode kept(JsonNode schemas) {
        if (!schemas.isArray()) {
            return schemas;
        }
        List<JsonNode> kept = new ArrayList<>();
        for (JsonNode schema : schemas) {
            if (!schema.isTextual()) {
                return schemas;
            }
            String mended = mend(schema.textValue());
            if (known(mended)) {
                kept.add(TextNode.valueOf(mended));
            }
        }
        if (kept.isEmpty()) {
            return schemas;
        }
        if (kept.size() < schemas.size()) {
            noted.add(Quirk.FOREIGN_SCHEMA);
        }
        return JsonNodeFactory.instance.arrayNode().addAll(kept);
    }

    /// How the object spells a member's name.
    static Optional<String> key(ObjectNode object, String name) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getKey().equalsIgnoreCase(name)) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    /// The member of that name, spelt in any case.
    static @Nullable JsonNode member(ObjectNode object, String name) {
        return key(object, name).map(object::get).orElse(null);
    }
}
