package dev.rolewright.web.api;

import dev.rolewright.plan.Braked;
import dev.rolewright.plan.Drift;
import dev.rolewright.plan.Plan;
import dev.rolewright.reconcile.answer.Rehearsal;
import dev.rolewright.reconcile.answer.Rehearsals;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/targets/{target}/plan")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Passes")
class RehearsalResource {

    private final KnownTargets known;
    private final Rehearsals rehearsals;

    RehearsalResource(KnownTargets known, Rehearsals rehearsals) {
        this.known = known;
        this.rehearsals = rehearsals;
    }

    /// @param digest what an approval of the plan would sign: its steps and the server
    /// @param now what a pass would do at once
    /// @param held what would wait for a human, and `why`
    /// @param drift the steps of either that mend changes made by hand
    record RehearsalView(
            Instant at,
            String server,
            String digest,
            PlanView now,
            PlanView held,
            List<String> why,
            List<String> drift) {

        static RehearsalView of(Rehearsal rehearsal) {
            return new RehearsalView(
                    rehearsal.at(),
                    rehearsal.server().product(),
                    rehearsal.digest(),
                    PlanView.of(rehearsal.braked().go()),
                    PlanView.of(rehearsal.braked().held()),
                    rehearsal.braked().why(),
                    rehearsal.drift().items().stream()
                            .map(Drift.Finding::remedy)
                            .map(PlanView::line)
                            .toList());
        }
    }

    @GET
    @Operation(
            summary = "Says what a pass over the target would do now, without doing any of it",
            description = "The target is asked on a connection that cannot change anything. Also as `text/plain`.")
    @APIResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = RehearsalView.class)),
                @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(implementation = String.class))
            })
    @APIResponse(responseCode = "409", description = "Nothing says how to reach the target.")
    @APIResponse(responseCode = "503", description = "The target cannot be asked just now.")
    public RehearsalView show(@PathParam("target") String name) {
        return RehearsalView.of(rehearsals.of(known.reachable(name)));
    }

    @GET
    @Produces(PlanView.AS_TEXT)
    @Operation(hidden = true)
    public Response print(@PathParam("target") String name) {
        Braked braked = rehearsals.of(known.reachable(name)).braked();
        Stream<String> now = print(braked.go());
        return PlanView.text(
                braked.isHeld()
                        ? Stream.concat(
                                now,
                                Stream.concat(
                                        Stream.of("\nHeld until a human decides:\n" + String.join("\n", braked.why())
                                                + "\n\n"),
                                        print(braked.held())))
                        : now);
    }

    private static Stream<String> print(Plan plan) {
        return Plan.print(plan.lines(), plan.notes());
    }
}
