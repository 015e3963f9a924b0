package dev.rolewright.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.ScimProblem.Type;
import dev.rolewright.scim.filter.FilterParser;
import dev.rolewright.scim.filter.PatchPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a PATCH body (RFC 7644 §3.5.2) or says which part of it is not one.
///
/// It knows the grammar and no schema: whether a path exists and a value fits is the {@link Patcher}'s to say.
public final class PatchParser {

    public static final String URN = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    private static final Set<String> BODY_KEYS = Set.of("schemas", "operations");
    private static final Set<String> OPERATION_KEYS = Set.of("op", "path", "value");

    private PatchParser() {}

    public static List<PatchOp> parse(ObjectNode body, PatchLimits limits) {
        Map<String, JsonNode> keys = keys(body, BODY_KEYS, "");
        checkSchemas(keys.get("schemas"));
        JsonNode operations = keys.get("operations");
        if (operations == null || !operations.isArray() || operations.isEmpty()) {
            throw ScimProblem.of(Type.invalidSyntax, "Operations: must be an array of one or more operations");
        }
        if (operations.size() > limits.operations()) {
            throw ScimProblem.of(413, "Operations: at most " + limits.operations() + " operations in one request");
        }
        List<PatchOp> parsed = new ArrayList<>(operations.size());
        int members = 0;
        for (int i = 0; i < operations.size(); i++) {
            String where = "Operations[" + i + "]";
            PatchOp operation = operation(operations.get(i), where, limits);
            members += MemberChanges.named(operation);
            if (members > limits.members()) {
                throw ScimProblem.of(413, where + ": at most " + limits.members() + " members in one request");
            }
            parsed.add(operation);
        }
        return List.copyOf(parsed);
    }

    /// Reads one operation.
    ///
    /// @param where how a problem names it, as in `Operations[2]`
    public static PatchOp operation(JsonNode node, String where, PatchLimits limits) {
        if (!(node instanceof ObjectNode object)) {
            throw ScimProblem.of(Type.invalidSyntax, where + ": must be an object with op, path and value");
        }
        Map<String, JsonNode> keys = keys(object, OPERATION_KEYS, where + ".");
        PatchPath path = path(keys.get("path"), where, limits);
        JsonNode value = keys.get("value");
        return switch (op(keys.get("op"), where)) {
            case "add" -> add(path, value, where);
            case "replace" -> replace(path, value, where);
            default -> remove(path, value, where);
        };
    }

    private static PatchOp add(@Nullable PatchPath path, @Nullable JsonNode value, String where) {
        if (value == null || value.isNull()) {
            throw ScimProblem.of(Type.invalidValue, where + ".value: add needs a value");
        }
        return path == null ? new PatchOp.AddAll(attributes(value, where)) : new PatchOp.Add(path, value);
    }

    private static PatchOp replace(@Nullable PatchPath path, @Nullable JsonNode value, String where) {
        if (value == null) {
            throw ScimProblem.of(Type.invalidValue, where + ".value: replace needs a value");
        }
        return path == null ? new PatchOp.ReplaceAll(attributes(value, where)) : new PatchOp.Replace(path, value);
    }

    private static PatchOp remove(@Nullable PatchPath path, @Nullable JsonNode value, String where) {
        if (path == null) {
            throw ScimProblem.of(Type.noTarget, where + ".path: remove needs a path");
        }
        if (value != null && (value.isNull() || (value.isContainerNode() && value.isEmpty()))) {
            throw ScimProblem.of(
                    Type.invalidValue,
                    where + ".value: an empty value says neither \"all\" nor \"these\"; leave it out to remove all");
        }
        return new PatchOp.Remove(path, value);
    }

    private static String op(@Nullable JsonNode node, String where) {
        if (node != null && node.isTextual()) {
            String op = node.textValue();
            if (op.equals("add") || op.equals("replace") || op.equals("remove")) {
                return op;
            }
        }
        throw ScimProblem.of(Type.invalidSyntax, where + ".op: must be add, replace or remove");
    }

    /// A null path is an absent one (RFC 7643 §2.5).
    private static @Nullable PatchPath path(@Nullable JsonNode node, String where, PatchLimits limits) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isTextual()) {
            throw ScimProblem.of(Type.invalidPath, where + ".path: must be a string");
        }
        try {
            return FilterParser.parsePatchPath(node.textValue(), limits.paths());
        } catch (ScimProblem problem) {
            Type type = problem.type() == null ? Type.invalidPath : problem.type();
            throw ScimProblem.of(type, where + "." + problem.detail());
        }
    }

    private static ObjectNode attributes(JsonNode value, String where) {
        if (!(value instanceof ObjectNode object)) {
            throw ScimProblem.of(Type.invalidSyntax, where + ".value: without a path it must be an object");
        }
        if (object.isEmpty()) {
            throw ScimProblem.of(Type.invalidValue, where + ".value: names no attribute");
        }
        return object;
    }

    private static void checkSchemas(@Nullable JsonNode schemas) {
        if (schemas != null && schemas.isArray()) {
            for (JsonNode schema : schemas) {
                if (schema.isTextual() && schema.textValue().equalsIgnoreCase(URN)) {
                    return;
                }
            }
        }
        throw ScimProblem.of(Type.invalidSyntax, "schemas: must be an array that contains " + URN);
    }

    /// The members of an object by lower-case name; an unknown or repeated one is a problem.
    private static Map<String, JsonNode> keys(ObjectNode object, Set<String> known, String where) {
        Map<String, JsonNode> keys = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String key = entry.getKey().toLowerCase(Locale.ROOT);
            if (!known.contains(key)) {
                throw ScimProblem.of(Type.invalidSyntax, where + key + ": not part of a PATCH request");
            }
            if (keys.put(key, entry.getValue()) != null) {
                throw ScimProblem.of(Type.invalidSyntax, where + key + ": given twice");
            }
        }
        return keys;
    }
}
