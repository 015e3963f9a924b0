package dev.rolewright.web.api;

import dev.rolewright.handover.Passwords;
import dev.rolewright.handover.Pickup;
import dev.rolewright.handover.Pickups;
import dev.rolewright.model.PersonId;
import dev.rolewright.web.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
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

@Path("/api/people/{person}/pickups")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Passwords", description = "How people get their passwords without anybody else seeing them")
class PickupsResource {

    private final Passwords passwords;
    private final Pickups pickups;

    PickupsResource(Passwords passwords, Pickups pickups) {
        this.passwords = passwords;
        this.pickups = pickups;
    }

    record NewPickup(
            @Schema(description = "How long the link works, P7D at most; PT24H unless it is said", examples = "PT4H")
            String lifetime) {}

    /// @param id its number in the audit trail
    /// @param link for the person alone, behind the address that people reach Rolewright by; shown this once
    record PickupView(long id, String person, String link, Instant expires) {

        static PickupView of(Pickup pickup) {
            return new PickupView(
                    pickup.id(),
                    pickup.person().toString(),
                    "/pickup#" + pickup.secret().reveal(),
                    pickup.expires());
        }

        @Override
        public String toString() {
            return "pickup-" + id;
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Makes a link by which the person takes their passwords, once",
            description = "It takes the place of every earlier one of the person. Opened it changes nothing; the click"
                    + " on the page makes the passwords, sets them and shows them.")
    @RequestBody(content = @Content(schema = @Schema(implementation = NewPickup.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = PickupView.class)))
    @APIResponse(responseCode = "409", description = "The contract gives nobody a password.")
    public Response create(
            @PathParam("person") String id, InputStream stream, @Context ContainerRequestContext request) {
        PersonId person = Parameters.person(id).orElseThrow();
        Duration lifetime = lifetime(Body.read(stream, List.of("lifetime")));
        if (!passwords.areGiven()) {
            throw notGiven();
        }
        if (passwords.of(person).isEmpty()) {
            throw new ApiProblem(404, "The person has no login, or none that is in use, to take a password for.");
        }
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(PickupView.of(pickups.make(Requests.caller(request), person, lifetime)))
                .build();
    }

    @DELETE
    @Operation(summary = "Withdraws the person's link, so that nobody can use it any more")
    @APIResponse(responseCode = "204")
    public void withdraw(@PathParam("person") String id, @Context ContainerRequestContext request) {
        PersonId person = Parameters.person(id).orElseThrow();
        if (!pickups.withdraw(Requests.caller(request), person)) {
            throw new ApiProblem(404, "The person has no link that could be used.");
        }
    }

    static ApiProblem notGiven() {
        return new ApiProblem(409, "The contract gives nobody a password; its lifecycle says how people log in.");
    }

    /// How long a link works.
    static Duration lifetime(Body body) {
        return Parameters.duration("lifetime", body.optional("lifetime").orElse(null), Pickups.LONGEST)
                .orElse(Pickups.USUAL);
    }
}
