package dev.rolewright.web.api;

import dev.rolewright.reconcile.Hold;
import dev.rolewright.reconcile.Holds;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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

@Path("/api/holds")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Holds", description = "What would take more than the contract allows at once, until a human decides")
class HoldsResource {

    private final Holds holds;

    HoldsResource(Holds holds) {
        this.holds = holds;
    }

    /// @param digest what a release signs: the steps and the server
    /// @param steps how many wait
    /// @param why which limits they pass
    /// @param since when they were first held
    /// @param seen when the planner last said the same
    /// @param decided when somebody decided; null as long as nobody has
    record HoldView(
            long id,
            String target,
            Hold.State state,
            String digest,
            int steps,
            List<String> why,
            Instant since,
            Instant seen,
            @Nullable Instant decided,
            @Nullable String by,
            @Nullable String reason) {

        static HoldView of(Hold hold) {
            return new HoldView(
                    hold.id(),
                    hold.target().value(),
                    hold.state(),
                    hold.digest(),
                    hold.plan().lines().size(),
                    hold.why(),
                    hold.since(),
                    hold.seen(),
                    hold.decision().map(Hold.Decision::at).orElse(null),
                    hold.decision().map(Hold.Decision::who).orElse(null),
                    hold.decision().map(Hold.Decision::reason).orElse(null));
        }
    }

    record HoldPage(List<HoldView> items, @Nullable Long next) {}

    @GET
    @Operation(
            summary = "Lists the holds, newest first",
            description = "Give the page's `next` as `olderThan` to read on.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = HoldPage.class)))
    public Page<HoldView> list(
            @QueryParam("target") @Nullable String target,
            @Parameter(description = "`true` for only those that wait") @QueryParam("open") @Nullable String open,
            @QueryParam("olderThan") @Nullable String olderThan,
            @QueryParam("limit") @Nullable String limit) {
        int most = Parameters.limit(limit);
        List<HoldView> found = holds
                .list(
                        Parameters.target(target),
                        Parameters.flag("open", open),
                        Parameters.olderThan(olderThan),
                        most + 1)
                .stream()
                .map(HoldView::of)
                .toList();
        return Page.cut(found, most, HoldView::id);
    }

    @GET
    @Path("/{hold}")
    @Operation(summary = "Shows one hold")
    public HoldView show(@PathParam("hold") String id) {
        return HoldView.of(hold(id));
    }

    @GET
    @Path("/{hold}/plan")
    @Operation(summary = "Shows what is held, and why each step is wanted", description = "Also as `text/plain`.")
    public PlanView plan(@PathParam("hold") String id) {
        return PlanView.of(hold(id).plan());
    }

    @GET
    @Path("/{hold}/plan")
    @Produces(PlanView.AS_TEXT)
    @Operation(hidden = true)
    public String print(@PathParam("hold") String id) {
        return hold(id).plan().print();
    }

    private Hold hold(String id) {
        return holds.find(Parameters.number("hold", id, 0, Long.MAX_VALUE))
                .orElseThrow(() -> new ApiProblem(404, "There is no such hold."));
    }
}
