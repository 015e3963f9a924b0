package dev.rolewright.web.hr;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.rolewright.ops.TestPostgres;
import dev.rolewright.web.auth.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What HR systems may send, and what they are told.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(HrSystems.class)
class HrDoorFlowTest {

    private static final String EVENTS = "/hr/v1/events";

    private final String tag = UUID.randomUUID().toString();

    private static RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    private static String signature(String key, long timestamp, String body) {
        return Signature.of(key, timestamp, body.getBytes(StandardCharsets.UTF_8));
    }

    private static RequestSpecification signed(String token, String key, long timestamp, String body) {
        return bearer(token)
                .header("Rolewright-Timestamp", timestamp)
                .header("Rolewright-Signature", signature(key, timestamp, body))
                .body(body.getBytes(StandardCharsets.UTF_8));
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static Response workday(String body) {
        return signed(HrSystems.WORKDAY, HrSystems.WORKDAY_KEY, now(), body).post(EVENTS);
    }

    private static Response plain(String body) {
        return bearer(HrSystems.PLAIN)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(EVENTS);
    }

    private String person() {
        return given().header("Authorization", "Bearer " + TestTokens.SCIM)
                .contentType("application/scim+json; charset=UTF-8")
                .body("""
                        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%1$s@example.org",
                         "emails": [{"value": "%1$s@example.org"}]}""".formatted(tag))
                .post("/scim/v2/Users")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String leaver(String id) {
        return """
                {"id": "%s", "kind": "leaver", "person": {"email": "%s@example.org"}, "lastDay": "2026-03-31"}""".formatted(id, tag);
    }

    @Test
    void takesAnEventAndTellsWhatBecameOfIt() {
        String person = person();

        workday(leaver("e/" + tag))
                .then()
                .statusCode(200)
                .body("id", is("e/" + tag))
                .body("kind", is("leaver"))
                .body("state", is("APPLIED"))
                .body("person", is(person))
                .body("candidates", empty())
                .body("effective", is("2026-03-31T22:00:00Z"));

        bearer(HrSystems.WORKDAY)
                .get(EVENTS + "/e/" + tag)
                .then()
                .statusCode(200)
                .body("person", is(person));
        bearer(HrSystems.PLAIN)
                .get(EVENTS + "/e/" + tag)
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        given().header("Authorization", "Bearer " + TestTokens.ADMIN)
                .get("/api/audit?subject=" + person + "&action=hr.applied")
                .then()
                .body("items.actor", contains("hr:workday"))
                .body("items[0].detail.event", is("e/" + tag));
    }

    @Test
    void adminsSeeThatTheIdentityProviderDoesNotAgree() {
        String person = person();
        workday(leaver("e/" + tag)).then().statusCode(200);

        given().header("Authorization", "Bearer " + TestTokens.ADMIN)
                .get("/api/contradictions?limit=1000")
                .then()
                .statusCode(200)
                .body("items.find { it.event == 'e/" + tag + "' }.people", contains(person))
                .body("items.find { it.event == 'e/" + tag + "' }.kind", is("GONE_BUT_ACTIVE"))
                .body("items.find { it.event == 'e/" + tag + "' }.sender", is("workday"))
                .body("items.find { it.event == 'e/" + tag + "' }.detail", containsString("They have no access"))
                .body("items.find { it.event == 'e/" + tag + "' }.ageSeconds", greaterThanOrEqualTo(0))
                .body("total", greaterThanOrEqualTo(1));
    }

    @Test
    void sayingItAgainIsAnsweredTheSameAndSayingAnotherThingIsNot() {
        person();
        String first = plain(leaver(tag)).then().statusCode(200).extract().asString();

        // The same event, written in another way.
        String again = """
                {"lastDay": "2026-03-31", "kind": "leaver", "id": "%1$s",
                 "person": {"email": "%2$s@EXAMPLE.org"}}""".formatted(tag, tag.toUpperCase(Locale.ROOT));
        assertThat(plain(again).then().statusCode(200).extract().asString()).isEqualTo(first);

        plain(leaver(tag).replace("2026-03-31", "2026-04-30"))
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", is("Another event has this id already."));
    }

    @Test
    void keepsWhatIsSaidOfSomebodyWhoIsNotThereYet() {
        workday(leaver(tag)).then().statusCode(202).body("state", is("WAITING")).body("person", nullValue());
    }

    @Test
    void namesTheCandidatesInsteadOfGuessing() {
        String one = person();
        given().header("Authorization", "Bearer " + TestTokens.ADMIN)
                .contentType("application/json")
                .body("{\"name\": \"hr-%s\"}".formatted(tag.substring(0, 8)))
                .post("/api/sources")
                .then()
                .statusCode(201);
        String token = given().header("Authorization", "Bearer " + TestTokens.ADMIN)
                .contentType("application/json")
                .body("{\"name\": \"t\"}")
                .post("/api/sources/hr-%s/tokens".formatted(tag.substring(0, 8)))
                .path("token");
        String other = given().header("Authorization", "Bearer " + token)
                .contentType("application/scim+json; charset=UTF-8")
                .body("""
                        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "twin",
                         "emails": [{"value": "%s@example.org"}]}""".formatted(tag))
                .post("/scim/hr-%s/v2/Users".formatted(tag.substring(0, 8)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        plain(leaver(tag))
                .then()
                .statusCode(409)
                .body("candidates", containsInAnyOrder(one, other))
                .body("detail", containsString("person.id"));
        plain(leaver(tag).replace("\"email\": \"" + tag + "@example.org\"", "\"id\": \"" + other + "\""))
                .then()
                .statusCode(200)
                .body("person", is(other));
    }

    @Test
    void believesNothingThatIsNotSigned() {
        String body = leaver(tag);
        long time = now();

        refused(bearer(HrSystems.WORKDAY).body(body.getBytes(StandardCharsets.UTF_8)), "signs what it says");
        refused(
                signed(HrSystems.WORKDAY, HrSystems.BAMBOO_KEY, time, body),
                "is not the signature of this timestamp, a dot and this body");
        refused(
                bearer(HrSystems.WORKDAY)
                        .header("Rolewright-Timestamp", time)
                        .header("Rolewright-Signature", signature(HrSystems.WORKDAY_KEY, time, body))
                        .body(body.replace("leaver", "rehire").getBytes(StandardCharsets.UTF_8)),
                "is not the signature");
        refused(
                bearer(HrSystems.WORKDAY)
                        .header("Rolewright-Timestamp", time + 1)
                        .header("Rolewright-Signature", signature(HrSystems.WORKDAY_KEY, time, body))
                        .body(body.getBytes(StandardCharsets.UTF_8)),
                "is not the signature");
        refused(
                bearer(HrSystems.WORKDAY)
                        .header("Rolewright-Timestamp", "yesterday")
                        .header("Rolewright-Signature", signature(HrSystems.WORKDAY_KEY, time, body))
                        .body(body.getBytes(StandardCharsets.UTF_8)),
                "seconds since 1970");

        bearer(HrSystems.WORKDAY).get(EVENTS + "/" + tag).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(longs = {-400, 400})
    void believesNothingThatWasNotSignedLately(long off) {
        refused(
                signed(HrSystems.WORKDAY, HrSystems.WORKDAY_KEY, now() + off, leaver(tag)),
                "more than 300 s away from the time here");
    }

    @Test
    void takesASignedRequestOnce() {
        long time = now();
        RequestSpecification request = signed(HrSystems.WORKDAY, HrSystems.WORKDAY_KEY, time, leaver(tag));
        request.post(EVENTS).then().statusCode(202);

        refused(signed(HrSystems.WORKDAY, HrSystems.WORKDAY_KEY, time, leaver(tag)), "was used before");

        signed(HrSystems.WORKDAY, HrSystems.WORKDAY_KEY, time - 1, leaver(tag))
                .post(EVENTS)
                .then()
                .statusCode(202);
    }

    private static void refused(RequestSpecification request, String why) {
        ValidatableResponse answer = request.post(EVENTS).then();
        answer.statusCode(401).contentType("application/problem+json").body("detail", containsString(why));
    }

    @Test
    void secretsInFilesAreRotatedWithoutAGap() {
        String next = "the-next-token-of-bamboo-0123456789-abc";
        String nextKey = "the-next-key-of-bamboo-0123456789-abcde";

        HrSystems.write("token", List.of(HrSystems.BAMBOO, next));
        HrSystems.write("key", List.of(HrSystems.BAMBOO_KEY, nextKey));
        signed(HrSystems.BAMBOO, HrSystems.BAMBOO_KEY, now(), leaver(tag + 1))
                .post(EVENTS)
                .then()
                .statusCode(202);
        signed(next, nextKey, now(), leaver(tag + 2)).post(EVENTS).then().statusCode(202);

        HrSystems.write("token", List.of(next));
        HrSystems.write("key", List.of(nextKey));
        signed(HrSystems.BAMBOO, nextKey, now(), leaver(tag + 3))
                .post(EVENTS)
                .then()
                .statusCode(401);
        refused(signed(next, HrSystems.BAMBOO_KEY, now(), leaver(tag + 3)), "is not the signature");
    }

    @Test
    void eachDoorHasItsOwnKeys() {
        for (String token : List.of(TestTokens.ADMIN, TestTokens.SCIM, "nonsense")) {
            bearer(token).body(leaver(tag)).post(EVENTS).then().statusCode(401).contentType("application/problem+json");
        }
        given().contentType("application/json")
                .body(leaver(tag))
                .post(EVENTS)
                .then()
                .statusCode(401);
        bearer(HrSystems.PLAIN).get("/api/audit").then().statusCode(401);
        bearer(HrSystems.PLAIN).get("/scim/v2/Users").then().statusCode(401);
    }

    @Test
    void readsNoFurtherThanTheCap() {
        plain(" ".repeat(70_000)).then().statusCode(413).body("detail", containsString("65536 bytes"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                                                              | must be a JSON object
            {                                                                               | not sound JSON
            {"kind": "leaver", "person": {"email": "a"}, "lastDay": "2026-03-31"}           | needs the member id
            {"id": "a b", "kind": "leaver", "person": {"email": "a"}, "lastDay": "2026-03-31"} | id must be 1 to 200
            {"id": "a", "kind": "fired", "person": {"email": "a"}, "lastDay": "2026-03-31"} | leaver, rehire, leave or return
            {"id": "a", "kind": "leaver", "lastDay": "2026-03-31"}                          | needs the member person
            {"id": "a", "kind": "leaver", "person": {}, "lastDay": "2026-03-31"}            | exactly one member
            {"id": "a", "kind": "leaver", "person": {"email": "a", "userName": "a"}, "lastDay": "2026-03-31"} | exactly one member
            {"id": "a", "kind": "leaver", "person": {"name": "a"}, "lastDay": "2026-03-31"} | may have these members only
            {"id": "a", "kind": "leaver", "person": {"email": 7}, "lastDay": "2026-03-31"}  | person.email must be a string
            {"id": "a", "kind": "leaver", "person": {"email": " "}, "lastDay": "2026-03-31"} | nothing that a person can be called
            {"id": "a", "kind": "leaver", "person": {"id": "7"}, "lastDay": "2026-03-31"}   | nothing that a person can be called
            {"id": "a", "kind": "leaver", "person": {"email": "a\\u0000"}, "lastDay": "2026-03-31"} | nothing that a person can be called
            {"id": "a", "kind": "leaver", "person": {"email": "a"}}                         | exactly one of lastDay and at
            {"id": "a", "kind": "leaver", "person": {"email": "a"}, "firstDay": "2026-03-31"} | exactly one of lastDay and at
            {"id": "a", "kind": "rehire", "person": {"email": "a"}, "lastDay": "2026-03-31"} | exactly one of firstDay and at
            {"id": "a", "kind": "leaver", "person": {"email": "a"}, "lastDay": "2026-02-30"} | lastDay must be a day
            {"id": "a", "kind": "leaver", "person": {"email": "a"}, "lastDay": "+999999999-12-31"} | lastDay must be a day
            {"id": "a", "kind": "leaver", "person": {"email": "a"}, "at": "2026-02-28T10:00:00"} | with an offset
            {"id": "a", "kind": "leaver", "person": {"email": "a"}, "at": "2026-02-28T10:00:00Z", "timeZone": "UTC"} | timeZone is for days
            {"id": "a", "kind": "leaver", "person": {"email": "a"}, "lastDay": "2026-03-31", "timeZone": "Mars/Olympus"} | timeZone is not known
            {"id": "a", "kind": "leaver", "person": {"email": "a"}, "lastDay": "2026-03-31", "timeZone": "!"} | name of a time zone
            {"id": "a", "kind": "leaver", "person": {"email": "a"}, "lastDay": "2026-03-31", "why": "x"} | may have these members only
            """)
    void saysWhatCannotBeUnderstood(String body, String why) {
        plain(body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(why));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            leaver | "lastDay": "2026-03-31"                                | 2026-03-31T22:00:00Z
            leaver | "lastDay": "2026-03-31", "timeZone": "Asia/Tokyo"      | 2026-03-31T15:00:00Z
            leaver | "at": "2026-03-31T17:00:00+02:00"                      | 2026-03-31T15:00:00Z
            rehire | "firstDay": "2026-04-01"                               | 2026-03-31T22:00:00Z
            leave  | "firstDay": "2026-04-01"                               | 2026-03-31T22:00:00Z
            return | "firstDay": "2026-05-01"                               | 2026-04-30T22:00:00Z
            return | "lastDay": "2026-04-30"                                | 2026-04-30T22:00:00Z
            """)
    void understandsEveryKind(String kind, String when, String effective) {
        plain("""
                {"id": "%s", "kind": "%s", "person": {"employeeNumber": "%s"}, %s}""".formatted(UUID.randomUUID(), kind, tag, when))
                .then()
                .statusCode(202)
                .body("kind", is(kind))
                .body("effective", is(effective));
    }
}
