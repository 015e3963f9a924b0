package dev.rolewright.web.hr;

import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.Answer;
import dev.rolewright.offboarding.EventState;
import dev.rolewright.offboarding.Events;
import dev.rolewright.offboarding.Statement;
import dev.rolewright.web.RequestIds;
import dev.rolewright.web.StrictJson;
import dev.rolewright.web.auth.Sender;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

@Path("/hr/v1/events")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "HR events", description = "What HR systems say about who leaves, is away, and is back")
class EventsResource {

    private static final Logger LOG = Logger.getLogger(EventsResource.class);

    private final Events events;
    private final SignedBody body;
    private final Mappings mappings;
    private final MeterRegistry metrics;

    EventsResource(Events events, SignedBody body, Mappings mappings, MeterRegistry metrics) {
        this.events = events;
        this.body = body;
        this.mappings = mappings;
        this.metrics = metrics;
    }

    enum State {
        /// It is of a person whom the directory knows.
        APPLIED,
        /// The directory knows nobody of that name yet.
        WAITING,
        /// The directory knows several people of that name.
        AMBIGUOUS
    }

    /// @param person the SCIM id of the person; null as long as it waits
    /// @param candidates who might be meant, when that is not clear
    /// @param effective when it takes effect, where the person is
    record EventView(
            String id,
            String kind,
            State state,
            @Nullable String person,
            List<String> candidates,
            Instant effective,
            Instant received) {

        static EventView of(EventState state) {
            return new EventView(
                    state.statement().fact().event(),
                    EventBody.KINDS.entrySet().stream()
                            .filter(kind ->
                                    kind.getValue() == state.statement().fact().kind())
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .orElseThrow(),
                    state(state),
                    state.person().map(PersonId::toString).orElse(null),
                    state.candidates().stream().map(PersonId::toString).toList(),
                    state.effective(),
                    state.received());
        }

        private static State state(EventState state) {
            if (state.person().isPresent()) {
                return State.APPLIED;
            }
            return state.candidates().isEmpty() ? State.WAITING : State.AMBIGUOUS;
        }
    }

    /// Exactly one member.
    record PersonName(String employeeNumber, String email, String userName, String externalId, String id) {}

    record NewEvent(
            @Schema(required = true, description = "The sender's own name for it; the same id is the same event")
            String id,

            @Schema(required = true, description = "`leaver`, `rehire`, `leave` (of absence) or `return` (from it)")
            String kind,

            @Schema(required = true, description = "Exactly one of its members")
            PersonName person,

            @Schema(description = "Of a leaver, or of the leave that a return ends", examples = "2026-11-30")
            String lastDay,

            @Schema(description = "Of a rehire, a leave, or back from one", examples = "2026-12-01")
            String firstDay,

            @Schema(description = "Instead of a day: the moment", examples = "2026-11-30T17:00:00+01:00")
            String at,

            @Schema(description = "Where the day is; otherwise where the person is", examples = "Europe/Berlin")
            String timeZone) {}

    @POST
    @Operation(
            summary = "Takes an event: once, whatever comes twice, late, early or in another order",
            description = "A sender with a key signs the timestamp, a dot and the body.")
    @Parameter(name = "Rolewright-Timestamp", in = ParameterIn.HEADER, description = "Seconds since 1970")
    @Parameter(
            name = "Rolewright-Signature",
            in = ParameterIn.HEADER,
            description = "`sha256=` and the HMAC-SHA-256 in hexadecimal")
    @RequestBody(
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = NewEvent.class)))
    @APIResponse(
            responseCode = "200",
            description = "It is of a person whom the directory knows.",
            content = @Content(schema = @Schema(implementation = EventView.class)))
    @APIResponse(
            responseCode = "202",
            description = "It is kept until the directory knows the person.",
            content = @Content(schema = @Schema(implementation = EventView.class)))
    @APIResponse(responseCode = "204", description = "The sender's mapping says that it is nothing for us.")
    @APIResponse(responseCode = "401", description = "The token or the signature is not right.")
    @APIResponse(
            responseCode = "409",
            description =
                    "It is not clear who is meant: `candidates` has the ids; or the id was used for another event.")
    public Response take(InputStream stream, @Context ContainerRequestContext request) {
        SignedBody.isOf(request, List.of(MediaType.APPLICATION_JSON));
        byte[] bytes = body.read(request, stream, StrictJson.LARGEST);
        Sender sender = Sender.of(request);
        return EventBody.read(sender.name(), bytes, mappings.of(sender.name()))
                .map(statement -> take(sender, statement, request.getHeaderString(RequestIds.HEADER)))
                .orElseGet(() -> Response.noContent().build());
    }

    private Response take(Sender sender, Statement statement, String request) {
        return switch (events.take(statement, request)) {
            case Answer.Kept(EventState state) -> {
                EventView view = EventView.of(state);
                tell(sender, view.state().name());
                yield Response.status(view.state() == State.APPLIED ? 200 : 202)
                        .entity(view)
                        .build();
            }
            case Answer.Ambiguous(List<PersonId> candidates) -> {
                tell(sender, "refused");
                throw new HrProblem(
                        409,
                        "It is not clear who is meant. Say it again with person.id and one of the candidates.",
                        candidates);
            }
            case Answer.Taken() -> {
                tell(sender, "refused");
                throw new HrProblem(409, "Another event has this id already.");
            }
        };
    }

    @GET
    @Path("/{event: .+}")
    @Operation(summary = "Says what became of an event that the sender sent")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = EventView.class)))
    @APIResponse(responseCode = "404", description = "The sender sent no such event.")
    public EventView show(@PathParam("event") String event, @Context ContainerRequestContext request) {
        return events.find(Sender.of(request).name(), event)
                .map(EventView::of)
                .orElseThrow(() -> new HrProblem(404, "You sent no event of this id."));
    }

    private void tell(Sender sender, String outcome) {
        LOG.infof("HR system %s sent an event, which is %s", sender.name(), outcome.toLowerCase(Locale.ROOT));
        metrics.counter("hr_events", "sender", sender.name(), "outcome", outcome.toLowerCase(Locale.ROOT))
                .increment();
    }
}
