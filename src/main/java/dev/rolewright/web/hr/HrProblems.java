package dev.rolewright.web.hr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.web.ProblemDocument;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Turns what stopped an HR system's request into a problem document (RFC 9457).
class HrProblems {

    /// Seconds after which what is busy now may not be.
    private static final int SOON = 30;

    @ServerExceptionMapper
    public Response of(HrProblem problem) {
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
