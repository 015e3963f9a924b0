package dev.rolewright.web.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(DocumentationDoorFlowTest.AsInProduction.class)
class DocumentationDoorFlowTest {

    public static class AsInProduction implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rolewright.management.open-documentation", "false", "rolewright.management.open-metrics", "false");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/openapi",
                "/q/openapi?format=json",
                "/q/openapi.json",
                "/q/openapi/",
                "/q/%6fpenapi",
                "/%71/openapi",
                "/q/./openapi",
                "//q/openapi",
                "/q//openapi",
                "/api/../q/openapi",
                "/q/health/../openapi",
                "/q/health/%2e%2e/openapi",
                "/q/swagger-ui",
                "/q/swagger-ui/",
                "/q/swagger-ui/index.html",
                "/q/metrics",
                "/q/",
                "/q/arc",
            })
    void isShutHoweverThePathIsSpelt(String path) {
        int status = given().urlEncodingEnabled(false)
                .redirects()
                .follow(false)
                .get(path)
                .statusCode();

        assertThat(status).isIn(401, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/%zz", "/scim/v2/Users/%zz", "/scim/v2/Users/%", "/scim/%2", "/scimitar/%zz"})
    void standsInNobodysWayWhoCannotSpell(String path) throws IOException {
        try (Socket client = new Socket("localhost", RestAssured.port)) {
            client.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("X-Request-Id: ", "+json");
        }
    }

    @Test
    void asksABrowserForItsPassword() {
        given().get("/q/swagger-ui/").then().statusCode(401).header("WWW-Authenticate", startsWith("Basic realm="));
    }

    @Test
    void opensToTheAdminTokenAsPassword() {
        given().auth()
                .preemptive()
                .basic("admin", TestTokens.ADMIN)
                .get("/q/swagger-ui/")
                .then()
                .statusCode(200)
                .body(containsString("swagger"));
        given().auth()
                .preemptive()
                .oauth2(TestTokens.ADMIN)
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/api/sources"));
    }

    @Test
    void staysShutToAnyOtherToken() {
        given().auth()
                .preemptive()
                .basic("admin", TestTokens.SCIM)
                .get("/q/openapi")
                .then()
                .statusCode(401);
    }

    @Test
    void healthNeedsNoLogin() {
        given().get("/q/health").then().statusCode(200);
        given().get("/q/health/live").then().statusCode(200);
    }
}
