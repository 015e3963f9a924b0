package dev.rolewright.web.auth;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why somebody does not come in, as far as they may know.
///
/// @param sentence says the same whatever was wrong with a token, so that nobody learns which half was right
/// @param retryAfter when it is worth trying again; null when it is not a matter of time
record Refusal(Reason reason, String sentence, @Nullable Duration retryAfter) {

    enum Reason {
        NOTHING_SHOWN(401),
        NOT_ACCEPTED(401),
        NOT_ALLOWED(403),
        TOO_MANY(429),
        STORE_AWAY(503);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The `WWW-Authenticate` header (RFC 6750 §3). It never offers HTTP Basic, which would make a browser
        /// keep the token and send it along for anybody.
        @Nullable
        String challenge() {
            return switch (this) {
                case NOTHING_SHOWN -> "Bearer realm=\"rolewright\"";
                case NOT_ACCEPTED -> "Bearer realm=\"rolewright\", error=\"invalid_token\"";
                case NOT_ALLOWED -> "Bearer realm=\"rolewright\", error=\"insufficient_scope\"";
                case TOO_MANY, STORE_AWAY -> null;
            };
        }
    }

    static Refusal nothingShown() {
        return new Refusal(Reason.NOTHING_SHOWN, "A bearer token is needed in the Authorization header.", null);
    }

    static Refusal notAccepted() {
        return new Refusal(
                Reason.NOT_ACCEPTED, "The token is unknown, expired, revoked, or does not belong here.", null);
    }

    static Refusal notAllowed(String sentence) {
        return new Refusal(Reason.NOT_ALLOWED, sentence, null);
    }

    static Refusal tooMany(Duration retryAfter) {
        return new Refusal(Reason.TOO_MANY, "Too many requests with this token are waiting already.", retryAfter);
    }

    static Refusal storeAway() {
        return new Refusal(Reason.STORE_AWAY, "The store does not answer; try again soon.", Duration.ofSeconds(5));
    }
}
