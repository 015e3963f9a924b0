package dev.rolewright.web.me;

import static dev.rolewright.web.pickup.Workplace.admin;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import dev.rolewright.web.WrittenDown;
import dev.rolewright.web.auth.TestTokens;
import dev.rolewright.web.auth.TrustsPersons;
import dev.rolewright.web.pickup.Workplace;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Somebody who has logged in at the company's OIDC provider comes for a password.
@QuarkusTest
@TestProfile(TrustsPersons.class)
class CredentialFlowTest {

    private final String name = "p" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    DataSource store;

    @BeforeEach
    void waitForTheTarget() {
        Workplace.awaitTarget();
    }

    private static Response ask(String token) {
        return given().header("Authorization", "Bearer " + token).post("/api/me/credential");
    }

    private String token() {
        return TrustsPersons.token(name + "@example.org");
    }

    @Test
    void theOwnerGetsAPasswordThatIsWrittenDownNowhere() throws Exception {
        String person = Workplace.employ(name);
        WrittenDown log = new WrittenDown();

        String password = log.during(() -> ask(token())
                .then()
                .statusCode(200)
                .header("Cache-Control", is("no-store"))
                .body("passwords[0].target", is("orders"))
                .body("passwords[0].login", is(name))
                .extract()
                .path("passwords[0].password"));

        Workplace.connect("orders", name, password).close();
        admin().get("/api/audit?subject=" + person)
                .then()
                .body("items.action", hasItems("password.asked", "password.given"))
                .body("items.actor", hasItems("jwt:0815"));
        assertThat(log.lines()).doesNotContain(password);
        assertThat(log.usual()).doesNotContain("SCRAM-SHA-256$");
        assertThat(WrittenDown.everythingIn(store)).doesNotContain(password).doesNotContain("SCRAM-SHA-256$");
    }

    @Test
    void theNextOneTakesItsPlaceAndEndsSessionsWhenAsked() throws Exception {
        Workplace.employ(name);
        String first = ask(token()).path("passwords[0].password");
        try (Connection session = Workplace.connect("orders", name, first)) {
            ask(token()).then().statusCode(200).body("passwords[0].sessions", is(1));
            assertThat(session.isValid(60)).isTrue();

            given().header("Authorization", "Bearer " + token())
                    .post("/api/me/credential?endSessions=true")
                    .then()
                    .statusCode(200)
                    .body("passwords[0].sessions", is(0));

            assertThat(session.isValid(60)).isFalse();
        }
        assertThatThrownBy(() -> Workplace.connect("orders", name, first)).hasMessageContaining("password");
    }

    @Test
    void nobodyElseGetsAny() {
        String person = Workplace.employ(name);
        String ofAnAdministrator = admin().body(
                        "{\"name\": \"" + name + "\", \"person\": \"" + person + "\", \"lifetime\": \"PT1H\"}")
                .post("/api/sources/default/tokens")
                .path("token");

        given().post("/api/me/credential").then().statusCode(401);
        for (String token : new String[] {
            TestTokens.ADMIN,
            TestTokens.SCIM,
            ofAnAdministrator,
            TrustsPersons.token(name + "@example.org", claims -> claims.setIssuer("https://other.test/")),
            TrustsPersons.token(name + "@example.org", claims -> claims.setAudience("another")),
            TrustsPersons.token(name + "@example.org", claims -> claims.setExpirationTimeMinutesInTheFuture(-5)),
            TrustsPersons.token(name + "@example.org", claims -> claims.setSubject("client-42")),
            TrustsPersons.token(" ")
        }) {
            ask(token).then().statusCode(401);
        }
        given().header("Authorization", "Bearer " + token())
                .header("Sec-Fetch-Site", "cross-site")
                .post("/api/me/credential")
                .then()
                .statusCode(403);
        ask(TrustsPersons.token("nobody-" + name + "@example.org")).then().statusCode(404);
        given().header("Authorization", "Bearer " + token())
                .post("/api/me/credential?endSessions=perhaps")
                .then()
                .statusCode(400);
    }

    @Test
    void whoeverHasNoLoginGetsNone() {
        Workplace.provider()
                .body("{\"schemas\": [\"urn:ietf:params:scim:schemas:core:2.0:User\"], \"userName\": \"" + name
                        + "@example.org\"}")
                .post("/scim/v2/Users");

        ask(token()).then().statusCode(409).body("detail", containsString("no login"));
    }
}
