package dev.rolewright.web.api;

import dev.rolewright.model.RulingProblem;
import dev.rolewright.reach.TargetAway;
import dev.rolewright.source.SourceProblem;
import dev.rolewright.store.StoreFailure;
import dev.rolewright.web.ParameterProblem;
import dev.rolewright.web.ProblemDocument;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Turns whatever stopped a request into a problem document (RFC 9457). The SCIM door has its own words for its own
/// failures; everything else is answered here.
class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    /// Seconds after which a request that met a store that was away is worth another try.
    private static final int SOON = 5;

    @ServerExceptionMapper
    public Response of(ApiProblem problem) {
        return answer(problem.status(), problem.sentence());
    }

    @ServerExceptionMapper
    public Response of(ParameterProblem problem) {
        return Response.fromResponse(answer(400, String.valueOf(problem.getMessage())))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @ServerExceptionMapper
    public Response of(SourceProblem problem) {
        int status = switch (problem.kind()) {
            case UNKNOWN -> 404;
            case INVALID -> 400;
            case TAKEN -> 409;
        };
        return answer(status, problem.sentence());
    }

    @ServerExceptionMapper
    public Response of(RulingProblem problem) {
        int status = switch (problem.kind()) {
            case UNKNOWN -> 404;
            case CLOSED, OTHER_DIGEST -> 409;
        };
        return answer(status, String.valueOf(problem.getMessage()));
    }

    @ServerExceptionMapper
    public Response of(TargetAway away) {
        return answer(
                503,
                away.sentence()
                        + away.remedy()
                                .map(statement -> " What an administrator could run there: " + statement)
                                .orElse(""));
    }

    @ServerExceptionMapper
    public Response of(NotFoundException nothing) {
        return answer(404, "There is nothing at this address.");
    }

    /// What the platform refuses by itself: a method or a media type that nothing here takes.
    @ServerExceptionMapper
    public Response of(WebApplicationException refusal) {
        Response given = refusal.getResponse();
        Response answer = answer(given.getStatus(), sentence(given.getStatus()));
        String allow = given.getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? answer
                : Response.fromResponse(answer).header(HttpHeaders.ALLOW, allow).build();
    }

    @ServerExceptionMapper
    public Response of(Throwable failure, ContainerRequestContext request) {
        if (failure instanceof IllegalArgumentException && isOfUnreadableType(request)) {
            return answer(415, sentence(415));
        }
        Optional<StoreFailure> away = StoreFailure.away(failure);
        if (away.isPresent()) {
            LOG.warnf("the store cannot be used at present: %s", away.get().getMessage());
            return Response.fromResponse(answer(503, "The store does not answer; try again soon."))
                    .header(HttpHeaders.RETRY_AFTER, SOON)
                    .build();
        }
        LOG.errorf(
                failure,
                "%s %s failed",
                request.getMethod(),
                request.getUriInfo().getRequestUri().getRawPath());
        return answer(500, "The request failed; the log has its X-Request-Id.");
    }

    /// The platform breaks on such a header where an address has answers of several types.
    private static boolean isOfUnreadableType(ContainerRequestContext request) {
        String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        try {
            return type != null && MediaType.valueOf(type) == null;
        } catch (IllegalArgumentException unreadable) {
            return true;
        }
    }

    private static String sentence(int status) {
        return switch (status) {
            case 405 -> "This address does not know that method.";
            case 406 -> "Answers are JSON, which the Accept header does not allow.";
            case 415 -> "This address takes no body of that Content-Type; most take application/json only.";
            default -> "The request cannot be served.";
        };
    }

    private static Response answer(int status, String sentence) {
        return Response.status(status)
                .type(ProblemDocument.MEDIA_TYPE)
                .entity(ProblemDocument.bytes(status, sentence))
                .build();
    }
}
