package dev.rolewright.web.scim;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.directory.Directory;
import dev.rolewright.directory.Entry;
import dev.rolewright.directory.MemberRef;
import dev.rolewright.directory.Paging;
import dev.rolewright.directory.ResultPage;
import dev.rolewright.web.RequestIds;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Turns what the directory answered into answers of this door.
///
/// Groups with members are streamed, one member at a time, and the query for them is answered before the first
/// byte leaves, so that its failure can still become an error envelope. Everything else is written in one piece.
@Singleton
class Answers {

    static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    private static final Logger LOG = Logger.getLogger(Answers.class);

    private final Directory directory;

    Answers(Directory directory) {
        this.directory = directory;
    }

    static Response json(int status, JsonNode body) {
        return Response.status(status)
                .type(MediaTypes.SCIM)
                .entity(Json.bytes(body))
                .build();
    }

    /// One resource with its place and its tag (RFC 7644 §3.4.1, §3.14).
    Response resource(int status, Exchange exchange, Renderer renderer, Entry entry) {
        Response.ResponseBuilder answer = tagged(status, exchange, entry).type(MediaTypes.SCIM);
        ObjectNode shown = renderer.resource(entry);
        if (renderer.showsMembers()) {
            answer.entity(streamed(
                    exchange, List.of(entry.id()), (json, feed) -> group(json, renderer, shown, entry.id(), feed)));
        } else {
            answer.entity(Json.bytes(shown));
        }
        return answer.build();
    }

    /// An answer without a body that says where the resource is and which version it has.
    static Response bare(int status, Exchange exchange, Entry entry) {
        return tagged(status, exchange, entry).build();
    }

    /// A page of a search (RFC 7644 §3.4.2, RFC 9865 §2).
    Response list(Exchange exchange, Paging paging, ResultPage page, Function<Entry, Renderer> renderers) {
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
                group(json, renderer, renderer.resource(entry), entry.id(), renderer.showsMembers() ? feed : null);
            }
            json.writeEndArray();
            json.writeEndObject();
        };
        Object body = groups.isEmpty() ? inOnePiece(list) : streamed(exchange, groups, list);
        return Response.ok(body, MediaTypes.SCIM).build();
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

    private static void group(
            JsonGenerator json, Renderer renderer, ObjectNode shown, UUID id, @Nullable MemberFeed feed)
            throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, JsonNode> attribute : shown.properties()) {
            json.writeFieldName(attribute.getKey());
            json.writeTree(attribute.getValue());
        }
        if (feed != null) {
            members(json, renderer, id, feed);
        }
        json.writeEndObject();
    }

    private static void members(JsonGenerator json, Renderer renderer, UUID id, MemberFeed feed) throws IOException {
        MemberRef member = feed.next(id);
        if (member == null) {
            return;
        }
        json.writeArrayFieldStart("members");
        for (; member != null; member = feed.next(id)) {
            json.writeTree(renderer.member(member));
        }
        json.writeEndArray();
    }

    private StreamingOutput streamed(Exchange exchange, List<UUID> groups, Written body) {
        int source = exchange.speaker().sourceId();
        return out -> {
            try (MemberFeed feed = new MemberFeed(directory.members(source, groups))) {
                JsonGenerator json = Json.generator(out);
                body.write(json, feed);
                json.flush();
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

    private static byte[] inOnePiece(Written body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8 * 1024);
        try (JsonGenerator json = Json.generator(out)) {
            body.write(json, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Response.ResponseBuilder tagged(int status, Exchange exchange, Entry entry) {
        return Response.status(status)
                .header(HttpHeaders.LOCATION, exchange.links().to(entry.type().name(), entry.id()))
                .header(HttpHeaders.ETAG, EntityTags.of(entry.version()));
    }

    private interface Written {
        void write(JsonGenerator json, @Nullable MemberFeed feed) throws IOException;
    }
}
