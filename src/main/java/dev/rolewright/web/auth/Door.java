package dev.rolewright.web.auth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/// The doors of the house, and how each of them says no.
enum Door {
    /// Identity providers: refusals are SCIM errors (RFC 7644 §3.12).
    SCIM("application/scim+json") {
        @Override
        ObjectNode body(Refusal refusal) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:Error");
            return body.put("status", Integer.toString(refusal.reason().status()))
                    .put("detail", refusal.sentence());
        }
    },
    /// Admins: refusals are problem documents (RFC 9457).
    API("application/problem+json"),
    /// What nobody has thought of: shut.
    NONE("application/problem+json");

    private final String mediaType;

    Door(String mediaType) {
        this.mediaType = mediaType;
    }

    /// The door a resource class stands behind.
    static Door of(Class<?> resource) {
        return switch (resource.getPackageName()) {
            case "dev.rolewright.web.scim" -> SCIM;
            case "dev.rolewright.web.api" -> API;
            default -> NONE;
        };
    }

    String mediaType() {
        return mediaType;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Response answer(Refusal refusal) {
        Response.ResponseBuilder answer = Response.status(refusal.reason().status())
                .type(mediaType)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(body(refusal).toString().getBytes(StandardCharsets.UTF_8));
        String challenge = refusal.reason().challenge();
        if (challenge != null) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, challenge);
        }
        Duration retryAfter = refusal.retryAfter();
        if (retryAfter != null) {
            answer.header(
                    HttpHeaders.RETRY_AFTER,
                    Math.max(1, retryAfter.plusMillis(999).toSeconds()));
        }
        return answer.build();
    }

    ObjectNode body(Refusal refusal) {
        int status = refusal.reason().status();
        return JsonNodeFactory.instance
                .objectNode()
                .put("status", status)
                .put("title", Response.Status.fromStatusCode(status).getReasonPhrase())
                .put("detail", refusal.sentence());
    }
}
