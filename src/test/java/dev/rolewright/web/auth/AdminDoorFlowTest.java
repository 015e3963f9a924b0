package dev.rolewright.web.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA256;

import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(TrustsAnIssuer.class)
class AdminDoorFlowTest {

    private static RequestSpecification with(@Nullable Object roles) {
        String token = MadeUpIssuer.signed(IssuerFile.key(), RSA_USING_SHA256, MadeUpIssuer.good(claims -> {
            claims.setSubject("grace");
            if (roles != null) {
                claims.setClaim("realm", Map.of("roles", roles));
            }
        }));
        return given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    private static String newSource() {
        return "{\"name\":\"admin-" + UUID.randomUUID().toString().substring(0, 8) + "\"}";
    }

    @Test
    void anAdminReadsAndChanges() {
        with(List.of("rolewright-admin", "other")).get("/api/sources").then().statusCode(200);
        String name = with("other rolewright-admin")
                .body(newSource())
                .post("/api/sources")
                .then()
                .statusCode(201)
                .extract()
                .path("name");

        with(List.of("rolewright-auditor"))
                .queryParam("source", name)
                .get("/api/audit")
                .then()
                .body("items.actor", is(List.of("jwt:grace")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rolewright-auditor", "four-eyes"})
    void auditorsAndApproversOnlyRead(String role) {
        with(List.of(role)).get("/api/sources").then().statusCode(200);
        with(List.of(role)).get("/api/audit").then().statusCode(200);

        with(List.of(role))
                .body(newSource())
                .post("/api/sources")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("detail", containsString("not change anything"));
        with(List.of(role)).post("/api/sources/default/close").then().statusCode(403);
        with(List.of(role)).delete("/api/sources/default/tokens/1").then().statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"release", "refuse"})
    void onlyApproversDecide(String decision) {
        String body = "{\"digest\": \"d\", \"reason\": \"r\"}";

        with(List.of("four-eyes"))
                .body(body)
                .post("/api/holds/999999999/" + decision)
                .then()
                .statusCode(404);
        with(List.of("rolewright-admin", "rolewright-auditor"))
                .body(body)
                .post("/api/holds/999999999/" + decision)
                .then()
                .statusCode(403)
                .body("detail", containsString("for approvers"));
        with(List.of("four-eyes")).post("/api/targets/orders/passes").then().statusCode(403);
    }

    @Test
    void whoHasNoRoleStaysOutside() {
        with(null).get("/api/sources").then().statusCode(403).body("detail", containsString("no role"));
        with(List.of("rolewright-approver", "admin")).get("/api/sources").then().statusCode(403);
        with(List.of()).get("/api/sources").then().statusCode(403);
    }

    @Test
    void theAdminTokenOpensInEveryForm() {
        given().header("Authorization", "Bearer " + TestTokens.ADMIN)
                .get("/api/sources")
                .then()
                .statusCode(200);
        given().auth()
                .preemptive()
                .basic("admin", TestTokens.ADMIN)
                .get("/api/sources")
                .then()
                .statusCode(200);
    }

    @Test
    void refusalsAreProblemDocumentsThatOfferNoBasicLogin() {
        given().get("/api/sources")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", is("Bearer realm=\"rolewright\""))
                .body("status", is(401))
                .body("title", is("Unauthorized"));
        given().header("Authorization", "Bearer " + TestTokens.SCIM)
                .get("/api/sources")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("invalid_token"))
                .header("WWW-Authenticate", not(containsString("Basic")));
    }

    @Test
    void aPageOfAnotherSiteChangesNothing() {
        given().auth()
                .preemptive()
                .basic("admin", TestTokens.ADMIN)
                .header("Sec-Fetch-Site", "cross-site")
                .post("/api/sources/default/close")
                .then()
                .statusCode(403);
        given().auth()
                .preemptive()
                .basic("admin", TestTokens.ADMIN)
                .header("Sec-Fetch-Site", "same-origin")
                .post("/api/sources/default/open")
                .then()
                .statusCode(200);
    }

    @Test
    void countsWhoWasRefused() {
        given().header("Authorization", "Bearer wrong-token-of-somebody").get("/api/sources");

        given().get("/q/metrics")
                .then()
                .body(containsString("door_refusals_total{door=\"api\",reason=\"not_accepted\"}"));
    }
}
