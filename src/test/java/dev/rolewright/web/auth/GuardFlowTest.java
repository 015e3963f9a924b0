package dev.rolewright.web.auth;

import static dev.rolewright.Patience.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class GuardFlowTest {

    private static final String CONFIG = "/scim/v2/ServiceProviderConfig";

    private static RequestSpecification admin() {
        return given().auth().preemptive().oauth2(TestTokens.ADMIN).contentType("application/json");
    }

    private static RequestSpecification with(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static String newSource() {
        String name = "guard-" + UUID.randomUUID().toString().substring(0, 8);
        admin().body("{\"name\":\"" + name + "\"}").post("/api/sources").then().statusCode(201);
        return name;
    }

    private static Response mint(String source, String body) {
        return admin().body(body).post("/api/sources/{s}/tokens", source);
    }

    private static String token(String source, String body) {
        return mint(source, body).then().statusCode(201).extract().path("token");
    }

    private static String adasToken(String source) {
        String ada = with(token(source, "{\"name\":\"okta\"}"))
                .contentType("application/scim+json; charset=UTF-8")
                .body("{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"ada\"}")
                .post("/scim/{s}/v2/Users", source)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return token(source, "{\"name\":\"ada\",\"person\":\"" + ada + "\"}");
    }

    @Test
    void aPersonsTokenShowsThatPersonUnderMe() {
        String source = newSource();
        String token = adasToken(source);

        with(token).get("/scim/{s}/v2/Me", source).then().statusCode(200).body("userName", is("ada"));
        with(token).delete("/scim/{s}/v2/Me", source).then().statusCode(405);
    }

    @Test
    void aTokenIsMadeForPersonsOfItsSourceOnly() {
        mint(newSource(), "{\"name\":\"ada\",\"person\":\"" + UUID.randomUUID() + "\"}")
                .then()
                .statusCode(400)
                .body("detail", containsString("id of a User of this source"));
    }

    @Test
    void showsWhatWaitsForItsTarget() {
        String source = newSource();
        with(token(source, "{\"name\":\"okta\"}"))
                .contentType("application/scim+json; charset=UTF-8")
                .body("{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],\"displayName\":\"g\","
                        + "\"members\":[{\"value\":\"nobody-yet\"}]}")
                .post("/scim/{s}/v2/Groups", source)
                .then()
                .statusCode(201);

        admin().queryParam("source", source)
                .get("/api/pending")
                .then()
                .statusCode(200)
                .body("total", greaterThanOrEqualTo(1))
                .body("items.value", is(List.of("nobody-yet")))
                .body("items[0].attribute", is("members"));
    }

    @Test
    void understandsBearerBasicAndBareTokens() {
        with(TestTokens.SCIM).get(CONFIG).then().statusCode(200);
        given().auth()
                .preemptive()
                .basic("okta", TestTokens.SCIM)
                .get(CONFIG)
                .then()
                .statusCode(200);
        given().header("Authorization", TestTokens.SCIM).get(CONFIG).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /scim/v2/Users
            POST   | /scim/v2/Users
            GET    | /scim/v2/Users/7
            PUT    | /scim/v2/Users/7
            PATCH  | /scim/v2/Users/7
            DELETE | /scim/v2/Users/7
            GET    | /scim/v2
            POST   | /scim/v2/.search
            POST   | /scim/v2/Users/.search
            POST   | /scim/v2/Bulk
            GET    | /scim/v2/Me
            GET    | /scim/v2/Schemas
            GET    | /scim/v2/Groups
            GET    | /scim/v2/NoSuchType
            GET    | /scim/nobody/v2/Users
            GET    | /scim/v2/Users/../Schemas
            GET    | /scim/v2/%55sers
            GET    | /scim/v2/Users/
            GET    | /api/sources
            POST   | /api/sources
            GET    | /api/sources/default/tokens
            POST   | /api/sources/default/close
            GET    | /api/audit
            GET    | /api/quirks
            GET    | /api/pending
            GET    | /api/%61udit
            """)
    void nothingIsOpenWithoutAToken(String method, String path) {
        given().urlEncodingEnabled(false)
                .contentType("application/json")
                .body(method.equals("GET") || method.equals("DELETE") ? "" : "{}")
                .request(method, path)
                .then()
                .statusCode(401);
    }

    @Test
    void refusesInTheWordsOfScim() {
        with("wrong-token")
                .get(CONFIG)
                .then()
                .statusCode(401)
                .contentType("application/scim+json")
                .header("WWW-Authenticate", is("Bearer realm=\"rolewright\", error=\"invalid_token\""))
                .header("Cache-Control", "no-store")
                .body("schemas", hasItem("urn:ietf:params:scim:api:messages:2.0:Error"))
                .body("status", is("401"))
                .body("detail", not(containsString("wrong-token")));
    }

    @Test
    void aTokenOfOneSourceNeverOpensAnother() {
        String okta = newSource();
        String entra = newSource();
        String token = token(okta, "{\"name\":\"okta\"}");

        with(token).get("/scim/{s}/v2/Schemas", okta).then().statusCode(200);
        with(token).get("/scim/{s}/v2/Schemas", entra).then().statusCode(401);
        with(token).get("/scim/v2/Schemas").then().statusCode(401);
        with(TestTokens.SCIM).get("/scim/{s}/v2/Schemas", okta).then().statusCode(401);
        with(TestTokens.SCIM).get("/scim/default/v2/Schemas").then().statusCode(200);
        with(TestTokens.ADMIN).get("/scim/v2/Schemas").then().statusCode(401);
        with(token).get("/api/sources").then().statusCode(401);
    }

    @Test
    void rotationHasNoGapAndRevocationIsImmediate() {
        String source = newSource();
        Response old = mint(source, "{\"name\":\"2026\"}");
        String successor = token(source, "{\"name\":\"2027\"}");
        String first = old.path("token");
        with(first).get("/scim/{s}/v2/Schemas", source).then().statusCode(200);
        with(successor).get("/scim/{s}/v2/Schemas", source).then().statusCode(200);

        admin().delete("/api/sources/{s}/tokens/{id}", source, old.<Integer>path("id"))
                .then()
                .statusCode(204);

        with(first).get("/scim/{s}/v2/Schemas", source).then().statusCode(401);
        with(successor).get("/scim/{s}/v2/Schemas", source).then().statusCode(200);
        admin().get("/api/sources/{s}/tokens", source)
                .then()
                .body("items.find { it.name == '2027' }.unused", is(false));
    }

    @Test
    void aClosedSourceLetsNobodyIn() {
        String source = newSource();
        String token = token(source, "{\"name\":\"okta\"}");
        admin().post("/api/sources/{s}/close", source).then().statusCode(200);

        with(token)
                .get("/scim/{s}/v2/Schemas", source)
                .then()
                .statusCode(403)
                .contentType("application/scim+json")
                .body("status", is("403"));

        admin().post("/api/sources/{s}/open", source).then().statusCode(200);
        with(token).get("/scim/{s}/v2/Schemas", source).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, Users",
        "GET, Groups",
        "POST, Users",
        "POST, Bulk",
        "POST, .search",
        "POST, Users/.search",
        "GET, Users/7",
        "PATCH, Users/7",
        "PUT, Users/7",
        "DELETE, Users/7",
        "GET, ''"
    })
    void aPersonsTokenOpensNothingOfOthers(String method, String path) {
        String source = newSource();
        String token = adasToken(source);

        with(token)
                .contentType("application/json")
                .body(method.equals("GET") || method.equals("DELETE") ? "" : "{}")
                .request(method, "/scim/" + source + "/v2/" + path)
                .then()
                .statusCode(403)
                .body("detail", containsString("/Me"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ServiceProviderConfig",
                "Schemas",
                "Schemas/urn:ietf:params:scim:schemas:core:2.0:User",
                "ResourceTypes"
            })
    void aPersonsTokenOpensDiscovery(String path) {
        String source = newSource();
        String token = adasToken(source);

        with(token).get("/scim/" + source + "/v2/" + path).then().statusCode(200);
    }

    @Test
    void aWrongTokenIsAnsweredSlowlyAndARightOneIsNot() {
        with(TestTokens.SCIM).get(CONFIG);

        long before = System.nanoTime();
        with("wrong-token").get(CONFIG).then().statusCode(401);
        Duration wrong = Duration.ofNanos(System.nanoTime() - before);

        assertThat(wrong).isGreaterThanOrEqualTo(Guard.PAUSE);
        await().until(
                        () -> { // where much else is done, one answer may take long
                            long right = System.nanoTime();
                            with(TestTokens.SCIM).get(CONFIG).then().statusCode(200);
                            return System.nanoTime() - right < Guard.PAUSE.toNanos();
                        });
    }

    @Test
    void aStrangersLargeBodyIsNotReadButAnswered() {
        with("wrong-token")
                .contentType("application/json")
                .body("{\"userName\":\"" + "a".repeat(4_000_000) + "\"}")
                .post("/scim/v2/Users")
                .then()
                .statusCode(401);
        with(TestTokens.SCIM).get(CONFIG).then().statusCode(200);
    }

    @Test
    void whatIsNotThereIsAProblemDocumentAtTheAdminDoor() {
        admin().get("/api/nothing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("status", is(404));
        admin().put("/api/sources").then().statusCode(405).contentType("application/problem+json");
        admin().contentType("text/plain")
                .body("name")
                .post("/api/sources")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
        admin().accept("text/html").get("/api/sources").then().statusCode(406).contentType("application/problem+json");
    }

    @Path("/stranger")
    public static class NobodysResource {
        @GET
        @RunOnVirtualThread
        @Operation(hidden = true)
        public String come() {
            return "in";
        }
    }

    @Test
    void aResourceOfNoDoorIsShutToEverybody() {
        given().get("/stranger").then().statusCode(403);
        with(TestTokens.ADMIN).get("/stranger").then().statusCode(403).body(not(is("in")));
        with(TestTokens.SCIM).get("/stranger").then().statusCode(403);
    }

    @Test
    void listsTheDialectRulesWithTheirCounts() {
        admin().get("/api/quirks")
                .then()
                .statusCode(200)
                .body("quirk", hasItem("op-case"))
                .body("find { it.quirk == 'op-case' }.item", is("E5"));
    }
}
