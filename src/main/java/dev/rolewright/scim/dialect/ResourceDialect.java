package dev.rolewright.scim.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.schema.ResourceType;

/// Normalises the body of a POST or PUT.
final class ResourceDialect {

    private final ResourceType type;
    private final Noted noted;

    ResourceDialect(ResourceType type, Noted noted) {
        this.type = type;
        this.noted = noted;
    }

    ObjectNode body(ObjectNode body) {
        ObjectNode resource = new Keys(type, noted, Use.RESOURCE).object(body.properties());
        JsonNode schemas = resource.path("schemas");
        if (schemas.isMissingNode() || schemas.isNull()) {
            noted.add(Quirk.MISSING_SCHEMAS);
            resource.putArray("schemas").add(type.core().id());
        } else {
            resource.set("schemas", new Urns(type, noted).kept(schemas));
        }
        return resource;
    }
}
