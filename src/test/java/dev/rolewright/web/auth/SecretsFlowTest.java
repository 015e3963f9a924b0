package dev.rolewright.web.auth;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA256;

import dev.rolewright.ops.TestPostgres;
import dev.rolewright.web.WrittenDown;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/// Whatever goes right or wrong, no secret is written down anywhere: not in the log at its most talkative, not in any
/// table of the store.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class SecretsFlowTest {

    private static final String PASSWORD = "correct-horse-battery-staple";

    @Inject
    DataSource store;

    @Test
    void noSecretIsWrittenDown() throws Exception {
        WrittenDown log = new WrittenDown();
        List<String> secrets = log.during(SecretsFlowTest::useAndMisuse);

        String written = log.usual();
        String stored = WrittenDown.everythingIn(store);
        assertThat(stored).contains("token.created");
        assertThat(secrets).hasSizeGreaterThan(8).allSatisfy(secret -> {
            assertThat(written).doesNotContain(secret);
            assertThat(stored).doesNotContain(secret);
        });
    }

    /// Does everything that handles a secret, well and badly; gives the secrets.
    private static List<String> useAndMisuse() {
        List<String> secrets = new ArrayList<>(List.of(TestTokens.SCIM, TestTokens.ADMIN, PASSWORD));
        String source = "secrets-" + UUID.randomUUID().toString().substring(0, 8);
        admin().body("{\"name\":\"" + source + "\"}")
                .post("/api/sources")
                .then()
                .statusCode(201);
        String token = admin().body("{\"name\":\"okta\"}")
                .post("/api/sources/{s}/tokens", source)
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        secrets.add(token);
        String mistyped = token.substring(0, token.length() - 1) + (token.endsWith("a") ? "b" : "a");
        String jwt = MadeUpIssuer.signed(MadeUpIssuer.rsa("x"), RSA_USING_SHA256, MadeUpIssuer.good());
        List<String> headers = new ArrayList<>();
        for (String shown : List.of(token, mistyped, jwt, "wrong-token-of-somebody", TestTokens.ADMIN)) {
            String basic = Base64.getEncoder().encodeToString(("okta:" + shown).getBytes(UTF_8));
            secrets.addAll(List.of(shown, basic));
            headers.addAll(List.of("Bearer " + shown, shown, "Basic " + basic, "Digest " + shown));
        }
        String users = "/scim/" + source + "/v2/Users";
        headers.parallelStream().forEach(header -> {
            given().header("Authorization", header).get(users);
            given().header("Authorization", header).get("/api/sources");
            for (String body : List.of("{\"userName\":\"ada\",\"password\":\"" + PASSWORD + "\"}", "{\"" + PASSWORD)) {
                given().header("Authorization", header)
                        .contentType("application/scim+json; charset=UTF-8")
                        .body(body)
                        .post(users);
            }
        });
        admin().body("{\"name\":\"x\",\"token\":\"" + mistyped + "\"}").post("/api/sources/{s}/tokens", source);
        admin().body("{\"name\":\"" + mistyped).post("/api/sources/{s}/tokens", source);
        admin().delete("/api/sources/{s}/tokens/{id}", source, mistyped);
        admin().get("/api/sources/{s}/tokens", source).then().statusCode(200);
        return secrets;
    }

    private static RequestSpecification admin() {
        return given().auth().preemptive().oauth2(TestTokens.ADMIN).contentType("application/json");
    }
}
