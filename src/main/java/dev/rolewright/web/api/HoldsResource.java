package dev.rolewright.web.api;

import dev.rolewright.model.Limits;
import dev.rolewright.model.Ruling;
import dev.rolewright.plan.Census;
import dev.rolewright.plan.Taken;
import dev.rolewright.reconcile.hold.Hold;
import dev.rolewright.reconcile.hold.Holds;
import dev.rolewright.reconcile.plans.KeptPlan;
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
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
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
    /// @param takes how much they would take from people
    /// @param had how much the target had when that was measured
    /// @param limits of the contract at that time, in percent; as few as `atLeast` never wait
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
            TakesView takes,
            Census had,
            Limits limits,
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
                    hold.steps(),
                    hold.why(),
                    TakesView.of(hold),
                    hold.census(),
                    hold.limits(),
                    hold.since(),
                    hold.seen(),
                    hold.decision().map(Hold.Decision::at).orElse(null),
                    hold.decision().map(Hold.Decision::who).orElse(null),
                    hold.decision().map(Hold.Decision::reason).orElse(null));
        }
    }

    /// @param revoked memberships that nothing replaces
    record TakesView(long suspended, long dropped, long revoked) {

        static TakesView of(Hold hold) {
            Taken taken = hold.takes();
            return new TakesView(taken.suspended(), taken.dropped(), taken.revoked());
        }
    }

    record HoldPage(List<HoldView> items, @Nullable Long next) {}

    @GET
    @Operation(
            summary = "Lists the holds, newest first",
            description = "Give the page's `next` as `olderThan` to read on.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = HoldPage.class)))
    public Page<HoldView, Long> list(
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
    @APIResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = PlanView.class)),
                @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(implementation = String.class))
            })
    public PlanView plan(@PathParam("hold") String id) {
        return PlanView.of(held(id));
    }

    @GET
    @Path("/{hold}/plan")
    @Produces(PlanView.AS_TEXT)
    @Operation(hidden = true)
    public Response print(@PathParam("hold") String id) {
        return PlanView.text(held(id));
    }

    @POST
    @Path("/{hold}/release")
    @Consumes(MediaType.APPLICATION_JSON)
    @ForApprovers
    @Operation(
            summary = "Lets what is held be done, as far as it is still planned then, and nothing else",
            description = "For approvers. The digest is that of the hold as it was shown to whoever decides.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Ruling.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = HoldView.class)))
    @APIResponse(responseCode = "409", description = "It was decided, is past, or holds something else by now.")
    public HoldView release(@PathParam("hold") String id, InputStream body, @Context ContainerRequestContext request) {
        return decide(id, body, request, holds::release);
    }

    @POST
    @Path("/{hold}/refuse")
    @Consumes(MediaType.APPLICATION_JSON)
    @ForApprovers
    @Operation(
            summary = "Keeps what is held from being done for as long as it stays planned",
            description = "For approvers. The digest is that of the hold as it was shown to whoever decides.")
    @RequestBody(content = @Content(schema = @Schema(implementation = Ruling.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = HoldView.class)))
    @APIResponse(responseCode = "409", description = "It was decided, is past, or holds something else by now.")
    public HoldView refuse(@PathParam("hold") String id, InputStream body, @Context ContainerRequestContext request) {
        return decide(id, body, request, holds::refuse);
    }

    private static HoldView decide(
            String id, InputStream body, ContainerRequestContext request, Requests.Decision<Hold> decision) {
        return HoldView.of(Requests.decide("hold", id, body, request, decision));
    }

    private KeptPlan held(String id) {
        return holds.plan(Parameters.number("hold", id))
                .orElseThrow(() -> new ApiProblem(404, "There is no such hold."));
    }

    private Hold hold(String id) {
        return holds.find(Parameters.number("hold", id))
                .orElseThrow(() -> new ApiProblem(404, "There is no such hold."));
    }
}
