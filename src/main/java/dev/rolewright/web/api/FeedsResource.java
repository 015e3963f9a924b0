package dev.rolewright.web.api;

import dev.rolewright.model.Ruling;
import dev.rolewright.offboarding.Feed;
import dev.rolewright.offboarding.FeedRow.Outcome;
import dev.rolewright.offboarding.Feeds;
import dev.rolewright.web.FeedRowsPage;
import dev.rolewright.web.FeedView;
import dev.rolewright.web.Page;
import dev.rolewright.web.Parameters;
import dev.rolewright.web.auth.ForApprovers;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/feeds")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Feeds", description = "What HR systems said in many rows at once, and what of it waits for a human")
class FeedsResource {

    private final Feeds feeds;

    FeedsResource(Feeds feeds) {
        this.feeds = feeds;
    }

    record FeedPage(List<FeedView> items, @Nullable Long next) {}

    @GET
    @Operation(
            summary = "Lists the feeds, newest first",
            description = "Give the page's `next` as `olderThan` to read on.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FeedPage.class)))
    public Page<FeedView, Long> list(
            @Parameter(description = "`true` for only those that wait") @QueryParam("held") @Nullable String held,
            @QueryParam("olderThan") @Nullable String olderThan,
            @QueryParam("limit") @Nullable String limit) {
        int most = Parameters.limit(limit);
        List<FeedView> found =
                feeds.list(Parameters.flag("held", held), Parameters.olderThan(olderThan), most + 1).stream()
                        .map(FeedView::of)
                        .toList();
        return Page.cut(found, most, FeedView::id);
    }

    @GET
    @Path("/{feed}")
    @Operation(summary = "Shows one feed with its first problems")
    public FeedView show(@PathParam("feed") String id) {
        return FeedView.of(feed(id), feeds);
    }

    @GET
    @Path("/{feed}/rows")
    @Operation(
            summary = "Shows what became of each row of a feed",
            description = "Give the page's `next` as `after` to read on.")
    public FeedRowsPage rows(
            @PathParam("feed") String id,
            @Parameter(description = "Rows of this outcome only", schema = @Schema(implementation = Outcome.class))
                    @QueryParam("outcome")
                    @Nullable
                    String outcome,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        return FeedRowsPage.of(feeds, feed(id), outcome, after, limit);
    }

    @POST
    @Path("/{feed}/release")
    @Consumes(MediaType.APPLICATION_JSON)
    @ForApprovers
    @Operation(
            summary = "Lets a feed that is held become facts, and applies it",
            description = "For approvers. The digest is that of the feed as it was shown to whoever decides.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Ruling.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FeedView.class)))
    @APIResponse(responseCode = "409", description = "It does not wait, or has another digest.")
    public FeedView release(@PathParam("feed") String id, InputStream body, @Context ContainerRequestContext request) {
        return decide(id, body, request, feeds::release);
    }

    @POST
    @Path("/{feed}/refuse")
    @Consumes(MediaType.APPLICATION_JSON)
    @ForApprovers
    @Operation(
            summary = "Lets nothing ever become of a feed that is held, also when the same bytes come again",
            description = "For approvers. The digest is that of the feed as it was shown to whoever decides.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Ruling.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FeedView.class)))
    @APIResponse(responseCode = "409", description = "It does not wait, or has another digest.")
    public FeedView refuse(@PathParam("feed") String id, InputStream body, @Context ContainerRequestContext request) {
        return decide(id, body, request, feeds::refuse);
    }

    private FeedView decide(
            String id, InputStream body, ContainerRequestContext request, Requests.Decision<Feed> decision) {
        return FeedView.of(Requests.decide("feed", id, body, request, decision), feeds);
    }

    private Feed feed(String id) {
        return feeds.find(Parameters.number("feed", id))
                .orElseThrow(() -> new ApiProblem(404, "There is no such feed."));
    }
}
