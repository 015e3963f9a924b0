package dev.rolewright.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// What comes in becomes a canonical document, or a refusal that names the attribute and the rule.
///
/// A canonical document spells names as the schemas do, has no URN in front of core attributes and every extension
/// under its URN. It holds nothing that a client may not set (`readOnly`) or that nobody may keep (`writeOnly`), no
/// null, no empty array or object, no `schemas`. Every value has the type its attribute wants.
///
/// The check is strict: it knows the RFCs and nothing of what particular clients send instead. It never repeats a
/// value, which could be a secret.
public final class Intake {

    private static final String ACTIVE = "active";

    private Intake() {}

    /// The document of a new resource (RFC 7644 §3.3). A user that says nothing about `active` is active, so that
    /// `active eq true` finds everybody who is not suspended.
    public static ObjectNode create(ResourceType type, ObjectNode body) {
        ObjectNode document = Body.canonical(type, body);
        if (suspendable(type) && !document.has(ACTIVE)) {
            document.put(ACTIVE, true);
        }
        Soundness.check(type, document);
        return document;
    }

    /// The document after a PUT (RFC 7644 §3.5.1). What the body leaves out goes, except what is
    /// immutable, what the client cannot set, and `active`: leaving that out must not let a suspended
    /// person in again.
    ///
    /// @param current the stored document; it stays as it is
    public static ObjectNode replace(ResourceType type, ObjectNode body, ObjectNode current) {
        ObjectNode document = Body.canonical(type, body);
        JsonNode active = current.get(ACTIVE);
        if (suspendable(type) && active != null && !document.has(ACTIVE)) {
            document.set(ACTIVE, active);
        }
        Immutables.keep(type, document, current);
        Soundness.check(type, document);
        return document;
    }

    /// A document that was put together attribute by attribute, checked as a whole: the result is canonical again.
    public static ObjectNode check(ResourceType type, ObjectNode document) {
        return check(type, document, JsonNodeFactory.instance.objectNode());
    }

    /// A stored document after a PATCH: what differs from before is checked, what does not is left alone.
    ///
    /// So a schema that became stricter, or lost an attribute, never stands in the way of an unrelated change:
    /// suspending a person always works. What it cannot do is take `active` away and leave open what that means.
    public static ObjectNode check(ResourceType type, ObjectNode document, ObjectNode before) {
        ObjectNode checked = Body.canonicalChanges(type, document, before);
        if (suspendable(type) && before.has(ACTIVE) && !checked.has(ACTIVE)) {
            throw Where.of(ACTIVE).invalid("must be set to true or false, not removed");
        }
        Soundness.check(type, checked, before);
        return checked;
    }

    /// The canonical form of everything an attribute holds, so an array for a multi-valued one; empty when it holds
    /// nothing (null, or an empty array or object). Whether something required is missing shows only in the whole.
    ///
    /// @param where names the place in the request in front of what is wrong there
    public static Optional<JsonNode> value(Attribute attribute, JsonNode value, String where) {
        return Optional.ofNullable(Values.all(attribute, value, Where.of(where)));
    }

    /// The canonical form of one of the values of a multi-valued attribute; empty when it is an empty object.
    public static Optional<JsonNode> element(Attribute attribute, JsonNode value, String where) {
        return Optional.ofNullable(Values.element(attribute, value, Where.of(where)));
    }

    /// The text of a reference to a resource, which must fit into an index like every other key.
    public static String key(JsonNode value, String where) {
        return Soundness.key(Values.text(value, Where.of(where)).textValue(), Where.of(where));
    }

    private static boolean suspendable(ResourceType type) {
        return type.core().attribute(ACTIVE).filter(Intake::isFlag).isPresent();
    }

    private static boolean isFlag(Attribute attribute) {
        return attribute.type() == Attribute.Type.BOOLEAN && !attribute.multiValued();
    }
}
