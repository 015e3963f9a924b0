package dev.rolewright.web.scim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.web.ScimError;
import dev.rolewright.web.scim.BulkOperation.Broken;
import dev.rolewright.web.scim.BulkOperation.Sound;
import dev.rolewright.web.scim.BulkOperation.Verb;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What became of one operation of a bulk request (RFC 7644 §3.7.3).
sealed interface BulkResult {

    /// @param version the tag of the resource as it is now; null when it is gone
    record Done(int status, @Nullable String version) implements BulkResult {}

    record Failed(ScimProblem problem) implements BulkResult {}

    /// Shows the result as the client gets it. A POST that failed has no location; everything else has
    /// one, as far as the operation said what it spoke of.
    default ObjectNode json(BulkOperation operation, Links links) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        path(operation).ifPresent(path -> json.put("location", links.base() + "/" + path));
        json.put("method", operation.method());
        operation.bulkId().ifPresent(bulkId -> json.put("bulkId", bulkId));
        switch (this) {
            case Done done -> {
                if (done.version() != null) {
                    json.put("version", done.version());
                }
                json.put("status", Integer.toString(done.status()));
            }
            case Failed failed -> {
                json.put("status", Integer.toString(failed.problem().status()));
                json.set("response", ScimError.json(failed.problem()));
            }
        }
        return json;
    }

    private Optional<String> path(BulkOperation operation) {
        return switch (operation) {
            case Sound sound ->
                this instanceof Failed && sound.verb() == Verb.POST
                        ? Optional.empty()
                        : Optional.of(sound.endpoint() + "/" + sound.id());
            case Broken broken -> broken.path().filter(path -> path.contains("/"));
        };
    }
}
