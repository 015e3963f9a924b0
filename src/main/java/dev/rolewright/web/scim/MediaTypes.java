package dev.rolewright.web.scim;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.web.ScimError;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The media types the door understands and speaks (RFC 7644 §3.8).
///
/// A body may come as SCIM or plain JSON, or without a type at all; parameters such as `charset` are
/// ignored, since JSON is UTF-8. Answers are always SCIM JSON, so a client must be willing to take SCIM
/// JSON, plain JSON or anything.
final class MediaTypes {

    static final String SCIM = ScimError.MEDIA_TYPE;

    private static final String JSON = "application/json";

    private MediaTypes() {}

    /// Refuses a body that says it is something else than JSON.
    static void requireJson(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return;
        }
        String type = essence(contentType);
        if (!type.equals(SCIM) && !type.equals(JSON)) {
            throw ScimProblem.of(415, "Content-Type must be " + SCIM + " or " + JSON + ".");
        }
    }

    /// Refuses a client that would not take the answer.
    static void requireAcceptable(List<String> accept) {
        if (accept.isEmpty()) {
            return;
        }
        boolean named = false;
        for (String header : accept) {
            for (String range : header.split(",")) {
                String type = essence(range);
                named |= !type.isEmpty();
                if (covers(type) && !refused(range)) {
                    return;
                }
            }
        }
        if (named) {
            throw ScimProblem.of(406, "Accept must allow " + SCIM + ".");
        }
    }

    private static boolean covers(String range) {
        return switch (range) {
            case SCIM, JSON, "*/*", "application/*", "*" -> true;
            default -> false;
        };
    }

    /// A range with weight zero is one the client will not take (RFC 9110 §12.4.2).
    private static boolean refused(String range) {
        String[] parts = range.split(";");
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                return parameter.substring(2).strip().matches("0(\\.0*)?");
            }
        }
        return false;
    }

    private static String essence(String mediaType) {
        int end = mediaType.indexOf(';');
        return (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
