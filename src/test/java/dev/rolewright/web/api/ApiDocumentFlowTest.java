package dev.rolewright.web.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.ops.TestPostgres;
import dev.rolewright.web.ProblemDocument;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ApiDocumentFlowTest {

    @Test
    void describesEveryOperationAndThatItNeedsAToken() {
        String text = given().queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        JsonPath document = JsonPath.from(text);

        assertThat(document.getString("info.title")).isEqualTo("Rolewright");
        assertThat(document.getString("components.securitySchemes.token.scheme"))
                .isEqualTo("bearer");
        assertThat(document.getList("security.token")).hasSize(1);
        Map<String, Map<String, Map<String, Object>>> paths = document.getMap("paths");
        assertThat(paths)
                .containsKeys("/api/sources", "/api/sources/{source}/tokens", "/api/audit", "/scim/v2/{endpoint}");
        paths.forEach((path, operations) -> operations.forEach((verb, operation) ->
                assertThat(operation).as("%s %s", verb, path).containsKeys("summary", "tags")));
    }

    /// All flow tests are held to the document by [AnswersAsPublished]; this says that it would notice.
    @Test
    void anAnswerThatIsNotAsPublishedIsSeen() {
        PublishedAnswers published = PublishedAnswers.ofThisApplication();
        String nothing = "{\"items\": [], \"next\": null}";
        String refusal = "{\"status\": 418, \"title\": \"t\", \"detail\": \"d\"}";

        assertThat(published.complaints("GET", "/api/holds", 200, "application/json", nothing))
                .isEmpty();
        assertThat(published.complaints("GET", "/api/holds", 418, ProblemDocument.MEDIA_TYPE, refusal))
                .isEmpty();
        for (String wrong : List.of("[]", "{\"items\": null}", "{\"next\": \"7\"}", "{\"more\": 1}", "{")) {
            assertThat(published.complaints("GET", "/api/holds", 200, "application/json;charset=UTF-8", wrong))
                    .as(wrong)
                    .isNotEmpty();
        }
        assertThat(published.complaints("GET", "/api/holds", 200, "text/plain", nothing))
                .containsExactly("200 is not declared as text/plain");
        assertThat(published.complaints("GET", "/api/holds", 404, ProblemDocument.MEDIA_TYPE, refusal))
                .containsExactly("404 is not declared");
        assertThat(published.complaints("GET", "/api/holds/1", 404, ProblemDocument.MEDIA_TYPE, "{}"))
                .hasSize(3);
    }

    @Test
    void whatMayBeNullAndWhatIsAnyJsonIsSaid() {
        JsonPath document = JsonPath.from(
                given().queryParam("format", "json").get("/q/openapi").asString());
        String schemas = "components.schemas.";

        assertThat(document.getList(schemas + "HoldPage.properties.next.type")).containsExactly("integer", "null");
        assertThat(document.getList(schemas + "NewTokenView.properties.revoked.anyOf.type"))
                .contains("null");
        assertThat(document.getString(schemas + "HoldView.properties.digest.type"))
                .isEqualTo("string");
        assertThat(document.getMap(schemas + "JsonNode")).containsOnlyKeys("description");
    }

    @Test
    void everyOperationForAdminsSaysHowItRefuses() {
        Map<String, Map<String, Map<String, Map<String, Map<String, Map<String, Object>>>>>> paths = JsonPath.from(
                        given().queryParam("format", "json").get("/q/openapi").asString())
                .getMap("paths");

        paths.forEach((path, verbs) -> verbs.forEach((verb, operation) -> {
            if (!path.startsWith("/api/")) {
                return;
            }
            Map<String, Map<String, Map<String, Object>>> answers = operation.get("responses");
            assertThat(answers).as("%s %s", verb, path).containsKeys("401", "403", "429", "default");
            assertThat(answers.containsKey("404") || !path.contains("{"))
                    .as("%s %s", verb, path)
                    .isTrue();
            answers.forEach((status, answer) -> {
                if (!status.startsWith("2")) {
                    assertThat(answer.get("content"))
                            .as("%s of %s %s", status, verb, path)
                            .containsKey(ProblemDocument.MEDIA_TYPE);
                }
            });
        }));
    }
}
