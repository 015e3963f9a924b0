package dev.rolewright.web.api;

import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Drift;
import dev.rolewright.reconcile.answer.DriftLooks;
import dev.rolewright.reconcile.drift.DriftItem;
import dev.rolewright.reconcile.drift.DriftReports;
import dev.rolewright.web.Page;
import dev.rolewright.web.Parameters;
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
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/targets/{target}/drift")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Drift", description = "What somebody changed by hand on a target")
class DriftResource {

    private final KnownTargets known;
    private final DriftReports reports;
    private final DriftLooks looks;

    DriftResource(KnownTargets known, DriftReports reports, DriftLooks looks) {
        this.known = known;
        this.reports = reports;
        this.looks = looks;
    }

    /// @param item what it is about
    /// @param remedy what puts it right, as a plan says it
    /// @param author in whose name it was done, where the server knows
    /// @param made when it was done at the latest, where the server knows
    /// @param gone when it was first seen no more
    /// @param reverted whether that was Rolewright's doing
    record DriftView(
            long id,
            String target,
            Drift.Difference difference,
            String item,
            String remedy,
            @Nullable String author,
            @Nullable Instant made,
            Instant firstSeen,
            Instant lastSeen,
            @Nullable Instant gone,
            boolean reverted) {

        static DriftView of(DriftItem drift) {
            return new DriftView(
                    drift.id(),
                    drift.target().value(),
                    drift.difference(),
                    drift.item(),
                    PlanView.line(drift.remedy()),
                    drift.origin().author().orElse(null),
                    drift.origin().since().orElse(null),
                    drift.firstSeen(),
                    drift.lastSeen(),
                    drift.gone().orElse(null),
                    drift.reverted());
        }
    }

    record DriftPage(List<DriftView> items, @Nullable Long next) {}

    @GET
    @Operation(
            summary = "Lists what was changed by hand, newest first",
            description = "Give the page's `next` as `olderThan` to read on.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DriftPage.class)))
    public Page<DriftView, Long> list(
            @PathParam("target") String name,
            @Parameter(description = "`true` for only what is still there") @QueryParam("open") @Nullable String open,
            @QueryParam("olderThan") @Nullable String olderThan,
            @QueryParam("limit") @Nullable String limit) {
        return page(
                known.named(name),
                Parameters.flag("open", open),
                Parameters.olderThan(olderThan),
                Parameters.limit(limit));
    }

    @POST
    @Operation(
            summary = "Looks at the target now, changing nothing there, and lists what was changed by hand",
            description = "What is gone by now is left out. Read on with `open`.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DriftPage.class)))
    @APIResponse(responseCode = "409", description = "Nothing says how to reach the target.")
    @APIResponse(responseCode = "503", description = "The target cannot be asked just now.")
    public Page<DriftView, Long> look(
            @PathParam("target") String name,
            @QueryParam("limit") @Nullable String limit,
            @Context ContainerRequestContext request) {
        Body.refuse(request);
        int most = Parameters.limit(limit);
        TargetName target = known.reachable(name);
        looks.look(target); // when passes are made all the time, these see the same
        return page(target, true, null, most);
    }

    private Page<DriftView, Long> page(TargetName target, boolean openOnly, @Nullable Long olderThan, int most) {
        List<DriftView> found = reports.of(target, openOnly, olderThan, most + 1).stream()
                .map(DriftView::of)
                .toList();
        return Page.cut(found, most, DriftView::id);
    }
}
