package dev.rolewright.web.api;

import static dev.rolewright.Patience.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.rolewright.ops.TestPostgres;
import dev.rolewright.web.auth.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class TokensFlowTest {

    private String source;

    private static RequestSpecification admin() {
        return given().auth().preemptive().oauth2(TestTokens.ADMIN).contentType("application/json");
    }

    @BeforeEach
    void addSource() {
        source = "tokens-" + UUID.randomUUID().toString().substring(0, 8);
        admin().body("{\"name\":\"" + source + "\"}")
                .post("/api/sources")
                .then()
                .statusCode(201);
    }

    private Response create(String body) {
        return admin().body(body).post("/api/sources/{source}/tokens", source);
    }

    private JsonPath created(String body) {
        return create(body).then().statusCode(201).extract().jsonPath();
    }

    private Response list() {
        return admin().get("/api/sources/{source}/tokens", source);
    }

    @Test
    void showsATokenOnceAndNeverAgain() {
        String token = create("{\"name\":\"okta\",\"lifetime\":\"P90D\"}")
                .then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .header("Location", containsString("/api/sources/" + source + "/tokens/"))
                .body("token", matchesPattern("rw_[0-9A-Za-z]{49}"))
                .body("name", is("okta"))
                .body("state", is("ACTIVE"))
                .body("createdBy", is("admin"))
                .body("lastUsed", nullValue())
                .extract()
                .path("token");

        Response list = list();

        list.then()
                .statusCode(200)
                .body("items.name", is(List.of("okta")))
                .body("items[0].hint", is(token.substring(0, 7)))
                .body("items[0].unused", is(true))
                .body("items[0].expires", notNullValue());
        assertThat(list.asString()).doesNotContain(token.substring(7));
    }

    @Test
    void severalLiveAtOnceAndEachEndsAlone() {
        int first = created("{\"name\":\"first\"}").getInt("id");
        created("{\"name\":\"second\"}");

        admin().delete("/api/sources/{source}/tokens/{id}", source, first)
                .then()
                .statusCode(204);
        admin().delete("/api/sources/{source}/tokens/{id}", source, first)
                .then()
                .statusCode(204);

        list().then()
                .body("items.name", is(List.of("first", "second")))
                .body("items.state", is(List.of("REVOKED", "ACTIVE")));
    }

    @Test
    void tellsWhichTokensEndSoonAndWhichHaveEnded() {
        created("{\"name\":\"soon\",\"lifetime\":\"P10D\"}");
        created("{\"name\":\"later\",\"lifetime\":\"P90D\"}");
        created("{\"name\":\"never\"}");
        Instant end = Instant.now().plusSeconds(2);
        created("{\"name\":\"gone\",\"expiresAt\":\"" + end + "\"}");
        await().until(() -> Instant.now().isAfter(end));

        list().then()
                .body("items.name", is(List.of("soon", "later", "never", "gone")))
                .body("items.expiresSoon", is(List.of(true, false, false, false)))
                .body("items.state", is(List.of("ACTIVE", "ACTIVE", "ACTIVE", "EXPIRED")));
    }

    @Test
    void aNameIsFreeAgainOnceItsTokenIsRevoked() {
        int first = created("{\"name\":\"okta\"}").getInt("id");
        create("{\"name\":\"okta\"}").then().statusCode(409).body("detail", containsString("okta"));

        admin().delete("/api/sources/{source}/tokens/{id}", source, first);

        create("{\"name\":\"okta\"}").then().statusCode(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                        | needs the member name
            {"name":null}                                             | needs the member name
            {"name":" "}                                              | 1 to 100 printable characters
            {"name":7}                                                | name must be a string
            {"name":"a\\u0000b"}                                      | 1 to 100 printable characters
            {"name":"a\\nb"}                                          | 1 to 100 printable characters
            {"name":"a","lifetime":"90 days"}                         | such as P90D
            {"name":"a","lifetime":"P9999999D"}                       | such as P90D
            {"name":"a","lifetime":"-P1D"}                            | in the future
            {"name":"a","expiresAt":"tomorrow"}                       | such as 2026-11-21T08:00:00Z
            {"name":"a","expiresAt":"2020-01-01T00:00:00Z"}           | in the future
            {"name":"a","expiresAt":"2999-01-01T00:00:00Z","lifetime":"P1D"} | not both
            {"name":"a","person":"ada"}                               | id of a User
            {"name":"a","expiresAt":"+999999999-12-31T23:59:59Z"}     | such as 2026-11-21T08:00:00Z
            {"name":[[[[[[[[["a"]]]]]]]]]}                            | not sound JSON
            {"name":"a","expires":"2999-01-01T00:00:00Z"}             | name, expiresAt, lifetime, person
            {"name":"a","name":"b"}                                   | not sound JSON
            {"name":"a"} {}                                           | not sound JSON
            ["name"]                                                  | must be a JSON object
            {"name":                                                  | not sound JSON
            """)
    void saysWhatIsWrongWithAWish(String body, String sentence) {
        create(body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", is(400))
                .body("title", is("Bad Request"))
                .body("detail", containsString(sentence));
        list().then().body("items", empty());
    }

    @Test
    void anOverlongBodyIsRefused() {
        create("{\"name\":\"" + "a".repeat(70_000) + "\"}")
                .then()
                .statusCode(413)
                .body("status", is(413));
    }

    @Test
    void pagesThroughTheTokens() {
        for (int i = 0; i < 5; i++) {
            created("{\"name\":\"t" + i + "\"}");
        }

        JsonPath first = admin().queryParam("limit", 2)
                .get("/api/sources/{s}/tokens", source)
                .jsonPath();
        JsonPath second = admin().queryParam("limit", 3)
                .queryParam("after", first.getInt("next"))
                .get("/api/sources/{s}/tokens", source)
                .jsonPath();

        assertThat(first.getList("items.name")).containsExactly("t0", "t1");
        assertThat(second.getList("items.name")).containsExactly("t2", "t3", "t4");
        assertThat(second.<Object>get("next")).isNull();
        admin().queryParam("limit", 0)
                .get("/api/sources/{s}/tokens", source)
                .then()
                .statusCode(400);
        admin().queryParam("after", "x")
                .get("/api/sources/{s}/tokens", source)
                .then()
                .statusCode(400);
    }

    @Test
    void listsThePresetTokenOfTheDefaultSourceButCannotRevokeIt() {
        admin().get("/api/sources/default/tokens")
                .then()
                .statusCode(200)
                .body("items[0].name", is("ROLEWRIGHT_SCIM_TOKEN"))
                .body("items[0].createdBy", is("configuration"))
                .body("items[0].hint", is("***"));

        admin().delete("/api/sources/default/tokens/0")
                .then()
                .statusCode(400)
                .body("detail", containsString("configuration"));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        admin().get("/api/sources/nobody/tokens").then().statusCode(404).body("detail", containsString("nobody"));
        admin().body("{\"name\":\"a\"}")
                .post("/api/sources/nobody/tokens")
                .then()
                .statusCode(404);
        admin().delete("/api/sources/{s}/tokens/999999999", source).then().statusCode(404);
        int foreign = created("{\"name\":\"a\"}").getInt("id");
        admin().delete("/api/sources/default/tokens/" + foreign).then().statusCode(404);
        list().then().body("items.state", is(List.of("ACTIVE")));
    }

    @Test
    void everyChangeLeavesARowInTheTrail() {
        int id = created("{\"name\":\"okta\",\"lifetime\":\"P90D\"}").getInt("id");
        admin().header("X-Request-Id", "revocation-" + source).delete("/api/sources/{source}/tokens/{id}", source, id);
        admin().delete("/api/sources/{source}/tokens/{id}", source, id);
        admin().post("/api/sources/{source}/close", source)
                .then()
                .statusCode(200)
                .body("open", is(false));
        admin().post("/api/sources/{source}/close", source).then().statusCode(200);
        admin().post("/api/sources/{source}/open", source)
                .then()
                .statusCode(200)
                .body("open", is(true));

        admin().queryParam("source", source)
                .get("/api/audit")
                .then()
                .statusCode(200)
                .body(
                        "items.action",
                        is(List.of(
                                "source.opened", "source.closed", "token.revoked", "token.created", "source.created")))
                .body("items.actor", everyItem(is("admin")))
                .body("items[2].subjectId", is(Integer.toString(id)))
                .body("items[2].detail.name", is("okta"));
    }

    @Test
    void readsTheTrailPageByPageAndByWhatIsAskedFor() {
        int id = created("{\"name\":\"okta\"}").getInt("id");

        JsonPath newest = admin().queryParam("source", source)
                .queryParam("limit", 1)
                .get("/api/audit")
                .jsonPath();
        admin().queryParam("source", source)
                .queryParam("olderThan", newest.getLong("next"))
                .get("/api/audit")
                .then()
                .body("items.action", is(List.of("source.created")))
                .body("next", nullValue());
        admin().queryParam("subject", Integer.toString(id))
                .queryParam("action", "token.created")
                .queryParam("from", Instant.now().minusSeconds(60).toString())
                .get("/api/audit")
                .then()
                .body("items.source", hasItem(source));
        admin().queryParam("source", source)
                .queryParam("until", "2020-01-01T00:00:00Z")
                .get("/api/audit")
                .then()
                .body("items", empty());
        admin().queryParam("from", "yesterday").get("/api/audit").then().statusCode(400);
        admin().queryParam("from", "-999999999-01-01T00:00:00Z")
                .get("/api/audit")
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/sources/%00/tokens", "/api/audit?subject=%00", "/api/audit?source=a%00b"})
    void refusesAnAddressWithACharacterThatNoStoreKeeps(String address) {
        admin().urlEncodingEnabled(false)
                .get(address)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("U+0000"));
    }

    @Test
    void sourcesAreAddedListedAndNamedWell() {
        admin().get("/api/sources?limit=1000")
                .then()
                .statusCode(200)
                .body("items.name", hasItems("default", source))
                .body("items.find { it.name == 'default' }.scimPath", is("/scim/v2"))
                .body("items.find { it.name == '" + source + "' }.scimPath", is("/scim/" + source + "/v2"));
        admin().get("/api/sources/" + source).then().statusCode(200).body("open", is(true));
        admin().get("/api/sources/nobody").then().statusCode(404);
        admin().body("{\"name\":\"" + source + "\"}")
                .post("/api/sources")
                .then()
                .statusCode(409);
        admin().body("{\"name\":\"My_Okta\"}")
                .post("/api/sources")
                .then()
                .statusCode(400)
                .body("detail", not(containsString("My_Okta")));
    }
}
