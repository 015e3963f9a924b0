package dev.rolewright.web.scim;

import static dev.rolewright.web.scim.ScimClient.ROOT;
import static dev.rolewright.web.scim.ScimClient.USERS;
import static dev.rolewright.web.scim.ScimClient.id;
import static dev.rolewright.web.scim.ScimClient.json;
import static dev.rolewright.web.scim.ScimClient.scim;
import static dev.rolewright.web.scim.ScimClient.unique;
import static dev.rolewright.web.scim.ScimClient.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.web.auth.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/// RFC 7644 §3.11.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class MeFlowTest {

    @Test
    void showsAPersonTheirOwnRecordAndWhereItReallyIs() {
        JsonNode person = user(unique("ada"));
        String token = tokenOf(person);

        Response answer = given().header("Authorization", "Bearer " + token).get(ROOT + "/Me?excludedAttributes=name");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer)).isEqualTo(person);
        assertThat(answer.header("Location"))
                .isEqualTo(person.at("/meta/location").textValue());
        assertThat(answer.header("ETag")).isEqualTo(person.at("/meta/version").textValue());
    }

    @Test
    void letsAPersonsTokenDoNothingElse() {
        JsonNode person = user(unique("ada"));
        String token = tokenOf(person);

        Envelopes.assertRefusal(
                given().header("Authorization", "Bearer " + token).get(USERS + "/" + id(person)), 403);
        assertThat(given().header("Authorization", "Bearer " + token)
                        .get(ROOT + "/Schemas")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void hasNothingForATokenThatIsNobodys() {
        Envelopes.assertRefusal(scim().get(ROOT + "/Me"), 404);
    }

    @Test
    void hasNothingForAPersonWhoIsGone() {
        JsonNode person = user(unique("ada"));
        String token = tokenOf(person);
        scim().delete(USERS + "/" + id(person));

        Envelopes.assertRefusal(
                given().header("Authorization", "Bearer " + token).get(ROOT + "/Me"), 404);
    }

    private static String tokenOf(JsonNode person) {
        Response made = given().header("Authorization", "Bearer " + TestTokens.ADMIN)
                .contentType("application/json")
                .body("{\"name\":\"%s\",\"person\":\"%s\"}".formatted(unique("own"), id(person)))
                .post("/api/sources/default/tokens");
        assertThat(made.statusCode()).as(made.asString()).isEqualTo(201);
        return made.jsonPath().getString("token");
    }
}
