package dev.rolewright.scim.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.schema.ResourceType;
import java.util.Collection;

/// Turns what clients send into the language of the RFC, and lists the rules that were needed.
///
/// What no rule covers is left as it is: the strict core behind refuses it. The bodies given are never changed.
public final class Dialects {

    private Dialects() {}

    /// The body of a PATCH.
    ///
    /// @param id the id of the resource addressed, as the URL has it
    public static Normalised<ObjectNode> patch(ResourceType type, String id, ObjectNode body) {
        Noted noted = new Noted();
        ObjectNode value = new PatchDialect(type, id, noted).body(body.deepCopy());
        return new Normalised<>(value, noted.list());
    }

    /// The body of a POST or PUT.
    public static Normalised<ObjectNode> resource(ResourceType type, ObjectNode body) {
        Noted noted = new Noted();
        ObjectNode value = new ResourceDialect(type, noted).body(body.deepCopy());
        return new Normalised<>(value, noted.list());
    }

    /// A search filter.
    ///
    /// @param types what is searched
    public static Normalised<String> filter(Collection<ResourceType> types, String filter) {
        Noted noted = new Noted();
        String repaired = FilterDialect.repair(filter, noted);
        String value = new TypedFilter(types, noted).repair(repaired);
        return new Normalised<>(value, noted.list());
    }
}
