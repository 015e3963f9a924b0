package dev.rolewright.web.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rolewright.web.ScimError;
import io.restassured.response.Response;
import java.util.Set;

/// Checks that a refusal has the one shape all refusals have (RFC 7644 §3.12).
final class Envelopes {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Set<String> MEMBERS = Set.of("schemas", "status", "scimType", "detail");

    private Envelopes() {}

    static JsonNode assertRefusal(Response answer, int status) {
        return assertRefusal(
                answer.statusCode(), answer.contentType(), answer.header("X-Request-Id"), answer.asString(), status);
    }

    static JsonNode assertRefusal(RawHttp.Answer answer, int status) {
        return assertRefusal(
                answer.status(), answer.header("Content-Type"), answer.header("X-Request-Id"), answer.body(), status);
    }

    static void assertRefusal(Response answer, int status, String scimType) {
        assertThat(assertRefusal(answer, status).path("scimType").asText("none"))
                .isEqualTo(scimType);
    }

    private static JsonNode assertRefusal(int actual, String contentType, String requestId, String body, int status) {
        assertThat(actual).as(body).isEqualTo(status);
        assertThat(contentType).isEqualTo(MediaTypes.SCIM);
        assertThat(requestId).isNotBlank();
        JsonNode json = json(body);
        assertThat(json.fieldNames()).toIterable().isSubsetOf(MEMBERS);
        assertThat(json.at("/schemas/0").textValue()).isEqualTo(ScimError.SCHEMA);
        assertThat(json.path("status").textValue()).isEqualTo(Integer.toString(status));
        assertThat(json.path("detail").textValue())
                .isNotBlank()
                .doesNotContain("Exception")
                .doesNotContain("dev.rolewright");
        return json;
    }

    static JsonNode json(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + body, e);
        }
    }
}
