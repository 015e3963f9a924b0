package dev.rolewright.web.api;

import dev.rolewright.handover.Passwords;
import dev.rolewright.handover.Renewals;
import dev.rolewright.model.TargetName;
import dev.rolewright.web.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/targets/{target}/pickups")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Passwords")
class RenewalsResource {

    private final KnownTargets targets;
    private final Passwords passwords;
    private final Renewals renewals;

    RenewalsResource(KnownTargets targets, Passwords passwords, Renewals renewals) {
        this.targets = targets;
        this.passwords = passwords;
        this.renewals = renewals;
    }

    record NewRenewals(
            @Schema(description = "Whose passwords end within that time", required = true, examples = "P14D")
            String within,

            @Schema(description = "How long each link works, P7D at most; PT24H unless it is said", examples = "P3D")
            String lifetime) {}

    /// @param ends when the password ends that the person has now
    record RenewalView(String login, Instant ends, PickupsResource.PickupView pickup) {

        static RenewalView of(Renewals.Renewal renewal) {
            return new RenewalView(
                    renewal.password().login().value(),
                    renewal.password().ends(),
                    PickupsResource.PickupView.of(renewal.pickup()));
        }

        @Override
        public String toString() {
            return login;
        }
    }

    /// @param waiting how many have a link already that still works, among those who were looked at
    /// @param more whether there are others to look at
    /// @param next what to give as `after` to go on with them; null when there are none
    record RoundView(
            List<RenewalView> items,
            int waiting,
            boolean more,
            @Nullable String next) {

        static RoundView of(Renewals.Round round) {
            return new RoundView(
                    round.made().stream().map(RenewalView::of).toList(),
                    round.waiting(),
                    round.next().isPresent(),
                    round.next().map(PasswordsResource::text).orElse(null));
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Makes a link for everybody whose password on the target ends soon, to take the next one",
            description = "Those that end first, first, `limit` of them, and of ten thousand who are looked at. Whoever"
                    + " has a link that works keeps it. Give the answer's `next` as `after` to go on. All of the"
                    + " links are made, or none.")
    @RequestBody(content = @Content(schema = @Schema(implementation = NewRenewals.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = RoundView.class)))
    @APIResponse(responseCode = "409", description = "The contract gives nobody a password.")
    public Response make(
            @PathParam("target") String name,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit,
            InputStream stream,
            @Context ContainerRequestContext request) {
        TargetName target = targets.named(name);
        int most = Parameters.limit(limit);
        Body body = Body.read(stream, List.of("within", "lifetime"));
        Duration within = Parameters.duration("within", body.required("within")).orElseThrow();
        Duration lifetime = PickupsResource.lifetime(body);
        if (!passwords.areGiven()) {
            throw PickupsResource.notGiven();
        }
        Renewals.Round round = renewals.make(
                Requests.caller(request),
                target,
                Instant.now().plus(within),
                lifetime,
                PasswordsResource.place(after),
                most);
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(RoundView.of(round))
                .build();
    }
}
