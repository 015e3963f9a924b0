package dev.rolewright.web.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
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
}
