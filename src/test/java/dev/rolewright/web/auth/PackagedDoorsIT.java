package dev.rolewright.web.auth;

import static dev.rolewright.Patience.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA256;

import dev.rolewright.ops.PackagedApp;
import dev.rolewright.ops.TestPostgres;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.util.Map;
import org.jose4j.jwk.RsaJsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The doors of the packaged application in production, configured by its environment only.
class PackagedDoorsIT {

    @TempDir
    Path folder;

    @Test
    void areGuardedAndOpenToThoseTheEnvironmentNames() throws Exception {
        RsaJsonWebKey key = MadeUpIssuer.rsa("one");
        try (MadeUpIssuer issuer = new MadeUpIssuer()) {
            issuer.publish(key);
            Map<String, String> environment = TestPostgres.isTheStore(Map.of(
                    "ROLEWRIGHT_ADMIN_TOKEN", TestTokens.ADMIN,
                    "ROLEWRIGHT_SCIM_TOKEN", TestTokens.SCIM,
                    "ROLEWRIGHT_SOURCE_ENTRA_JWT_ISSUER", MadeUpIssuer.NAME,
                    "ROLEWRIGHT_SOURCE_ENTRA_JWT_AUDIENCE", MadeUpIssuer.AUDIENCE,
                    "ROLEWRIGHT_SOURCE_ENTRA_JWT_JWKS_URL", issuer.keys().toString()));
            try (PackagedApp app = PackagedApp.start(folder, environment).untilUp()) {
                documentationNeedsALogin(app.port());
                tokensOfTheEnvironmentOpen(app.port());
                theTrustedIssuerOpensItsSource(app.port(), key);
                assertThat(app.output()).doesNotContain(TestTokens.ADMIN, TestTokens.SCIM);
            }
        }
    }

    private static void documentationNeedsALogin(int port) {
        given().port(port).get("/q/openapi").then().statusCode(401).header("WWW-Authenticate", startsWith("Basic"));
        given().port(port).get("/q/swagger-ui/").then().statusCode(401);
        given().port(port).get("/q/dev-ui/").then().statusCode(401);
        await().until(() -> given().port(port).get("/q/health").statusCode() == 200); // a busy store may answer late
        given().port(port).get("/q/metrics").then().statusCode(200);
        RequestSpecification admin = given().port(port).auth().preemptive().basic("admin", TestTokens.ADMIN);
        admin.get("/q/openapi").then().statusCode(200).body(containsString("/api/sources/{source}/tokens"));
        admin.get("/q/swagger-ui/").then().statusCode(200).body(containsString("swagger"));
    }

    private static void tokensOfTheEnvironmentOpen(int port) {
        given().port(port)
                .header("Authorization", "Bearer " + TestTokens.SCIM)
                .get("/scim/v2/ServiceProviderConfig")
                .then()
                .statusCode(200);
        given().port(port)
                .header("Authorization", "Bearer " + TestTokens.ADMIN)
                .contentType("application/json")
                .body("{\"name\":\"entra\"}")
                .post("/api/sources")
                .then()
                .statusCode(201);
        given().port(port).get("/scim/v2/ServiceProviderConfig").then().statusCode(401);
        given().port(port).get("/api/sources").then().statusCode(401);
    }

    private static void theTrustedIssuerOpensItsSource(int port, RsaJsonWebKey key) {
        String token = MadeUpIssuer.signed(key, RSA_USING_SHA256, MadeUpIssuer.good());
        given().port(port)
                .header("Authorization", "Bearer " + token)
                .get("/scim/entra/v2/ServiceProviderConfig")
                .then()
                .statusCode(200);
        given().port(port)
                .header("Authorization", "Bearer " + token)
                .get("/scim/v2/ServiceProviderConfig")
                .then()
                .statusCode(401);
    }

    @Test
    void anAdminTokenThatAnybodyCanTryIsRefusedAtStartUp() throws Exception {
        try (PackagedApp app =
                PackagedApp.start(folder, TestPostgres.isTheStore(Map.of("ROLEWRIGHT_ADMIN_TOKEN", "hunter2")))) {
            assertThat(app.status()).isNotZero();
            assertThat(app.output())
                    .contains("ROLEWRIGHT_ADMIN_TOKEN has fewer than 8 characters")
                    .doesNotContain("hunter2");
        }
    }
}
