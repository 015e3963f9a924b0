package dev.rolewright.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.schema.Attribute.Mutability;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The top level of a resource: which schema each key belongs to, and what of it may be kept.
final class Body {

    private static final String SCHEMAS = "schemas";

    private final ResourceType type;
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private final Set<String> seen = new HashSet<>();

    private Body(ResourceType type) {
        this.type = type;
    }

    /// A client's body as a document.
    static ObjectNode canonical(ResourceType type, ObjectNode body) {
        Body reading = new Body(type);
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            reading.read(field.getKey(), field.getValue());
        }
        if (!reading.seen.contains(SCHEMAS)) {
            throw Where.of(SCHEMAS)
                    .problem(
                            ScimProblem.Type.invalidSyntax,
                            "must name " + type.core().id());
        }
        return reading.document;
    }

    /// A document whose names are canonical already; values that it shares with another one are taken as they are.
    static ObjectNode canonicalChanges(ResourceType type, ObjectNode document, ObjectNode before) {
        ObjectNode checked = changes(type, type.core().attributes(), null, document, before);
        for (ResourceType.Extension extension : type.extensions()) {
            String urn = extension.schema().id();
            JsonNode part = checked.get(urn);
            if (part == null || part.equals(before.get(urn))) {
                continue;
            }
            ObjectNode old =
                    before.get(urn) instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
            ObjectNode values = changes(type, extension.schema().attributes(), Where.of(urn), object(part, urn), old);
            if (values.isEmpty()) {
                checked.remove(urn);
            } else {
                checked.set(urn, values);
            }
        }
        return checked;
    }

    private static ObjectNode object(JsonNode value, String urn) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw Where.of(urn).invalid("must be an object");
    }

    private static ObjectNode changes(
            ResourceType type,
            List<Attribute> attributes,
            @Nullable Where extension,
            ObjectNode values,
            ObjectNode before) {
        ObjectNode checked = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : values.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            Optional<Attribute> attribute = Attribute.named(attributes, name);
            if (value.equals(before.get(name))
                    || (extension == null && type.extension(name).isPresent())) {
                checked.set(name, value);
            } else if (extension == null && name.equalsIgnoreCase(SCHEMAS)) {
                throw Where.of(SCHEMAS).problem(ScimProblem.Type.mutability, "follows from the data a resource has");
            } else if (attribute.isPresent()) {
                JsonNode kept = kept(attribute.get(), value, place(extension, attribute.get()));
                if (kept != null) {
                    checked.set(attribute.get().name(), kept);
                }
            } else {
                throw unknown(type, name);
            }
        }
        return checked;
    }

    private void read(String key, JsonNode value) {
        Optional<Attribute> attribute = type.core().attribute(key);
        if (attribute.isPresent()) {
            core(attribute.get(), value);
            return;
        }
        // A URN alone stands for an extension, never for the core, whose attributes are the resource's own.
        if (key.indexOf(':') < 0 || key.equalsIgnoreCase(type.core().id())) {
            throw unknown(type, key);
        }
        Optional<String> coreName = type.core().nameWithin(key);
        if (coreName.isPresent()) {
            core(type.core().attribute(coreName.get()).orElseThrow(() -> unknown(type, key)), value);
            return;
        }
        for (ResourceType.Extension extension : type.extensions()) {
            Schema schema = extension.schema();
            if (schema.id().equalsIgnoreCase(key)) {
                extension(schema, value);
                return;
            }
            Optional<String> name = schema.nameWithin(key);
            if (name.isPresent()) {
                extensionAttribute(schema, name.get(), value);
                return;
            }
        }
        // Data of a schema we do not have: nothing here gives it a meaning, and RFC 7643 §3.3 lets it be.
    }

    private void core(Attribute attribute, JsonNode value) {
        once(attribute.name());
        if (attribute.name().equals(SCHEMAS)) {
            checkSchemas(value);
            return;
        }
        JsonNode kept = kept(attribute, value, Where.of(attribute.name()));
        if (kept != null) {
            document.set(attribute.name(), kept);
        }
    }

    private void extension(Schema schema, JsonNode value) {
        once(schema.id());
        if (value.isNull()) {
            return;
        }
        for (Map.Entry<String, JsonNode> field : object(value, schema.id()).properties()) {
            extensionAttribute(schema, field.getKey(), field.getValue());
        }
    }

    private void extensionAttribute(Schema schema, String name, JsonNode value) {
        Attribute attribute = schema.attribute(name).orElseThrow(() -> unknown(type, schema.id() + ":" + name));
        once(schema.id() + ":" + attribute.name());
        JsonNode kept = kept(attribute, value, Where.of(schema.id()).attribute(attribute.name()));
        if (kept != null) {
            document.withObjectProperty(schema.id()).set(attribute.name(), kept);
        }
    }

    /// Names ignore case, so two spellings of one name are one name twice, and nobody can tell which is meant.
    private void once(String name) {
        if (!seen.add(name)) {
            throw Where.of(name).problem(ScimProblem.Type.invalidSyntax, "is there twice; names ignore case");
        }
    }

    /// The core schema must be named; an extension that is used but not named is understood all the same.
    private void checkSchemas(JsonNode value) {
        Where where = Where.of(SCHEMAS);
        if (!value.isArray()) {
            throw where.problem(ScimProblem.Type.invalidSyntax, "must be an array of URNs");
        }
        boolean core = false;
        for (JsonNode urn : value) {
            if (!urn.isTextual()) {
                throw where.problem(ScimProblem.Type.invalidSyntax, "must be an array of URNs");
            }
            core |= urn.textValue().equalsIgnoreCase(type.core().id());
        }
        if (!core) {
            throw where.problem(
                    ScimProblem.Type.invalidSyntax, "must name " + type.core().id());
        }
    }

    /// What a document keeps of a value. A readOnly one is ignored unread (RFC 7643 §2.2); a writeOnly one must be
    /// right, and then nobody keeps it.
    private static @Nullable JsonNode kept(Attribute attribute, JsonNode value, Where where) {
        if (attribute.mutability() == Mutability.READ_ONLY) {
            return null;
        }
        JsonNode canonical = Values.all(attribute, value, where);
        return attribute.mutability() == Mutability.WRITE_ONLY ? null : canonical;
    }

    private static Where place(@Nullable Where extension, Attribute attribute) {
        return extension == null ? Where.of(attribute.name()) : extension.attribute(attribute.name());
    }

    private static ScimProblem unknown(ResourceType type, String name) {
        return Where.of(ScimProblem.shown(name))
                .problem(ScimProblem.Type.invalidSyntax, "no schema of " + type.name() + " has such an attribute");
    }
}
