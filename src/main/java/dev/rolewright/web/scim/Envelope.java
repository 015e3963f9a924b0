package dev.rolewright.web.scim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import java.nio.charset.StandardCharsets;

/// The shape of every refusal (RFC 7644 §3.12).
final class Envelope {

    static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";

    private Envelope() {}

    static ObjectNode json(ScimProblem problem) {
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

    static byte[] bytes(ScimProblem problem) {
        return json(problem).toString().getBytes(StandardCharsets.UTF_8);
    }
}
