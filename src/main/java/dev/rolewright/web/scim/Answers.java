package dev.rolewright.web.scim;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.directory.Directory;
import dev.rolewright.directory.Entry;
import dev.rolewright.directory.MemberRef;
import dev.rolewright.directory.Members;
import dev.rolewright.directory.Paging;
import dev.rolewright.directory.ResultPage;
import dev.rolewright.web.RequestIds;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// Turns what the directory answered into answers of this door.
///
/// Groups with many members are streamed, one member at a time, and their query is answered before the first
/// byte leaves, so that its failure can still become an error envelope. Everything else is written in one
/// piece.
@Singleton
class Answers {

    /// About how many bytes a resource takes.
    private static final int USUAL_SIZE = 1024;

    private static final int MEMBER_SIZE = 256;

    static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    private static final Logger LOG = Logger.getLogger(Answers.class);

    private final Directory directory;
    private final LoginFeedback feedback;

    Answers(Directory directory, LoginFeedback feedback) {
        this.directory = directory;
        this.feedback = feedback;
    }

    static Response json(int status, JsonNode body) {
        return Response.status(status)
                .type(MediaTypes.SCIM)
                .entity(Json.bytes(body))
                .build();
    }

    /// One resource with its place and its tag (RFC 7644 §3.4.1, §3.14).
    Response resource(int status, Exchange exchange, Renderer renderer, Entry entry) {
        if (renderer.showsLogins()) {
            feedback.addTo(List.of(entry));
        }
        boolean withMembers = renderer.showsMembers();
        List<UUID> groups = withMembers ? List.of(entry.id()) : List.of();
        return tagged(status, exchange, entry)
                .type(MediaTypes.SCIM)
                .entity(body(
                        exchange, groups, 1, (json, feed) -> renderer.write(json, entry, withMembers ? feed : null)))
                .build();
    }

    /// An answer without a body that says where the resource is and which version it has.
    static Response bare(int status, Exchange exchange, Entry entry) {
        return tagged(status, exchange, entry).build();
    }

    /// A page of a search (RFC 7644 §3.4.2, RFC 9865 §2).
    Response list(Exchange exchange, Paging paging, ResultPage page, Function<Entry, Renderer> renderers) {
        feedback.addTo(page.entries().stream()
                .filter(entry -> renderers.apply(entry).showsLogins())
                .toList());
        List<UUID> groups = new ArrayList<>();
        for (Entry entry : page.entries()) {
            if (renderers.apply(entry).showsMembers()) {
                groups.add(entry.id());
            }
        }
        Written list = (json, feed) -> {
            json.writeStartObject();
            envelope(json, paging, page);
            json.writeArrayFieldStart("Resources");
            for (Entry entry : page.entries()) {
                Renderer renderer = renderers.apply(entry);
                renderer.write(json, entry, renderer.showsMembers() ? feed : null);
            }
            json.writeEndArray();
            json.writeEndObject();
        };
        return Response.ok(body(exchange, groups, page.entries().size() + 1, list), MediaTypes.SCIM)
                .build();
    }

    private static void envelope(JsonGenerator json, Paging paging, ResultPage page) throws IOException {
        json.writeArrayFieldStart("schemas");
        json.writeString(LIST);
        json.writeEndArray();
        json.writeNumberField("totalResults", page.total());
        json.writeNumberField("itemsPerPage", page.entries().size());
        if (paging instanceof Paging.Index index) {
            json.writeNumberField("startIndex", index.startIndex());
        }
        if (page.nextCursor() != null) {
            json.writeStringField("nextCursor", page.nextCursor());
        }
    }

    /// The body in one piece, or a stream when these groups have many members. The stream begins its query when
    /// it is written, since a prepared answer is not always written.
    private Object body(Exchange exchange, List<UUID> groups, int resources, Written body) {
        int source = exchange.speaker().sourceId();
        Optional<List<MemberRef>> few =
                groups.isEmpty() ? Optional.of(List.of()) : directory.fewMembers(source, groups);
        if (few.isPresent()) {
            Queue<MemberRef> members = new ArrayDeque<>(few.get());
            return Json.bytes(
                    USUAL_SIZE * resources + MEMBER_SIZE * members.size(),
                    json -> body.write(json, new MemberFeed(members::poll)));
        }
        return (StreamingOutput) out -> {
            try (Members members = directory.members(source, groups)) {
                Json.stream(out, json -> body.write(json, new MemberFeed(members::next)));
            } catch (IOException | RuntimeException e) {
                if (!brokenOff(exchange.http(), e)) {
                    throw e;
                }
            }
        };
    }

    /// Half an answer must not look like a whole one: once a part of it has left, the connection is cut.
    private static boolean brokenOff(HttpServerRequest request, Exception cause) {
        if (!request.response().headWritten()) {
            return false;
        }
        // Mostly it is the client who has gone.
        Logger.Level level = cause instanceof IOException ? Logger.Level.DEBUG : Logger.Level.ERROR;
        LOG.logf(level, cause, "an answer broke off in the middle, requestId=%s", RequestIds.of(request));
        request.connection().close().toCompletionStage().toCompletableFuture().join();
        return true;
    }

    private static Response.ResponseBuilder tagged(int status, Exchange exchange, Entry entry) {
        return Response.status(status)
                .header(HttpHeaders.LOCATION, exchange.links().to(entry.type().name(), entry.id()))
                .header(HttpHeaders.ETAG, EntityTags.of(entry.version()));
    }

    private interface Written {
        void write(JsonGenerator json, MemberFeed feed) throws IOException;
    }
}
