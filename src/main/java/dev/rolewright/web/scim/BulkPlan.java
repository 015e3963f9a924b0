package dev.rolewright.web.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.ScimProblem.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// A bulk request understood before anything of it is done (RFC 7644 §3.7): which operations there are, which of them
/// need which others, and in which order that can be had.
///
/// Every POST gets its id here, so that `bulkId:` references in any direction become real ids at once.
/// An operation runs where the client put it unless it refers to a later one; then it waits for that
/// one, and later operations on the same resource wait behind it. Operations that refer to each other in
/// a circle form one unit that succeeds or fails whole.
///
/// @param failOnErrors how many failures end the job
/// @param operations in the client's order
/// @param units indexes of operations in the order of execution; more than one index is a circle
record BulkPlan(int failOnErrors, List<BulkOperation> operations, List<List<Integer>> units) {

    static final String REQUEST = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
    static final String RESPONSE = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

    BulkPlan {
        operations = List.copyOf(operations);
        units = List.copyOf(units);
    }

    /// Reads a bulk request. A fault of the request as a whole is thrown, a fault of one operation is kept in it.
    static BulkPlan of(ObjectNode body, int maxOperations, Supplier<UUID> ids) {
        Messages message = Messages.of(body, REQUEST, "schemas", "failOnErrors", "Operations");
        JsonNode list = message.member("Operations").orElse(null);
        if (list == null || !list.isArray() || list.isEmpty()) {
            throw ScimProblem.of(Type.invalidSyntax, "Operations: an array with at least one operation is required.");
        }
        if (list.size() > maxOperations) {
            throw ScimProblem.of(413, "The bulk request exceeds maxOperations (" + maxOperations + ").");
        }
        int failOnErrors = failOnErrors(message);
        Map<String, Integer> bulkIds = bulkIds(list);
        bulkIds.values().removeIf(i -> !BulkOperation.creates(list.get(i), i));
        List<UUID> created = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            created.add(ids.get());
        }
        BulkReferences references = new BulkReferences(bulkIds, created);
        List<BulkOperation> operations = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            operations.add(BulkOperation.of(i, list.get(i), references, created.get(i)));
        }
        return new BulkPlan(failOnErrors, operations, BulkOrder.of(operations));
    }

    private static int failOnErrors(Messages message) {
        JsonNode value = message.member("failOnErrors").orElse(null);
        if (value == null) {
            return Integer.MAX_VALUE;
        }
        if (!value.isIntegralNumber() || value.bigIntegerValue().signum() < 0) {
            throw ScimProblem.of(Type.invalidValue, "failOnErrors: must be an integer that is not negative.");
        }
        return Math.max(1, value.canConvertToInt() ? value.intValue() : Integer.MAX_VALUE);
    }

    private static Map<String, Integer> bulkIds(JsonNode list) {
        Map<String, Integer> bulkIds = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode operation = list.get(i);
            if (!operation.isObject()) {
                throw ScimProblem.of(Type.invalidSyntax, "Operations[" + i + "]: must be an object.");
            }
            String bulkId = BulkOperation.text(operation, "bulkId", i).orElse(null);
            if (bulkId != null && bulkIds.put(bulkId, i) != null) {
                throw ScimProblem.of(
                        Type.invalidValue, "Operations[" + i + "].bulkId: is used by an earlier operation, too.");
            }
        }
        return bulkIds;
    }
}
