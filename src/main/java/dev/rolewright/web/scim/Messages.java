package dev.rolewright.web.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.ScimProblem.Type;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/// Reads the protocol's own messages (search and bulk requests), whose member names are compared without case like all
/// attribute names (RFC 7643 §2.1), and in which null means absent (§2.5).
///
/// A member the message does not define is refused: ignoring a misspelt `filter` would answer with everybody.
record Messages(ObjectNode body) {

    static Messages of(ObjectNode body, String schema, String... allowed) {
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!among(name, allowed)) {
                throw ScimProblem.of(Type.invalidSyntax, "This message has no member of the name " + quote(name) + ".");
            }
        }
        for (JsonNode urn : member(body, "schemas").orElse(body.arrayNode())) {
            if (schema.equalsIgnoreCase(urn.textValue())) {
                return new Messages(body);
            }
        }
        throw ScimProblem.of(Type.invalidSyntax, "schemas: must contain " + schema + ".");
    }

    Optional<JsonNode> member(String name) {
        return member(body, name);
    }

    /// The member of that name, compared without case; two of them are a contradiction.
    static Optional<JsonNode> member(JsonNode object, String name) {
        JsonNode found = null;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (member.getKey().equalsIgnoreCase(name)) {
                if (found != null) {
                    throw ScimProblem.of(Type.invalidSyntax, name + ": is given twice.");
                }
                found = member.getValue();
            }
        }
        return Optional.ofNullable(found).filter(value -> !value.isNull());
    }

    private static boolean among(String name, String... allowed) {
        for (String one : allowed) {
            if (one.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /// A name in a sentence, cut where it stops being one.
    static String quote(String name) {
        return '"' + (name.length() <= 64 ? name : name.substring(0, 64) + "…") + '"';
    }
}
