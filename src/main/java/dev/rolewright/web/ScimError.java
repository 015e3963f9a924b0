package dev.rolewright.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import java.nio.charset.StandardCharsets;

/// The shape of every refusal under `/scim` (RFC 7644 §3.12), whoever refuses.
public final class ScimError {

    public static final String MEDIA_TYPE = "application/scim+json";

    public static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";

    private ScimError() {}

    public static ObjectNode json(ScimProblem problem) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("schemas").add(SCHEMA);
        json.put("status", Integer.toString(problem.status()));
        ScimProblem.Type type = problem.type();
        if (type != null) {
            json.put("scimType", type.name());
        }
        json.put("detail", problem.detail());
        return json;
    }

    public static byte[] bytes(ScimProblem problem) {
        return json(problem).toString().getBytes(StandardCharsets.UTF_8);
    }
}
