package dev.rolewright.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rolewright.scim.schema.Attribute;
import dev.rolewright.scim.schema.Attribute.Mutability;
import dev.rolewright.scim.schema.Attribute.Returned;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.ResourceType.Extension;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// Canonical documents made up from a type's schemas; the same seed gives the same documents.
///
/// Every attribute is absent in some documents; multi-valued ones have up to three values, at
/// most one `primary`.
public final class GeneratedPeople {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Random random;
    private final ResourceType type;
    private final Vocabulary vocabulary;
    private int count;

    public GeneratedPeople(long seed, ResourceType type, Vocabulary vocabulary) {
        this.random = new Random(seed);
        this.type = type;
        this.vocabulary = vocabulary;
    }

    /// What a client may write: no readOnly attribute, `userName` never twice.
    public ObjectNode body() {
        ObjectNode body = NODES.objectNode();
        fill(body, type.core().attributes(), false);
        for (Extension extension : type.extensions()) {
            ObjectNode values = NODES.objectNode();
            fill(values, extension.schema().attributes(), false);
            if (!values.isEmpty()) {
                body.set(extension.schema().id(), values);
            }
        }
        if (type.core().attribute("userName").isPresent()) {
            body.put("userName", vocabulary.text(random) + count++);
        }
        return body;
    }

    /// A body and everything the service adds: `id`, `schemas`, `meta`, and readOnly values such as `groups`.
    public ObjectNode resource() {
        ObjectNode resource = body();
        fill(resource, type.core().attributes(), true);
        ArrayNode schemas = resource.putArray("schemas").add(type.core().id());
        for (Extension extension : type.extensions()) {
            if (resource.has(extension.schema().id())) {
                schemas.add(extension.schema().id());
            }
        }
        String id = new UUID(random.nextInt(4), random.nextInt(4)).toString();
        resource.put("id", id);
        resource.putObject("meta")
                .put("resourceType", type.name())
                .put("created", vocabulary.dateTime(random))
                .put("lastModified", vocabulary.dateTime(random))
                .put("location", "https://example.org" + type.endpoint() + "/" + id)
                .put("version", "W/\"" + random.nextInt(4) + "\"");
        return resource;
    }

    /// @param readOnly whether the readOnly attributes are to be filled, or else the others
    private void fill(ObjectNode holder, List<Attribute> attributes, boolean readOnly) {
        for (Attribute attribute : attributes) {
            boolean wanted = (attribute.mutability() == Mutability.READ_ONLY) == readOnly
                    && attribute.returned() != Returned.NEVER
                    && !List.of("id", "meta", "schemas", "userName").contains(attribute.name());
            if (!wanted || random.nextInt(5) < 2) {
                continue;
            }
            JsonNode value = attribute.multiValued() ? values(attribute) : value(attribute);
            if (!value.isContainerNode() || !value.isEmpty()) {
                holder.set(attribute.name(), value);
            }
        }
    }

    private ArrayNode values(Attribute attribute) {
        ArrayNode values = NODES.arrayNode();
        boolean primary = false;
        for (int i = random.nextInt(4); i > 0; i--) {
            JsonNode value = value(attribute);
            if (value instanceof ObjectNode element && element.path("primary").booleanValue()) {
                if (primary) {
                    element.put("primary", false);
                }
                primary = true;
            }
            if (!value.isContainerNode() || !value.isEmpty()) {
                values.add(value);
            }
        }
        return values;
    }

    private JsonNode value(Attribute attribute) {
        return switch (attribute.type()) {
            case STRING -> TextNode.valueOf(text(attribute));
            case REFERENCE -> TextNode.valueOf(vocabulary.url(random));
            case BINARY -> TextNode.valueOf(vocabulary.binary(random));
            case DATE_TIME -> TextNode.valueOf(vocabulary.dateTime(random));
            case BOOLEAN -> BooleanNode.valueOf(random.nextBoolean());
            case DECIMAL -> DecimalNode.valueOf(new BigDecimal(vocabulary.number(random)));
            case INTEGER -> NODES.numberNode(random.nextInt(-3, 11));
            case COMPLEX -> {
                ObjectNode value = NODES.objectNode();
                boolean readOnly = attribute.mutability() == Mutability.READ_ONLY;
                fill(value, attribute.subAttributes(), readOnly);
                yield value;
            }
        };
    }

    private String text(Attribute attribute) {
        List<String> canonical = attribute.canonicalValues();
        return canonical.isEmpty() || random.nextInt(4) == 0
                ? vocabulary.text(random)
                : Vocabulary.pick(canonical, random);
    }
}
