package dev.rolewright.web.api;

import dev.rolewright.handover.Handover;
import dev.rolewright.handover.PasswordEnd;
import dev.rolewright.model.PersonId;
import dev.rolewright.web.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/people/{person}/credential")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Passwords")
class CredentialResource {

    private final Handover handover;

    CredentialResource(Handover handover) {
        this.handover = handover;
    }

    record EndsView(List<EndView> targets) {}

    /// @param ended whether the login has no password any more
    /// @param sessions how many of the login are open still; null where that is not known
    /// @param why it is not done yet; it is done as soon as it can be, without anybody asking again
    record EndView(
            String target,
            String login,
            boolean ended,
            @Nullable Integer sessions,
            @Nullable String why) {

        static EndView of(PasswordEnd end) {
            return new EndView(
                    end.target().value(),
                    end.login().value(),
                    end.later().isEmpty(),
                    end.sessions().orElse(null),
                    end.later().orElse(null));
        }
    }

    @DELETE
    @Operation(
            summary = "Ends the person's passwords on every target now, for a device that is lost",
            description = "With `endSessions=true` open sessions end, too; without, the answer says how many there are."
                    + " The person's link is withdrawn, and the person may take new passwords at once.")
    @APIResponse(
            responseCode = "200",
            description = "It is done everywhere",
            content = @Content(schema = @Schema(implementation = EndsView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Some of it is done later, as soon as it can be",
            content = @Content(schema = @Schema(implementation = EndsView.class)))
    public Response end(
            @PathParam("person") String id,
            @QueryParam("endSessions") @Nullable String endSessions,
            @Context ContainerRequestContext request) {
        Body.refuse(request);
        PersonId person = Parameters.person(id).orElseThrow();
        boolean sessions = Parameters.flag("endSessions", endSessions);
        List<PasswordEnd> ends = handover.end(Requests.caller(request), person, sessions)
                .orElseThrow(() -> new ApiProblem(404, "The person has no login anywhere, and no link."));
        boolean done = ends.stream().allMatch(end -> end.later().isEmpty());
        return Response.status(done ? 200 : 202)
                .entity(new EndsView(ends.stream().map(EndView::of).toList()))
                .build();
    }
}
