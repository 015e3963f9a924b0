package dev.rolewright.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.schema.Attribute.Returned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which attributes of a resource a reply shows: what the client asked for, within what each attribute's `returned`
/// characteristic allows (RFC 7643 §7, RFC 7644 §3.9).
///
/// With `attributes` only the named ones are shown, with `excludedAttributes` all but the named ones, with both the
/// first without the second. `always` beats every wish, `never` likewise, and `request` is shown to who names it.
/// Data that no schema defines is not shown.
public final class Projection {

    private static final AttributeNames NOTHING = new AttributeNames(Set.of(), Set.of());

    private final ResourceType type;
    private final @Nullable AttributeNames wanted;
    private final AttributeNames unwanted;
    private final AttributeNames written;

    /// The usual case, in which no name needs to be looked up.
    private final boolean unrestricted;

    private Projection(
            ResourceType type, @Nullable AttributeNames wanted, AttributeNames unwanted, AttributeNames written) {
        this.type = type;
        this.wanted = wanted;
        this.unwanted = unwanted;
        this.written = written;
        this.unrestricted = wanted == null && unwanted.paths().isEmpty();
    }

    /// The projection of a request; null or blank parameters wish for nothing special.
    public static Projection of(ResourceType type, @Nullable String attributes, @Nullable String excludedAttributes) {
        return new Projection(
                type,
                attributes == null || attributes.isBlank()
                        ? null
                        : AttributeNames.parse(type, attributes, "attributes"),
                excludedAttributes == null || excludedAttributes.isBlank()
                        ? NOTHING
                        : AttributeNames.parse(type, excludedAttributes, "excludedAttributes"),
                NOTHING);
    }

    /// The projection of the reply to a POST, PUT or PATCH: who writes an attribute that is shown on
    /// request sees it (RFC 7643 §7).
    ///
    /// @param body the request, as the client sent it
    public Projection showing(ObjectNode body) {
        return new Projection(type, wanted, unwanted, AttributeNames.onRequestIn(type, body));
    }

    /// Whether a value of that attribute or sub-attribute would be shown, so that nobody
    /// fetches it in vain. The name may have its schema's URN in front; a bare URN asks for
    /// anything of that extension.
    public boolean wants(String name) {
        Optional<AttributeNames.Target> target = AttributeNames.target(type, name);
        return target.isPresent() && wants(target.get());
    }

    /// The part of a resource that is shown; the resource itself stays as it is.
    public ObjectNode apply(ObjectNode resource) {
        ObjectNode shown = shown(type.core(), resource);
        for (ResourceType.Extension extension : type.extensions()) {
            String urn = extension.schema().id();
            if (resource.get(urn) instanceof ObjectNode values) {
                ObjectNode part = shown(extension.schema(), values);
                if (!part.isEmpty()) {
                    shown.set(urn, part);
                }
            }
        }
        return shown;
    }

    private boolean wants(AttributeNames.Target target) {
        Schema schema = target.schema();
        Attribute attribute = target.attribute();
        if (attribute == null) {
            return schema.attributes().stream().anyMatch(each -> wants(schema, each));
        }
        Attribute sub = target.sub();
        return wants(schema, attribute) && (sub == null || wants(schema, attribute, sub));
    }

    private boolean wants(Schema schema, Attribute attribute) {
        if (unrestricted && attribute.returned() != Returned.REQUEST) {
            return attribute.returned() != Returned.NEVER;
        }
        String path = AttributeNames.path(schema, attribute, null);
        return switch (attribute.returned()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case DEFAULT -> (whole(schema, path) || partly(path)) && !excluded(schema, path);
            case REQUEST -> requested(path) && !excluded(schema, path);
        };
    }

    private boolean wants(Schema schema, Attribute attribute, Attribute sub) {
        if (unrestricted && sub.returned() != Returned.REQUEST) {
            return sub.returned() != Returned.NEVER;
        }
        String path = AttributeNames.path(schema, attribute, null);
        String subPath = AttributeNames.path(schema, attribute, sub);
        boolean excluded = unwanted.paths().contains(subPath);
        return switch (sub.returned()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case DEFAULT -> !excluded && (allParts(schema, attribute, path) || requested(subPath));
            case REQUEST -> !excluded && requested(subPath);
        };
    }

    /// Everything by default, or the attribute or its whole schema by name.
    private boolean whole(Schema schema, String path) {
        return wanted == null || wanted.paths().contains(path) || wanted.paths().contains(schema.id());
    }

    private boolean partly(String path) {
        return wanted != null && wanted.above().contains(path);
    }

    private boolean allParts(Schema schema, Attribute attribute, String path) {
        return whole(schema, path) || (attribute.returned() == Returned.ALWAYS && !partly(path));
    }

    private boolean excluded(Schema schema, String path) {
        return unwanted.paths().contains(path) || unwanted.paths().contains(schema.id());
    }

    private boolean requested(String path) {
        AttributeNames names = wanted == null ? written : wanted;
        return names.paths().contains(path) || names.above().contains(path);
    }

    private ObjectNode shown(Schema schema, ObjectNode values) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : values.properties()) {
            Optional<Attribute> attribute = schema.attribute(field.getKey());
            if (attribute.isPresent() && wants(schema, attribute.get())) {
                JsonNode value = value(schema, attribute.get(), field.getValue());
                if (value != null) {
                    shown.set(field.getKey(), value);
                }
            }
        }
        return shown;
    }

    private @Nullable JsonNode value(Schema schema, Attribute attribute, JsonNode value) {
        if (!attribute.complex() || everyPart(schema, attribute)) {
            return value;
        }
        if (value instanceof ArrayNode elements) {
            ArrayNode shown = JsonNodeFactory.instance.arrayNode(elements.size());
            for (JsonNode element : elements) {
                if (element instanceof ObjectNode object) {
                    ObjectNode part = parts(schema, attribute, object);
                    if (!part.isEmpty()) {
                        shown.add(part);
                    }
                }
            }
            return shown.isEmpty() ? null : shown;
        }
        ObjectNode shown = value instanceof ObjectNode object
                ? parts(schema, attribute, object)
                : JsonNodeFactory.instance.objectNode();
        return shown.isEmpty() ? null : shown;
    }

    private ObjectNode parts(Schema schema, Attribute attribute, ObjectNode value) {
        List<Attribute> shown = attribute.subAttributes().stream()
                .filter(sub -> wants(schema, attribute, sub))
                .toList();
        ObjectNode parts = JsonNodeFactory.instance.objectNode();
        for (Attribute sub : shown) {
            JsonNode part = value.get(sub.name());
            if (part != null) {
                parts.set(sub.name(), part);
            }
        }
        return parts;
    }

    /// Whether a value can be shown as it is, which is the usual case.
    private boolean everyPart(Schema schema, Attribute attribute) {
        return attribute.subAttributes().stream().allMatch(sub -> wants(schema, attribute, sub));
    }
}
