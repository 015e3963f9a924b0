package dev.rolewright.web.scim;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.web.ScimError;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The media types the door understands and speaks (RFC 7644 §3.8).
///
/// A body may come as SCIM or plain JSON, or without a type at all, in UTF-8 and as it is: one that says it is
/// written or packed otherwise would be misread. Answers are always SCIM JSON, so a client must be willing to
/// take SCIM JSON, plain JSON or anything.
final class MediaTypes {

    static final String SCIM = ScimError.MEDIA_TYPE;

    private static final String JSON = "application/json";

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)", Pattern.CASE_INSENSITIVE);
    private static final Set<String> UTF_8 = Set.of("utf-8", "utf8", "us-ascii");

    private MediaTypes() {}

    /// Refuses a body that says it is something else than JSON in UTF-8.
    static void requireJson(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return;
        }
        String type = essence(contentType);
        if (!type.equals(SCIM) && !type.equals(JSON)) {
            throw ScimProblem.of(415, "Content-Type must be " + SCIM + " or " + JSON + ".");
        }
        Matcher charset = CHARSET.matcher(contentType);
        if (charset.find() && !UTF_8.contains(charset.group(1).toLowerCase(Locale.ROOT))) {
            throw ScimProblem.of(415, "JSON is written in UTF-8; Content-Type says it is something else.");
        }
    }

    /// Refuses a body that was packed.
    static void requirePlain(@Nullable String contentEncoding) {
        if (contentEncoding != null
                && !contentEncoding.isBlank()
                && !contentEncoding.strip().equalsIgnoreCase("identity")) {
            throw ScimProblem.of(415, "Content-Encoding is not understood; send the body as it is.");
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
