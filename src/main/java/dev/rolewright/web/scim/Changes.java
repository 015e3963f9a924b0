package dev.rolewright.web.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.directory.Directory;
import dev.rolewright.directory.Entry;
import dev.rolewright.directory.Precondition;
import dev.rolewright.model.Caller;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.dialect.Dialects;
import dev.rolewright.scim.dialect.Normalised;
import dev.rolewright.scim.patch.PatchLimits;
import dev.rolewright.scim.patch.PatchParser;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.ResourceType;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/// Carries one change from the client's words to the directory: the dialect layer first, then the strict core, then the
/// transaction. Single requests and the operations of a bulk request take the same way.
@Singleton
class Changes {

    private final Directory directory;
    private final QuirkMeter quirks;
    private final int maxMembers;
    private final PatchLimits patchLimits;

    Changes(Directory directory, QuirkMeter quirks, ScimConfig config) {
        ScimConfig.Limits limits = config.limits();
        this.directory = directory;
        this.quirks = quirks;
        this.maxMembers = limits.members();
        this.patchLimits = new PatchLimits(limits.patchOperations(), limits.members(), ScimConfig.filter(limits));
    }

    Entry create(Exchange exchange, ResourceType type, UUID id, ObjectNode body) {
        Normalised<ObjectNode> read = Dialects.resource(type, body);
        requireFewMembers(read.value());
        return directory.create(caller(exchange, read), type, id, Intake.create(type, read.value()));
    }

    Entry replace(Exchange exchange, ResourceType type, String id, ObjectNode body, Precondition precondition) {
        Normalised<ObjectNode> read = Dialects.resource(type, body);
        requireFewMembers(read.value());
        return directory.replace(caller(exchange, read), type, id, read.value(), precondition);
    }

    Entry patch(Exchange exchange, ResourceType type, String id, ObjectNode body, Precondition precondition) {
        Normalised<ObjectNode> read = Dialects.patch(type, id, body);
        return directory.patch(
                caller(exchange, read), type, id, PatchParser.parse(read.value(), patchLimits), precondition);
    }

    void delete(Exchange exchange, ResourceType type, String id, Precondition precondition) {
        directory.delete(exchange.caller(List.of()), type, id, precondition);
    }

    private Caller caller(Exchange exchange, Normalised<?> read) {
        quirks.count(read.quirks());
        return exchange.caller(read.codes());
    }

    private void requireFewMembers(ObjectNode body) {
        for (JsonNode value : body) {
            if (value.isArray() && value.size() > maxMembers) {
                throw ScimProblem.of(413, "A request may name at most " + maxMembers + " members.");
            }
        }
    }
}
