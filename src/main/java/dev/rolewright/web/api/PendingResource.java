package dev.rolewright.web.api;

import dev.rolewright.directory.PendingReference;
import dev.rolewright.directory.PendingReferences;
import dev.rolewright.web.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/pending")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Pending references", description = "Members and managers nobody has told us about yet")
class PendingResource {

    private final PendingReferences references;

    PendingResource(PendingReferences references) {
        this.references = references;
    }

    /// @param total how many wait, over all sources
    /// @param items those that wait longest
    record Pending(long total, List<PendingReference> items) {}

    @GET
    @Operation(summary = "Shows the references that wait for their target, longest first")
    public Pending list(@QueryParam("source") @Nullable String source, @QueryParam("limit") @Nullable String limit) {
        return new Pending(references.count(), references.list(source, Parameters.limit(limit)));
    }
}
