package dev.rolewright.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import java.util.HashSet;
import java.util.Set;

/// Keeps `primary` single (RFC 7643 §2.4).
public final class Primaries {

    private static final String PRIMARY = "primary";

    private Primaries() {}

    /// The elements after one PATCH operation, of which at most one is primary: the one the operation made primary
    /// takes that from the one that was (RFC 7644 §3.5.2).
    ///
    /// @param before the elements before the operation
    /// @param after the elements after it; neither array is changed
    /// @param where names the attribute in a refusal
    /// @throws ScimProblem when the operation made several elements primary, so that nobody can tell which is meant
    public static ArrayNode settle(ArrayNode before, ArrayNode after, String where) {
        if (count(after) <= 1) {
            return after;
        }
        Set<JsonNode> old = new HashSet<>();
        before.forEach(old::add);
        ArrayNode settled = JsonNodeFactory.instance.arrayNode(after.size());
        for (JsonNode element : after) {
            boolean cedes = primary(element) && old.contains(element);
            settled.add(cedes ? ((ObjectNode) element.deepCopy()).put(PRIMARY, false) : element);
        }
        if (count(settled) != 1) {
            throw Where.of(where).invalid("only one value may be primary");
        }
        return settled;
    }

    static int count(JsonNode elements) {
        int primaries = 0;
        for (JsonNode element : elements) {
            if (primary(element)) {
                primaries++;
            }
        }
        return primaries;
    }

    private static boolean primary(JsonNode element) {
        return element.path(PRIMARY).asBoolean(false);
    }
}
