package dev.rolewright.web.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rolewright.source.SourceProblem;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Turns failures at the admin door into problem documents (RFC 9457).
class Problems {

    static final String MEDIA_TYPE = "application/problem+json";

    @ServerExceptionMapper
    public Response of(ApiProblem problem) {
        return answer(problem.status(), problem.sentence());
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

    static Response answer(int status, String sentence) {
        String title = Response.Status.fromStatusCode(status).getReasonPhrase();
        byte[] body = JsonNodeFactory.instance
                .objectNode()
                .put("status", status)
                .put("title", title)
                .put("detail", sentence)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        return Response.status(status).type(MEDIA_TYPE).entity(body).build();
    }
}
