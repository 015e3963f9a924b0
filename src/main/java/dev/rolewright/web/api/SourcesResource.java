package dev.rolewright.web.api;

import dev.rolewright.source.Source;
import dev.rolewright.source.Sources;
import dev.rolewright.web.Page;
import dev.rolewright.web.Parameters;
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
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/sources")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Sources", description = "The identity providers that may speak to us")
class SourcesResource {

    private final Sources sources;

    SourcesResource(Sources sources) {
        this.sources = sources;
    }

    /// @param scimPath what to enter in the identity provider, after the address of this server
    record SourceView(
            int id,
            String name,
            String scimPath,
            boolean open,
            Instant created,
            @Nullable Instant closed) {

        static SourceView of(Source source) {
            return new SourceView(
                    source.id(),
                    source.name(),
                    Source.scimPath(source.name()),
                    !source.isClosed(),
                    source.created(),
                    source.closed());
        }
    }

    record NewSource(String name) {}

    record SourcePage(List<SourceView> items, @Nullable Long next) {}

    @GET
    @Operation(summary = "Lists the sources")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SourcePage.class)))
    public Page<SourceView, Integer> list(
            @QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable String limit) {
        int most = Parameters.limit(limit);
        int last = after == null ? 0 : (int) Parameters.number("after", after, 0, Integer.MAX_VALUE);
        List<SourceView> found =
                sources.list(last, most + 1).stream().map(SourceView::of).toList();
        return Page.cut(found, most, SourceView::id);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Adds a source, which is open but has no token yet")
    @RequestBody(content = @Content(schema = @Schema(implementation = NewSource.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = SourceView.class)))
    @APIResponse(responseCode = "409", description = "A source of that name exists already.")
    public Response create(InputStream body, @Context ContainerRequestContext request) {
        String name = Body.read(body, List.of("name")).required("name");
        Source source = sources.create(Requests.author(request), name);
        return Response.created(URI.create("/api/sources/" + source.name()))
                .entity(SourceView.of(source))
                .build();
    }

    @GET
    @Path("/{source}")
    @Operation(summary = "Shows one source")
    public SourceView show(@PathParam("source") String name) {
        return SourceView.of(sources.named(name));
    }

    @POST
    @Path("/{source}/close")
    @Operation(summary = "Shuts the source's doors at once; what it pushed stays")
    public SourceView close(@PathParam("source") String name, @Context ContainerRequestContext request) {
        Body.refuse(request);
        return SourceView.of(sources.close(Requests.author(request), name));
    }

    @POST
    @Path("/{source}/open")
    @Operation(summary = "Lets the source's tokens in again")
    public SourceView open(@PathParam("source") String name, @Context ContainerRequestContext request) {
        Body.refuse(request);
        return SourceView.of(sources.open(Requests.author(request), name));
    }
}
