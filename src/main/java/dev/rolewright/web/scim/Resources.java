package dev.rolewright.web.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.directory.Directory;
import dev.rolewright.directory.Entry;
import dev.rolewright.directory.Ids;
import dev.rolewright.directory.Precondition;
import dev.rolewright.directory.View;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.schema.ResourceType;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;

/// Serves single resources: create, read, replace, patch and delete (RFC 7644 §3.3 to §3.6).
@Singleton
class Resources {

    private final Types types;
    private final Directory directory;
    private final Changes changes;
    private final Answers answers;

    Resources(Types types, Directory directory, Changes changes, Answers answers) {
        this.types = types;
        this.directory = directory;
        this.changes = changes;
        this.answers = answers;
    }

    Response create(Exchange exchange, ResourceType type, ObjectNode body) {
        Renderer renderer = renderer(exchange, type, body);
        Entry entry = changes.create(exchange, type, Ids.next(), body);
        return answers.resource(201, exchange, renderer, entry);
    }

    /// Reads one resource, or says that the client's copy is still good (RFC 9110 §13.1).
    Response get(Exchange exchange, ResourceType type, String id) {
        Renderer renderer = renderer(exchange, type);
        Entry entry = directory
                .find(exchange.speaker().sourceId(), type, id, renderer.view())
                .orElseThrow(() -> ScimProblem.notFound(type.name(), id));
        requireMatch(exchange.ifMatch(), entry);
        // The version does not tell what became of the resource on the databases.
        if (!renderer.showsLogins()
                && exchange.ifNoneMatch()
                        .filter(tags -> tags.match(entry.version()))
                        .isPresent()) {
            return Answers.bare(304, exchange, entry);
        }
        return answers.resource(200, exchange, renderer, entry);
    }

    Response replace(Exchange exchange, ResourceType type, String id, ObjectNode body) {
        Renderer renderer = renderer(exchange, type, body);
        Entry entry = changes.replace(exchange, type, id, body, precondition(exchange, type, id));
        return answers.resource(200, exchange, renderer, entry);
    }

    /// Patches one resource. What has members is answered without a body, since that could be large,
    /// unless the client says which attributes it wants (RFC 7644 §3.5.2 allows both answers).
    Response patch(Exchange exchange, ResourceType type, String id, ObjectNode body) {
        Renderer renderer = renderer(exchange, type, body);
        Entry entry = changes.patch(exchange, type, id, body, precondition(exchange, type, id));
        if (Types.hasMembers(type) && !exchange.asksForAttributes()) {
            return Answers.bare(204, exchange, entry);
        }
        return answers.resource(200, exchange, renderer, entry);
    }

    Response delete(Exchange exchange, ResourceType type, String id) {
        changes.delete(exchange, type, id, precondition(exchange, type, id));
        return Response.noContent().build();
    }

    /// What must hold for a change. `If-None-Match` is unusual here: it is held against the version
    /// there is now, and the change then insists on that very version.
    private Precondition precondition(Exchange exchange, ResourceType type, String id) {
        Optional<EntityTags> noneMatch = exchange.ifNoneMatch();
        if (noneMatch.isEmpty()) {
            return Exchange.precondition(exchange.ifMatch());
        }
        Entry entry = directory
                .find(exchange.speaker().sourceId(), type, id, View.PLAIN)
                .orElseThrow(() -> ScimProblem.notFound(type.name(), id));
        requireMatch(exchange.ifMatch(), entry);
        if (noneMatch.get().match(entry.version())) {
            throw ScimProblem.of(412, type.name() + " " + id + " has the version that If-None-Match excludes.");
        }
        return new Precondition.Versions(Set.of(entry.version()));
    }

    private static void requireMatch(Optional<EntityTags> ifMatch, Entry entry) {
        if (ifMatch.isPresent() && !ifMatch.get().match(entry.version())) {
            throw ScimProblem.of(412, entry.type().name() + " " + entry.id() + " has another version.");
        }
    }

    private Renderer renderer(Exchange exchange, ResourceType type) {
        return types.renderer(type, exchange.links(), exchange.projection(type), !exchange.asksForAttributes());
    }

    /// Shows a changed resource; what is shown on request only is shown to the one who writes it.
    private Renderer renderer(Exchange exchange, ResourceType type, ObjectNode body) {
        return types.renderer(
                type, exchange.links(), exchange.projection(type).showing(body), !exchange.asksForAttributes());
    }
}
