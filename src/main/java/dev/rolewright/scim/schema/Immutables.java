package dev.rolewright.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.schema.Attribute.Mutability;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a PUT cannot change: a body may repeat or leave out an immutable value, but not alter it (RFC 7644 §3.5.1).
///
/// In a multi-valued attribute the rule has no hold: its elements may come and go, and an altered element is one that
/// went and one that came.
final class Immutables {

    private Immutables() {}

    /// Puts into the document what the current one has and no body takes away.
    static void keep(ResourceType type, ObjectNode document, ObjectNode current) {
        keep(type.core().attributes(), document, current, null);
        for (ResourceType.Extension extension : type.extensions()) {
            Schema schema = extension.schema();
            if (current.get(schema.id()) instanceof ObjectNode old) {
                ObjectNode values = objectIn(document, schema.id());
                keep(schema.attributes(), values, old, Where.of(schema.id()));
                setUnlessEmpty(document, schema.id(), values);
            }
        }
    }

    private static void keep(
            List<Attribute> attributes, ObjectNode values, ObjectNode current, @Nullable Where extension) {
        for (Attribute attribute : attributes) {
            JsonNode old = current.get(attribute.name());
            if (old == null) {
                continue;
            }
            Where where = extension == null ? Where.of(attribute.name()) : extension.attribute(attribute.name());
            if (attribute.mutability() == Mutability.READ_ONLY) {
                values.set(attribute.name(), old);
            } else if (attribute.mutability() == Mutability.IMMUTABLE) {
                keep(attribute, values, old, where);
            } else if (old instanceof ObjectNode oldParts) {
                ObjectNode parts = objectIn(values, attribute.name());
                for (Attribute sub : attribute.subAttributes()) {
                    if (sub.mutability() == Mutability.IMMUTABLE && oldParts.has(sub.name())) {
                        keep(sub, parts, oldParts.get(sub.name()), where.sub(sub.name()));
                    }
                }
                setUnlessEmpty(values, attribute.name(), parts);
            }
        }
    }

    private static void keep(Attribute attribute, ObjectNode values, JsonNode old, Where where) {
        JsonNode given = values.get(attribute.name());
        if (given != null && !same(attribute, given, old)) {
            throw where.problem(ScimProblem.Type.mutability, "is immutable and has another value already");
        }
        values.set(attribute.name(), old);
    }

    private static boolean same(Attribute attribute, JsonNode one, JsonNode other) {
        return one.equals(other)
                || (one.isTextual()
                        && other.isTextual()
                        && Folding.text(attribute, one.textValue()).equals(Folding.text(attribute, other.textValue())));
    }

    private static ObjectNode objectIn(ObjectNode values, String name) {
        return values.get(name) instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    private static void setUnlessEmpty(ObjectNode values, String name, ObjectNode object) {
        if (!object.isEmpty()) {
            values.set(name, object);
        }
    }
}
