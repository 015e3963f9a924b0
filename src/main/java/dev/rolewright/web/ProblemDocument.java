package dev.rolewright.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;

/// The shape of every refusal elsewhere than under `/scim` (RFC 9457), whoever refuses.
public final class ProblemDocument {

    public static final String MEDIA_TYPE = "application/problem+json";

    private ProblemDocument() {}

    /// @param sentence what a person can act on
    public static byte[] bytes(int status, String sentence) {
        return json(status, sentence).toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The same, for whoever has more to say than the sentence.
    public static ObjectNode json(int status, String sentence) {
        Status known = Status.fromStatusCode(status);
        return JsonNodeFactory.instance
                .objectNode()
                .put("status", status)
                .put("title", known == null ? "Refused" : known.getReasonPhrase())
                .put("detail", sentence);
    }
}
