package dev.rolewright.web.api;

import dev.rolewright.orphan.Orphan;
import dev.rolewright.orphan.Orphans;
import dev.rolewright.web.Page;
import dev.rolewright.web.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/orphans")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Orphans", description = "People, logins and roles that nobody answers for any more")
class OrphansResource {

    private final Orphans orphans;

    OrphansResource(Orphans orphans) {
        this.orphans = orphans;
    }

    /// A target whose strangers nobody knows now, and why.
    record AwayView(String target, String kind, String detail) {}

    /// @param at when was looked
    /// @param counts how many there are of each kind
    /// @param away the targets that could not be asked: their strangers' logins are missing
    /// @param next what to give as `after` to read on; null when there is no more
    record OrphanPage(
            Instant at,
            Map<Orphan.Kind, Long> counts,
            List<AwayView> away,
            List<OrphanView> items,
            @Nullable String next) {}

    @GET
    @Operation(
            summary = "Looks for what nobody answers for any more, kind by kind, the oldest first",
            description =
                    "The targets are asked, on connections that cannot change anything; one look answers everybody"
                            + " who asks within a minute. Give the page's `next` as `after` to read on.")
    public OrphanPage list(
            @Parameter(description = "Only those of one kind", schema = @Schema(implementation = Orphan.Kind.class))
                    @QueryParam("kind")
                    @Nullable
                    String kind,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        int most = Parameters.limit(limit);
        Optional<Orphan.Kind> only = Parameters.oneOf(Orphan.Kind.class, "kind", kind);
        Orphans.Found found = orphans.now();
        List<Orphan> oneMore = found.items().stream()
                .filter(orphan -> only.isEmpty() || orphan.kind() == only.get())
                .filter(orphan -> after == null || orphan.id().compareTo(after) > 0)
                .limit(most + 1L)
                .toList();
        Page<Orphan, String> page = Page.cut(oneMore, most, Orphan::id);
        return new OrphanPage(
                found.at(),
                found.counts(),
                found.away().stream()
                        .map(away -> new AwayView(away.target().value(), away.kind(), away.sentence()))
                        .toList(),
                page.items().stream()
                        .map(orphan -> OrphanView.of(orphan, found.at()))
                        .toList(),
                page.next());
    }
}
