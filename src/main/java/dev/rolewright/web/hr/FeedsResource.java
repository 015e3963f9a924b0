package dev.rolewright.web.hr;

import dev.rolewright.offboarding.Feed;
import dev.rolewright.offboarding.FeedLine;
import dev.rolewright.offboarding.FeedRow.Outcome;
import dev.rolewright.offboarding.Feeds;
import dev.rolewright.web.FeedRowsPage;
import dev.rolewright.web.FeedView;
import dev.rolewright.web.Parameters;
import dev.rolewright.web.RequestIds;
import dev.rolewright.web.auth.Sender;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/hr/v1/feeds")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "HR feeds", description = "Many events of an HR system in one body")
class FeedsResource {

    private final Feeds feeds;
    private final SignedFeed bodies;
    private final FeedLines lines;

    FeedsResource(Feeds feeds, SignedFeed bodies, FeedLines lines) {
        this.feeds = feeds;
        this.bodies = bodies;
        this.lines = lines;
    }

    @POST
    @Operation(
            summary = "Takes a feed: each row as an event, and none of them when they would stop very many people",
            description = "It is signed as an event is. A row that is wrong does not stop the others. A row without an"
                    + " id has one that follows from what it says.")
    @RequestBody(
            content = {
                @Content(mediaType = FeedLines.CSV),
                @Content(mediaType = FeedLines.JSON_LINES),
                @Content(mediaType = MediaType.APPLICATION_JSON)
            })
    @APIResponse(
            responseCode = "200",
            description = "It is applied, or was a rehearsal.",
            content = @Content(schema = @Schema(implementation = FeedView.class)))
    @APIResponse(
            responseCode = "202",
            description = "It waits for a human (`HELD`), or is taken and still being applied (`APPLYING`).",
            content = @Content(schema = @Schema(implementation = FeedView.class)))
    @APIResponse(responseCode = "400", description = "It cannot be read; nothing of it is kept.")
    @APIResponse(responseCode = "401", description = "The token or the signature is not right.")
    @APIResponse(
            responseCode = "409",
            description = "A human refused the same bytes before (`REFUSED`).",
            content = @Content(schema = @Schema(implementation = FeedView.class)))
    @APIResponse(responseCode = "413", description = "It has too many bytes or rows; nothing of it is kept.")
    public Response take(
            InputStream body,
            @Parameter(description = "`true` to be told what would become of it, and nothing else")
                    @QueryParam("dryRun")
                    @Nullable
                    String dryRun,
            @Context ContainerRequestContext request) {
        SignedBody.isOf(request, List.of(FeedLines.CSV, FeedLines.JSON_LINES, MediaType.APPLICATION_JSON));
        boolean rehearsal = Parameters.flag("dryRun", dryRun);
        Sender sender = Sender.of(request);
        Feed feed = bodies.read(request, body, (bytes, digest) -> {
            Iterator<FeedLine> rows = lines.of(sender.name(), request.getMediaType(), bytes);
            return feeds.take(
                    new Feeds.Arrival(sender.name(), digest, request.getHeaderString(RequestIds.HEADER), rehearsal),
                    rows);
        });
        int status = switch (feed.state()) {
            case APPLIED, REHEARSED -> 200;
            case ARRIVING, APPLYING, HELD -> 202;
            case REFUSED -> 409;
        };
        // The store may be away while a feed that was taken is applied: its sender is told so all the same.
        FeedView answer = feed.state() == Feed.State.APPLYING ? FeedView.of(feed) : FeedView.of(feed, feeds);
        return Response.status(status).entity(answer).build();
    }

    @GET
    @Path("/{feed}")
    @Operation(summary = "Shows what became of a feed that the sender sent")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FeedView.class)))
    @APIResponse(responseCode = "404", description = "The sender sent no such feed, or it is past.")
    public FeedView show(@PathParam("feed") String id, @Context ContainerRequestContext request) {
        return FeedView.of(feed(id, request), feeds);
    }

    @GET
    @Path("/{feed}/rows")
    @Operation(
            summary = "Shows what became of each row of a feed",
            description = "Give the page's `next` as `after` to read on.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FeedRowsPage.class)))
    public FeedRowsPage rows(
            @PathParam("feed") String id,
            @Parameter(description = "Rows of this outcome only", schema = @Schema(implementation = Outcome.class))
                    @QueryParam("outcome")
                    @Nullable
                    String outcome,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit,
            @Context ContainerRequestContext request) {
        return FeedRowsPage.of(feeds, feed(id, request), outcome, after, limit);
    }

    private Feed feed(String id, ContainerRequestContext request) {
        String sender = Sender.of(request).name();
        return number(id)
                .flatMap(feeds::find)
                .filter(feed -> feed.sender().equals(sender))
                .orElseThrow(() -> new HrProblem(404, "You sent no feed of this id, or it is past."));
    }

    private static Optional<Long> number(String id) {
        try {
            return Optional.of(Long.parseLong(id));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
