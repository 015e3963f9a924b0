package dev.rolewright.web.scim;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.web.auth.TestTokens;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An identity provider with the test token of the default source.
final class ScimClient {

    static final String TOKEN = TestTokens.SCIM;
    static final String ROOT = "/scim/v2";
    static final String USERS = ROOT + "/Users";
    static final String GROUPS = ROOT + "/Groups";
    static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
    static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    private ScimClient() {}

    /// A request that has everything but its body.
    static RequestSpecification scim() {
        return given().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs(MediaTypes.SCIM, ContentType.JSON)))
                .urlEncodingEnabled(false)
                .accept(MediaTypes.SCIM)
                .header("Authorization", "Bearer " + TOKEN);
    }

    static RequestSpecification scim(String body) {
        return scim().contentType(MediaTypes.SCIM).body(body);
    }

    /// A text nobody else in the store has, fit for names and filters.
    static String unique(String stem) {
        return stem + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    static JsonNode json(Response answer) {
        return Envelopes.json(answer.asString());
    }

    static JsonNode ok(Response answer, int status) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        return json(answer);
    }

    /// Creates a user; the members are those of a JSON object, or nothing.
    static JsonNode user(String userName, String... members) {
        String more = Stream.of(members).map(m -> "," + m).collect(Collectors.joining());
        return ok(
                scim("{\"schemas\":[\"%s\",\"%s\"],\"userName\":\"%s\"%s}".formatted(USER, ENTERPRISE, userName, more))
                        .post(USERS),
                201);
    }

    static JsonNode group(String displayName, String... members) {
        String list = Stream.of(members).map(id -> "{\"value\":\"" + id + "\"}").collect(Collectors.joining(","));
        return ok(
                scim("{\"schemas\":[\"%s\"],\"displayName\":\"%s\",\"members\":[%s]}"
                                .formatted(GROUP, displayName, list))
                        .post(GROUPS),
                201);
    }

    static String id(JsonNode resource) {
        return resource.path("id").textValue();
    }

    static JsonNode get(String path) {
        return ok(scim().get(path), 200);
    }

    static String patch(String... operations) {
        return "{\"schemas\":[\"%s\"],\"Operations\":[%s]}".formatted(PATCH, String.join(",", operations));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static JsonNode search(String endpoint, String filter, String... parameters) {
        return get(endpoint + "?filter=" + encoded(filter)
                + Stream.of(parameters).map(p -> "&" + p).collect(Collectors.joining()));
    }
}
