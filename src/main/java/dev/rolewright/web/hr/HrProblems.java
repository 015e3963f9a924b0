package dev.rolewright.web.hr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.web.ProblemDocument;
import dev.rolewright.web.auth.Sender;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Turns what stopped an HR system's request into a problem document (RFC 9457).
class HrProblems {

    private static final Logger LOG = Logger.getLogger(HrProblems.class);

    /// Seconds after which what is busy now may not be.
    private static final int SOON = 30;

    @ServerExceptionMapper
    public Response of(HrProblem problem, ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.POST)) {
            Sender.in(request)
                    .ifPresent(sender -> LOG.warnf(
                            "HR system %s is refused with %d: %s",
                            sender.name(), problem.status(), problem.sentence()));
        }
        ObjectNode document = ProblemDocument.json(problem.status(), problem.sentence());
        if (!problem.candidates().isEmpty()) {
            ArrayNode candidates = document.putArray("candidates");
            problem.candidates().forEach(person -> candidates.add(person.toString()));
        }
        Response.ResponseBuilder answer = Response.status(problem.status())
                .type(ProblemDocument.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(document.toString().getBytes(StandardCharsets.UTF_8));
        if (problem.status() == 429 || problem.status() == 503) {
            answer.header(HttpHeaders.RETRY_AFTER, SOON);
        }
        return answer.build();
    }
}
