package dev.rolewright.web.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.ScimProblem.Type;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// One operation of a bulk request, its references already resolved (RFC 7644 §3.7).
sealed interface BulkOperation {

    int index();

    /// The method as the client is told it back; empty when it sent none.
    String method();

    Optional<String> bulkId();

    /// An operation that is sound enough to be tried.
    ///
    /// @param endpoint the resource type's, such as `Users`
    /// @param id the resource's; for a POST the one it will get
    /// @param versions the precondition
    /// @param data the body the single request would have; an empty object for DELETE
    /// @param references the operations whose resources this one names
    record Sound(
            int index,
            Verb verb,
            Optional<String> bulkId,
            String endpoint,
            String id,
            Optional<EntityTags> versions,
            ObjectNode data,
            Set<Integer> references)
            implements BulkOperation {

        public Sound {
            references = Set.copyOf(references);
        }

        @Override
        public String method() {
            return verb.name();
        }
    }

    /// An operation that fails whatever the directory holds.
    ///
    /// @param path the resource it spoke of, as far as that was understood
    record Broken(int index, String method, Optional<String> bulkId, Optional<String> path, ScimProblem problem)
            implements BulkOperation {}

    enum Verb {
        POST,
        PUT,
        PATCH,
        DELETE
    }

    static BulkOperation of(int index, JsonNode operation, BulkReferences references, UUID created) {
        String where = "Operations[" + index + "]";
        String method = text(operation, "method", index).orElse("").toUpperCase(Locale.ROOT);
        Optional<String> bulkId = text(operation, "bulkId", index);
        Optional<String> path = Optional.empty();
        try {
            Verb verb = verb(method, where);
            if (verb == Verb.POST && bulkId.filter(id -> !id.isEmpty()).isEmpty()) {
                throw fault(where + ".bulkId: is required when method is POST.");
            }
            Set<Integer> into = new TreeSet<>();
            String[] segments = segments(operation, index, references, into);
            boolean single = segments.length == 2;
            path = Optional.of(single ? segments[0] + "/" + segments[1] : segments[0]);
            if (single == (verb == Verb.POST)) {
                throw fault(where + ".path: " + (single ? "must name an endpoint" : "must name one resource")
                        + " when method is " + verb + ".");
            }
            ObjectNode data = data(operation, verb, where);
            references.resolve(data, where + ".data", into);
            into.remove(index);
            return new Sound(
                    index,
                    verb,
                    bulkId,
                    segments[0],
                    single ? segments[1] : created.toString(),
                    text(operation, "version", index).flatMap(tag -> EntityTags.parse(List.of(tag))),
                    data,
                    into);
        } catch (ScimProblem problem) {
            return new Broken(index, method, bulkId, path, problem);
        }
    }

    private static Verb verb(String method, String where) {
        for (Verb verb : Verb.values()) {
            if (verb.name().equals(method)) {
                return verb;
            }
        }
        throw fault(where + ".method: must be POST, PUT, PATCH or DELETE.");
    }

    private static String[] segments(JsonNode operation, int index, BulkReferences references, Set<Integer> into) {
        String where = "Operations[" + index + "]";
        String path = text(operation, "path", index).orElse("");
        String[] segments = (path.startsWith("/") ? path.substring(1) : path).split("/", -1);
        if (segments.length > 2 || segments[0].isEmpty() || segments[segments.length - 1].isEmpty()) {
            throw fault(where + ".path: must be an endpoint such as /Users or a resource such as /Users/{id}.");
        }
        if (segments.length == 2 && segments[1].startsWith(BulkReferences.PREFIX)) {
            segments[1] = references.resolve(segments[1], where + ".path", into);
        }
        return segments;
    }

    private static ObjectNode data(JsonNode operation, Verb verb, String where) {
        JsonNode data = Messages.member(operation, "data").orElse(null);
        if (data instanceof ObjectNode object) {
            return object;
        }
        if (data == null && verb == Verb.DELETE) {
            return ((ObjectNode) operation).objectNode();
        }
        throw fault(where + ".data: an object is required when method is " + verb + ".");
    }

    /// Says whether an operation makes a resource that others can refer to.
    static boolean creates(JsonNode operation, int index) {
        return text(operation, "method", index)
                .filter(Verb.POST.name()::equalsIgnoreCase)
                .isPresent();
    }

    static Optional<String> text(JsonNode operation, String name, int index) {
        Optional<JsonNode> value = Messages.member(operation, name);
        if (value.isPresent() && !value.get().isTextual()) {
            throw fault("Operations[" + index + "]." + name + ": must be a string.");
        }
        return value.map(JsonNode::textValue);
    }

    private static ScimProblem fault(String detail) {
        return ScimProblem.of(Type.invalidSyntax, detail);
    }
}
