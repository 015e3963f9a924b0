package dev.rolewright.web.scim;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ScimDocumentFlowTest {

    @Test
    void describesTheDoorAsItIs() {
        JsonNode paths =
                Envelopes.json(given().get("/q/openapi?format=json").asString()).path("paths");

        JsonNode collection = paths.path("/scim/v2/{endpoint}");
        assertThat(collection.path("get").path("parameters"))
                .extracting(p -> p.path("name").asText())
                .contains("endpoint", "filter", "sortBy", "sortOrder", "startIndex", "count", "cursor", "attributes");
        assertThat(collection.at("/post/requestBody/content").has(MediaTypes.SCIM))
                .isTrue();
        assertThat(collection.at("/post/responses").has("201")).isTrue();
        JsonNode resource = paths.path("/scim/v2/{endpoint}/{id}");
        assertThat(resource.at("/patch/responses").has("204")).isTrue();
        assertThat(resource.path("put").path("parameters"))
                .extracting(p -> p.path("name").asText())
                .contains("id", "If-Match", "excludedAttributes");
        assertThat(resource.at("/delete/responses").has("200")).isFalse();
        assertThat(paths.fieldNames()).toIterable().noneMatch(path -> path.startsWith("/scim/{source}"));
        assertThat(paths.toString()).doesNotContain("octet-stream");
    }
}
