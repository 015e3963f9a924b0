package dev.rolewright.scim.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.schema.Attribute.Type;
import java.util.List;

/// What clients read under `/Schemas` and `/ResourceTypes` (RFC 7643 §6 and §7): every characteristic spelled out,
/// nothing null.
public final class SchemaDocs {

    private static final String URN = "urn:ietf:params:scim:schemas:core:2.0:";

    private SchemaDocs() {}

    /// A schema.
    ///
    /// @param base the base URL of this SCIM service, without a slash at the end
    public static ObjectNode schema(Schema schema, String base) {
        ObjectNode json = resource("Schema");
        json.put("id", schema.id());
        json.put("name", schema.name());
        json.put("description", schema.description());
        json.set("attributes", attributes(schema.attributes()));
        return located(json, "Schema", base + "/Schemas/" + schema.id());
    }

    /// A resource type.
    ///
    /// @param base the base URL of this SCIM service, without a slash at the end
    public static ObjectNode type(ResourceType type, String base) {
        ObjectNode json = resource("ResourceType");
        json.put("id", type.name());
        json.put("name", type.name());
        json.put("description", type.description());
        json.put("endpoint", type.endpoint());
        json.put("schema", type.core().id());
        ArrayNode extensions = JsonNodeFactory.instance.arrayNode();
        for (ResourceType.Extension extension : type.extensions()) {
            extensions.addObject().put("schema", extension.schema().id()).put("required", extension.required());
        }
        if (!extensions.isEmpty()) {
            json.set("schemaExtensions", extensions);
        }
        return located(json, "ResourceType", base + "/ResourceTypes/" + type.name());
    }

    private static ObjectNode resource(String name) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("schemas").add(URN + name);
        return json;
    }

    private static ObjectNode located(ObjectNode json, String type, String location) {
        json.putObject("meta").put("resourceType", type).put("location", location);
        return json;
    }

    private static ArrayNode attributes(List<Attribute> attributes) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode(attributes.size());
        for (Attribute attribute : attributes) {
            json.add(attribute(attribute));
        }
        return json;
    }

    private static ObjectNode attribute(Attribute attribute) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", attribute.name());
        json.put("type", Words.of(attribute.type()));
        json.put("multiValued", attribute.multiValued());
        json.put("description", attribute.description());
        json.put("required", attribute.required());
        if (text(attribute.type())) {
            json.put("caseExact", attribute.caseExact());
        }
        json.put("mutability", Words.of(attribute.mutability()));
        json.put("returned", Words.of(attribute.returned()));
        json.put("uniqueness", Words.of(attribute.uniqueness()));
        texts(json, "canonicalValues", attribute.canonicalValues());
        texts(json, "referenceTypes", attribute.referenceTypes());
        if (attribute.complex()) {
            json.set("subAttributes", attributes(attribute.subAttributes()));
        }
        return json;
    }

    private static void texts(ObjectNode json, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = json.putArray(key);
            texts.forEach(array::add);
        }
    }

    private static boolean text(Type type) {
        return switch (type) {
            case STRING, REFERENCE, BINARY -> true;
            case BOOLEAN, DECIMAL, INTEGER, DATE_TIME, COMPLEX -> false;
        };
    }
}
