package dev.rolewright.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.scim.schema.Attribute;
import dev.rolewright.scim.schema.Folding;

/// Whether a stored value is the one a client names: texts compare as their attribute says, objects by the parts that
/// are named.
final class Likeness {

    private Likeness() {}

    static boolean alike(Attribute attribute, JsonNode named, JsonNode stored) {
        if (attribute.complex()) {
            return stored.isObject()
                    && attribute.subAttributes().stream()
                            .filter(sub -> named.has(sub.name()))
                            .allMatch(sub -> stored.has(sub.name())
                                    && alike(sub, named.get(sub.name()), stored.get(sub.name())));
        }
        return named.equals(stored)
                || (named.isTextual()
                        && stored.isTextual()
                        && Folding.text(attribute, named.textValue())
                                .equals(Folding.text(attribute, stored.textValue())));
    }
}
