package dev.rolewright.web.api;

import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.reconcile.pass.PassSummary;
import dev.rolewright.reconcile.pass.Passes;
import dev.rolewright.reconcile.plans.KeptPlan;
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
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/targets/{target}/passes")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Passes", description = "What was done on a target, and the way to ask for more")
class PassesResource {

    private static final long LONGEST_WAIT = 60;

    private final KnownTargets known;
    private final Passes passes;

    PassesResource(KnownTargets known, Passes passes) {
        this.known = known;
        this.passes = passes;
    }

    /// @param whole whether the whole target was looked at, or `people` only
    /// @param contract number of the contract's version
    /// @param asked when the oldest change that it follows became known
    /// @param ended null while it is under way, and for ever when it was cut off
    /// @param done steps that were performed; `failed`, `skipped` and `held` were not
    /// @param drift changes made by hand that it saw
    /// @param failure why it failed as a whole
    record PassView(
            long id,
            String target,
            boolean whole,
            int people,
            long contract,
            Instant asked,
            Instant began,
            @Nullable Instant ended,
            PassSummary.@Nullable Outcome outcome,
            int done,
            int failed,
            int skipped,
            int held,
            int drift,
            @Nullable String failure) {

        static PassView of(PassSummary pass) {
            return new PassView(
                    pass.id(),
                    pass.target().value(),
                    pass.whole(),
                    pass.people(),
                    pass.contract(),
                    pass.asked(),
                    pass.began(),
                    pass.ended().orElse(null),
                    pass.outcome().orElse(null),
                    pass.done(),
                    pass.failed(),
                    pass.skipped(),
                    pass.held(),
                    pass.drift(),
                    pass.failure().orElse(null));
        }
    }

    record PassPage(List<PassView> items, @Nullable Long next) {}

    @GET
    @Operation(
            summary = "Lists the passes that had something to do, were asked for or failed, newest first",
            description = "Give the page's `next` as `olderThan` to read on.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PassPage.class)))
    public Page<PassView, Long> list(
            @PathParam("target") String name,
            @QueryParam("olderThan") @Nullable String olderThan,
            @QueryParam("limit") @Nullable String limit) {
        int most = Parameters.limit(limit);
        List<PassView> found = passes.of(known.named(name), Parameters.olderThan(olderThan), most + 1).stream()
                .map(PassView::of)
                .toList();
        return Page.cut(found, most, PassView::id);
    }

    @POST
    @Operation(
            summary = "Asks for a pass at once, also while the target is left alone after a failure",
            description = "Answers 202 as soon as that is written down, or, with `wait`, 200 and the pass when it is"
                    + " through in time.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PassView.class)))
    @APIResponse(responseCode = "202", description = "The pass will be made; the list of passes shows it then.")
    @APIResponse(responseCode = "409", description = "Nothing says how to reach the target.")
    public Response request(
            @PathParam("target") String name,
            @Parameter(description = "Whom it is to be about; without it the whole target")
                    @QueryParam("person")
                    @Nullable
                    String person,
            @Parameter(description = "How many seconds to wait for it, at most 60") @QueryParam("wait") @Nullable
                    String wait,
            @Context ContainerRequestContext request) {
        Body.refuse(request);
        PersonId about = Parameters.person(person).orElse(null);
        Duration patience =
                wait == null ? Duration.ZERO : Duration.ofSeconds(Parameters.number("wait", wait, 0, LONGEST_WAIT));
        TargetName target = known.reachable(name);
        long number = passes.request(target, about, Requests.caller(request));
        return passes.await(target, number, patience)
                .map(pass -> Response.ok(PassView.of(pass)))
                .orElseGet(() -> Response.accepted().location(URI.create("/api/targets/" + target + "/passes")))
                .build();
    }

    @GET
    @Path("/{pass}/plan")
    @Operation(summary = "Shows what a pass was to perform, and why", description = "Also as `text/plain`.")
    @APIResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = PlanView.class)),
                @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(implementation = String.class))
            })
    public PlanView plan(@PathParam("target") String name, @PathParam("pass") String pass) {
        return PlanView.of(intent(name, pass));
    }

    @GET
    @Path("/{pass}/plan")
    @Produces(PlanView.AS_TEXT)
    @Operation(hidden = true)
    public Response print(@PathParam("target") String name, @PathParam("pass") String pass) {
        return PlanView.text(intent(name, pass));
    }

    private KeptPlan intent(String name, String pass) {
        TargetName target = known.named(name);
        return passes.plan(Parameters.number("pass", pass))
                .filter(plan -> plan.target().equals(target))
                .orElseThrow(() -> new ApiProblem(404, "No such pass has a plan on this target."));
    }
}
