package dev.rolewright.web.me;

import dev.rolewright.handover.Handover;
import dev.rolewright.handover.PasswordResult;
import dev.rolewright.model.PersonId;
import dev.rolewright.web.Parameters;
import dev.rolewright.web.ProblemDocument;
import dev.rolewright.web.RequestIds;
import dev.rolewright.web.auth.Persons;
import dev.rolewright.web.auth.Speaker;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/me/credential")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Passwords")
class CredentialResource {

    private final Handover handover;
    private final Persons persons;

    CredentialResource(Handover handover, Persons persons) {
        this.handover = handover;
        this.persons = persons;
    }

    /// @param passwords shown this once
    record CredentialView(List<PasswordView> passwords, List<NotGivenView> notGiven) {

        static CredentialView of(List<PasswordResult> results) {
            return new CredentialView(
                    results.stream()
                            .filter(PasswordResult.Given.class::isInstance)
                            .map(PasswordResult.Given.class::cast)
                            .map(PasswordView::of)
                            .toList(),
                    results.stream()
                            .filter(PasswordResult.NotGiven.class::isInstance)
                            .map(PasswordResult.NotGiven.class::cast)
                            .map(it -> new NotGivenView(it.target().value(), it.why()))
                            .toList());
        }
    }

    /// @param ends when it stops to work
    /// @param sessions how many that were open before still are
    record PasswordView(String target, String login, String password, Instant ends, int sessions) {

        static PasswordView of(PasswordResult.Given given) {
            return new PasswordView(
                    given.target().value(),
                    given.login().value(),
                    given.password().reveal(),
                    given.ends(),
                    given.sessions());
        }

        @Override
        public String toString() {
            return target + " " + login;
        }
    }

    /// @param why the person has the password that they had
    record NotGivenView(String target, String why) {}

    @POST
    @Operation(
            summary =
                    "Gives somebody new passwords for their own logins, one for each target, and shows them, this once",
            description = "With a token of the person's OIDC provider. The old passwords end. `endSessions=true` ends"
                    + " sessions that are open, too. Of two calls at once the later one's passwords count.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CredentialView.class)))
    @APIResponse(responseCode = "404", description = "The person is not known.")
    @APIResponse(responseCode = "409", description = "The person has no login that takes a password.")
    @APIResponse(
            responseCode = "503",
            description = "No target took a new password, or the store does not answer.",
            content = @Content(schema = @Schema(implementation = CredentialView.class)))
    public Response give(
            @QueryParam("endSessions") @Nullable String endSessions, @Context ContainerRequestContext request) {
        boolean ending = Parameters.flag("endSessions", endSessions);
        Speaker speaker = Speaker.of(request);
        Optional<PersonId> person = Optional.ofNullable(speaker.person())
                .flatMap(key -> persons.find(speaker.sourceId(), key))
                .map(PersonId::new);
        if (person.isEmpty()) {
            return problem(404, "The person this token stands for is not known here.");
        }
        List<PasswordResult> results = handover.toOwner(
                speaker.caller(request.getHeaderString(RequestIds.HEADER), List.of()), person.get(), ending);
        if (results.isEmpty()) {
            return problem(409, "You have no login that takes a password just now.");
        }
        boolean given = results.stream().anyMatch(PasswordResult.Given.class::isInstance);
        return Response.status(given ? 200 : 503)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(CredentialView.of(results))
                .build();
    }

    private static Response problem(int status, String sentence) {
        return Response.status(status)
                .type(ProblemDocument.MEDIA_TYPE)
                .entity(ProblemDocument.bytes(status, sentence))
                .build();
    }
}
