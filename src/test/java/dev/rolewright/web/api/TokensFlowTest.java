package dev.rolewright.web.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import dev.rolewright.ops.TestPostgres;
import dev.rolewright.web.auth.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class TokensFlowTest {

    private static RequestSpecification admin() {
        return given().auth().preemptive().oauth2(TestTokens.ADMIN).contentType("application/json");
    }

    @Test
    void showsATokenOnceAndNeverAgain() {
        String token = admin().body("{\"name\":\"okta\",\"lifetime\":\"P90D\"}")
                .post("/api/sources/default/tokens")
                .then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("token", matchesPattern("rw_[0-9A-Za-z]{49}"))
                .body("name", is("okta"))
                .body("state", is("ACTIVE"))
                .body("expires", notNullValue())
                .body("createdBy", is("admin"))
                .extract()
                .path("token");

        Response list = admin().get("/api/sources/default/tokens");

        list.then()
                .statusCode(200)
                .body("items.name", hasItem("okta"))
                .body("items.hint", hasItem(token.substring(0, 7)));
        assertThat(list.asString()).doesNotContain(token);
    }
}
