package dev.rolewright.web.auth;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.web.ProblemDocument;
import dev.rolewright.web.ScimError;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Locale;

/// The doors of the house, and how each of them says no.
enum Door {
    /// Identity providers: refusals are SCIM errors (RFC 7644 §3.12).
    SCIM(ScimError.MEDIA_TYPE) {
        @Override
        byte[] body(Refusal refusal) {
            return ScimError.bytes(ScimProblem.of(refusal.reason().status(), refusal.sentence()));
        }
    },
    /// Admins: refusals are problem documents (RFC 9457).
    API(ProblemDocument.MEDIA_TYPE),
    /// HR systems: refusals are problem documents too.
    HR(ProblemDocument.MEDIA_TYPE),
    /// People who come for themselves.
    PERSON(ProblemDocument.MEDIA_TYPE),
    /// Whoever has a link: what it is good for is asked behind the door, where it is used up.
    PICKUP(ProblemDocument.MEDIA_TYPE),
    /// What nobody has thought of: shut.
    NONE(ProblemDocument.MEDIA_TYPE);

    private final String mediaType;

    Door(String mediaType) {
        this.mediaType = mediaType;
    }

    /// The door a resource class stands behind.
    static Door of(Class<?> resource) {
        return switch (resource.getPackageName()) {
            case "dev.rolewright.web.scim" -> SCIM;
            case "dev.rolewright.web.api" -> API;
            case "dev.rolewright.web.hr" -> HR;
            case "dev.rolewright.web.me" -> PERSON;
            case "dev.rolewright.web.pickup" -> PICKUP;
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
                .entity(body(refusal));
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

    byte[] body(Refusal refusal) {
        return ProblemDocument.bytes(refusal.reason().status(), refusal.sentence());
    }
}
