package dev.rolewright.web.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.ScimProblem.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts the ids of resources to be created where a bulk request says `bulkId:…` (RFC 7644 §3.7.2).
///
/// @param declared which operation declares a bulkId
/// @param ids the id set aside for each operation
record BulkReferences(Map<String, Integer> declared, List<UUID> ids) {

    static final String PREFIX = "bulkId:";

    /// A reference inside a longer text: quoted in the filter of a PATCH path, or at the end of a `$ref`.
    private static final Pattern INSIDE = Pattern.compile("(?<=[\"/])bulkId:([^\"/]+)");

    /// Resolves every reference in a tree, in place.
    ///
    /// @param into collects the operations referred to
    void resolve(JsonNode tree, String where, Set<Integer> into) {
        switch (tree) {
            case ObjectNode object -> {
                for (Map.Entry<String, JsonNode> member : object.properties()) {
                    String inner = where + "." + member.getKey();
                    if (member.getValue().isTextual()) {
                        member.setValue(
                                object.textNode(resolve(member.getValue().textValue(), inner, into)));
                    } else {
                        resolve(member.getValue(), inner, into);
                    }
                }
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    String inner = where + "[" + i + "]";
                    if (array.get(i).isTextual()) {
                        array.set(i, array.textNode(resolve(array.get(i).textValue(), inner, into)));
                    } else {
                        resolve(array.get(i), inner, into);
                    }
                }
            }
            default -> {}
        }
    }

    /// Resolves the references of one text.
    String resolve(String text, String where, Set<Integer> into) {
        if (!text.contains(PREFIX)) {
            return text;
        }
        if (text.startsWith(PREFIX)) {
            return id(text.substring(PREFIX.length()), where, into);
        }
        Matcher references = INSIDE.matcher(text);
        return references.replaceAll(found -> Matcher.quoteReplacement(id(found.group(1), where, into)));
    }

    private String id(String bulkId, String where, Set<Integer> into) {
        Integer operation = declared.get(bulkId);
        if (operation == null) {
            throw ScimProblem.of(
                    Type.invalidValue,
                    where + ": refers to bulkId " + Messages.quote(bulkId)
                            + ", which no operation of this request declares.");
        }
        into.add(operation);
        return ids.get(operation).toString();
    }
}
