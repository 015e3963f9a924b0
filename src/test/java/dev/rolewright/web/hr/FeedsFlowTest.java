package dev.rolewright.web.hr;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.rolewright.credential.Hmac;
import dev.rolewright.credential.Secret;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.store.Store;
import dev.rolewright.web.auth.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Many rows at once, from an HR system that means well, from one that went wrong, and from somebody else.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(HrSystems.class)
@Timeout(120)
class FeedsFlowTest {

    private static final String FEEDS = "/hr/v1/feeds";
    private static final String CSV = "text/csv";
    private static final String LINES = "application/x-ndjson";

    @Inject
    Store store;

    private final String tag = UUID.randomUUID().toString().substring(0, 8);

    /// People of earlier tests take part in what is a large share of everybody, so nobody stays.
    @AfterEach
    void everybodyLeaves() {
        store.run("DELETE FROM resource WHERE search ->> 'userName' LIKE ?", "%" + tag + "@feeds.example");
        store.run("UPDATE hr_feed SET received = received - interval '2 hours'");
    }

    private static RequestSpecification as(String token, String type) {
        return given().config(RestAssured.config()
                        .encoderConfig(RestAssured.config()
                                .getEncoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .header("Authorization", "Bearer " + token)
                .contentType(type);
    }

    private static Response plain(String type, String body) {
        return as(HrSystems.PLAIN, type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(FEEDS);
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestTokens.ADMIN).contentType("application/json");
    }

    private static Response decide(long feed, String what, String digest) {
        return admin().body("{\"digest\": \"%s\", \"reason\": \"It is meant.\"}".formatted(digest))
                .post("/api/feeds/" + feed + "/" + what);
    }

    /// Makes people with the employee numbers `tag-0`, `tag-1`, …
    private void hire(int number) {
        store.run("""
                INSERT INTO resource (id, source_id, type, version, created, last_modified, document, search)
                SELECT gen_random_uuid(), (SELECT min(id) FROM source), 'User', 1, now(), now(), d, d
                FROM generate_series(0, ? - 1) n CROSS JOIN LATERAL (SELECT jsonb_build_object(
                    'userName', n || ? || '@feeds.example',
                    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
                    jsonb_build_object('employeeNumber', ? || '-' || n)) AS d) d""", number, tag, tag);
    }

    private String leavers(int from, int to) {
        StringBuilder text = new StringBuilder("kind,employeeNumber,lastDay\r\n");
        IntStream.range(from, to).forEach(number -> text.append("leaver,%s-%d,2026-03-31\r\n".formatted(tag, number)));
        return text.toString();
    }

    private long active() {
        return store.first(
                        "SELECT count(*) FROM resource WHERE type = 'User'"
                                + " AND coalesce((document -> 'active')::boolean, true)",
                        row -> row.getLong(1))
                .orElseThrow();
    }

    private long fenced() {
        return count("""
                SELECT count(*) FROM fence f JOIN resource r ON r.id = f.person
                WHERE r.search ->> 'userName' LIKE ?""");
    }

    private long facts() {
        return count("SELECT count(*) FROM hr_fact f JOIN hr_subject s ON s.id = f.subject WHERE s.value LIKE ?");
    }

    private long count(String sql) {
        return store.first(sql, row -> row.getLong(1), "%" + tag + "%").orElseThrow();
    }

    @Test
    void takesEachRowAsAnEvent() {
        hire(3);

        ValidatableResponse answer = plain(CSV, leavers(0, 4))
                .then()
                .statusCode(200)
                .body("state", is("APPLIED"))
                .body("rows.total", is(4))
                .body("rows.applied", is(3))
                .body("rows.waiting", is(1))
                .body("stops", is(3))
                .body("why", empty())
                .body("problems", empty());

        assertThat(fenced()).isEqualTo(3);
        assertThat(facts()).isEqualTo(4);
        long feed = answer.extract().jsonPath().getLong("id");
        String event = as(HrSystems.PLAIN, CSV)
                .get(FEEDS + "/" + feed + "/rows?outcome=applied&limit=1")
                .then()
                .statusCode(200)
                .body("items.line", contains(2))
                .body("next", is(2))
                .extract()
                .path("items[0].event");
        as(HrSystems.PLAIN, CSV)
                .get("/hr/v1/events/" + event)
                .then()
                .statusCode(200)
                .body("state", is("APPLIED"))
                .body("effective", is("2026-03-31T22:00:00Z"));
        as(HrSystems.PLAIN, CSV)
                .get(FEEDS + "/" + feed + "/rows?after=4")
                .then()
                .body("items.line", contains(5))
                .body("items.outcome", contains("WAITING"))
                .body("next", nullValue());
        admin().get("/api/audit?subject=plain/" + feed)
                .then()
                .body("items.action", contains("feed.applied"))
                .body("items.actor", contains("hr:plain"));
    }

    @Test
    void theSameRowsAgainChangeNothingWhateverTheFeedIs() {
        hire(3);
        plain(CSV, leavers(0, 3)).then().statusCode(200);
        long audited = count("SELECT count(*) FROM audit_event WHERE ? <> '' AND action LIKE 'hr.%'");

        plain(CSV, leavers(0, 3))
                .then()
                .statusCode(200)
                .body("rows.known", is(3))
                .body("stops", is(0));
        plain(LINES, """
                {"kind": "leaver", "person": {"employeeNumber": "%s-1"}, "lastDay": "2026-03-31"}
                """.formatted(tag)).then().statusCode(200).body("rows.known", is(1));
        plain(CSV, leavers(1, 3) + "\r\n")
                .then()
                .statusCode(200)
                .body("rows.known", is(2))
                .body("rows.total", is(2));

        assertThat(facts()).isEqualTo(3);
        assertThat(count("SELECT count(*) FROM audit_event WHERE ? <> '' AND action LIKE 'hr.%'"))
                .isEqualTo(audited);
    }

    @Test
    void aRowThatIsWrongStopsNoOther() {
        hire(2);
        String body = """
                id,kind,employeeNumber,email,lastDay,firstDay,at,timeZone
                %1$s/1,leaver,%1$s-0,,2026-03-31,,,
                %1$s/2,fired,%1$s-0,,2026-03-31,,,
                %1$s/3,leaver,"%1$s-0,,2026-03-31,,,
                %1$s/4,leaver,,,2026-03-31,,,
                %1$s/5,leaver,%1$s-0
                %1$s/1,leaver,%1$s-1,,2026-03-31,,,
                %1$s/1,leaver,%1$s-0,,2026-03-31,,,
                %1$s/6,leaver,%1$s-0,x@y,2026-03-31,,,
                %1$s/7,leaver,%1$s-\0,,2026-03-31,,,

                %1$s/8,leave,%1$s-1,,,2026-04-01,,Europe/Lisbon
                """.formatted(tag);

        long feed = plain(CSV, body)
                .then()
                .statusCode(200)
                .body("rows.applied", is(2))
                .body("rows.known", is(1))
                .body("rows.refused", is(7))
                .body("problems.line", contains(3, 4, 5, 6, 7, 9, 10))
                .body("problems[0].detail", is("kind must be leaver, rehire, leave or return."))
                .body("problems[1].detail", containsString("quote"))
                .body("problems[2].detail", containsString("person"))
                .body("problems[3].detail", is("The row has 3 fields and the first one 8."))
                .body("problems[4].detail", is("Another event has this id already."))
                .body("problems[5].detail", is("person must have exactly one member."))
                .body("problems[6].detail", containsString("nothing that a person can be called"))
                .extract()
                .jsonPath()
                .getLong("id");

        assertThat(fenced()).isEqualTo(2);
        as(HrSystems.PLAIN, CSV)
                .get(FEEDS + "/" + feed + "/rows?outcome=refused&limit=1000")
                .then()
                .body("items.size()", is(7));
    }

    @Test
    void aRehearsalTellsTheSameAndKeepsNothing() {
        hire(2);
        String body = "\uFEFF" + leavers(0, 3) + leavers(1, 2).lines().toList().getLast() + "\r\nleaver,,\r\n";

        long feed = as(HrSystems.PLAIN, CSV)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(FEEDS + "?dryRun=true")
                .then()
                .statusCode(200)
                .body("state", is("REHEARSED"))
                .body("rows.applied", is(2))
                .body("rows.waiting", is(1))
                .body("rows.known", is(1))
                .body("rows.refused", is(1))
                .body("stops", is(2))
                .body("problems.line", contains(6))
                .extract()
                .jsonPath()
                .getLong("id");
        assertThat(facts()).isZero();
        as(HrSystems.PLAIN, CSV).get(FEEDS + "/" + feed + "/rows").then().body("items.size()", is(5));

        plain(CSV, body)
                .then()
                .statusCode(200)
                .body("state", is("APPLIED"))
                .body("rows.applied", is(2))
                .body("rows.waiting", is(1))
                .body("rows.known", is(1))
                .body("rows.refused", is(1));
    }

    @Test
    void halfTheCompanyWaitsForAHumanWhoLetsItGo() {
        int half = (int) active() + 10;
        hire(2 * half);
        String body = leavers(0, half);

        long feed = plain(CSV, body)
                .then()
                .statusCode(202)
                .body("state", is("HELD"))
                .body("stops", is(half))
                .body("rows.applied", is(half))
                .body("why[0]", startsWith("would stop "))
                .extract()
                .jsonPath()
                .getLong("id");
        assertThat(facts()).isZero();
        assertThat(fenced()).isZero();

        // The night after it comes again, is the same, and is still to be decided about.
        plain(CSV, body).then().statusCode(202).body("id", is((int) feed));
        admin().get("/api/feeds?held=true").then().body("items.id", hasItem((int) feed));
        given().get("/q/metrics")
                .then()
                .body(containsString("hr_feeds_held "), not(containsString("hr_feeds_held 0.0")));
        String digest = admin().get("/api/feeds/" + feed)
                .then()
                .statusCode(200)
                .extract()
                .path("digest");
        decide(feed, "release", "another").then().statusCode(409).body("detail", containsString("another digest"));
        assertThat(facts()).isZero();

        decide(feed, "release", digest)
                .then()
                .statusCode(200)
                .body("state", is("APPLIED"))
                .body("by", notNullValue())
                .body("reason", is("It is meant."))
                .body("rows.applied", is(half));

        assertThat(fenced()).isEqualTo(half);
        decide(feed, "refuse", digest).then().statusCode(409).body("detail", containsString("is applied"));
        admin().get("/api/feeds?held=true").then().body("items.id", not(hasItem((int) feed)));
        admin().get("/api/audit?subject=plain/" + feed)
                .then()
                .body("items.action", contains("feed.applied", "feed.released", "feed.held"));
    }

    @Test
    void halfTheCompanyIsRefusedAndNotAskedForAgain() {
        int half = (int) active() + 10;
        hire(half);
        String body = leavers(0, half);
        long feed = plain(CSV, body).then().statusCode(202).extract().jsonPath().getLong("id");
        String digest = admin().get("/api/feeds/" + feed).then().extract().path("digest");

        decide(feed, "refuse", digest).then().statusCode(200).body("state", is("REFUSED"));

        plain(CSV, body).then().statusCode(409).body("id", is((int) feed)).body("reason", is("It is meant."));
        assertThat(facts()).isZero();
        decide(feed, "release", digest).then().statusCode(409).body("detail", containsString("is refused"));

        // A single one of them may leave all the same.
        plain(CSV, leavers(0, 1)).then().statusCode(200).body("rows.applied", is(1));
        assertThat(fenced()).isEqualTo(1);
    }

    @Test
    void manySmallFeedsAddUp() {
        int few = 10 + (int) active() / 5;
        hire(6 * few);

        plain(CSV, leavers(0, few)).then().statusCode(200);

        plain(CSV, leavers(few, 2 * few))
                .then()
                .statusCode(202)
                .body("state", is("HELD"))
                .body("why[0]", containsString("after " + few + " a short while ago"));
        assertThat(fenced()).isEqualTo(few);
    }

    @Test
    void whoIsFencedOrInactiveAlreadyIsNotStoppedAgain() {
        int many = (int) active() + 10;
        hire(many);
        store.run(
                "UPDATE resource SET document = document || '{\"active\": false}' WHERE search ->> 'userName' LIKE ?",
                "%" + tag + "@feeds.example");

        plain(CSV, leavers(0, many)).then().statusCode(200).body("stops", is(0));

        assertThat(fenced()).isEqualTo(many);
    }

    @Test
    void theSameFeedTwiceAtOnceIsTakenOnce() throws Exception {
        hire(5);
        String body = leavers(0, 2_500);
        List<Callable<Response>> calls = Collections.nCopies(2, () -> plain(CSV, body));

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(calls)) {
                answer.get().then().statusCode(200).body("state", is("APPLIED"));
            }
        }

        assertThat(facts()).isEqualTo(2_500);
        assertThat(fenced()).isEqualTo(5);
        assertThat(count("SELECT count(*) FROM audit_event WHERE action = 'hr.applied' AND subject_id IN"
                        + " (SELECT id::text FROM resource WHERE search ->> 'userName' LIKE ?)"))
                .isEqualTo(5);
    }

    @Test
    void namesTheCandidatesOfEachRow() {
        hire(2);
        store.run(
                "UPDATE resource SET search = jsonb_set(search,"
                        + " '{urn:ietf:params:scim:schemas:extension:enterprise:2.0:User,employeeNumber}', to_jsonb(?))"
                        + " WHERE search ->> 'userName' LIKE ?",
                tag + "-0",
                "%" + tag + "@feeds.example");

        plain(CSV, leavers(0, 2))
                .then()
                .statusCode(200)
                .body("rows.ambiguous", is(1))
                .body("rows.waiting", is(1))
                .body("problems[0].detail", containsString("It is not clear who is meant"));

        assertThat(facts()).isEqualTo(1);
    }

    private static String signature(long time, byte[] body) {
        Hmac hmac = Hmac.of(Secret.of(HrSystems.WORKDAY_KEY), (time + ".").getBytes(StandardCharsets.US_ASCII), body);
        return "sha256=" + HexFormat.of().formatHex(hmac.bytes());
    }

    @Test
    void believesAMillionRowsOnlyWhenTheyAreSigned() {
        hire(1);
        byte[] body = (leavers(0, 1) + "leaver,x,2026\n".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8);
        long time = Instant.now().getEpochSecond();
        byte[] other = body.clone();
        other[other.length - 2] = '7';

        as(HrSystems.WORKDAY, CSV)
                .header("Rolewright-Timestamp", time)
                .header("Rolewright-Signature", signature(time, other))
                .body(body)
                .post(FEEDS)
                .then()
                .statusCode(401)
                .body("detail", containsString("is not the signature"));

        assertThat(facts()).isZero();
        as(HrSystems.WORKDAY, CSV)
                .header("Rolewright-Timestamp", time)
                .header("Rolewright-Signature", signature(time, body))
                .body(body)
                .post(FEEDS)
                .then()
                .statusCode(413)
                .body("detail", is("The feed has more than 250000 rows."));
        assertThat(facts()).isZero();
        assertThat(count("SELECT count(*) FROM hr_feed WHERE ? <> '' AND state = 'arriving'"))
                .isZero();
        byte[] few = leavers(0, 1).getBytes(StandardCharsets.UTF_8);
        RequestSpecification signed = as(HrSystems.WORKDAY, CSV)
                .header("Rolewright-Timestamp", time)
                .header("Rolewright-Signature", signature(time, few))
                .body(few);
        signed.post(FEEDS).then().statusCode(200);
        signed.post(FEEDS).then().statusCode(401).body("detail", containsString("was used before"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-400, 400})
    void hearsNothingOfWhatIsSignedAtAnotherTime(int off) {
        byte[] body = leavers(0, 1).getBytes(StandardCharsets.UTF_8);
        long time = Instant.now().getEpochSecond() + off;

        as(HrSystems.WORKDAY, CSV)
                .header("Rolewright-Timestamp", time)
                .header("Rolewright-Signature", signature(time, body))
                .body(body)
                .post(FEEDS)
                .then()
                .statusCode(401)
                .body("detail", containsString("away from the time here"));
    }

    @Test
    void ofAConnectionThatIsCutNothingIsKept() throws Exception {
        hire(1);
        byte[] rows = leavers(0, 1).getBytes(StandardCharsets.UTF_8);
        long before = count("SELECT count(*) FROM hr_feed WHERE ? <> ''");
        try (Socket line = new Socket("127.0.0.1", RestAssured.port)) {
            line.getOutputStream()
                    .write(("POST " + FEEDS + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + HrSystems.PLAIN
                                    + "\r\nContent-Type: text/csv\r\nContent-Length: 1000000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            line.getOutputStream().write(rows);
            line.getOutputStream().flush();
        }

        // The place it took is free again, or these could not all be read.
        for (int i = 0; i < 4; i++) {
            plain(CSV, leavers(1, 2)).then().statusCode(200);
        }
        assertThat(fenced()).isZero();
        assertThat(count("SELECT count(*) FROM hr_feed WHERE ? <> ''")).isEqualTo(before + 4);
    }

    @Test
    void noFileIsLeftBehind() throws IOException {
        plain(CSV, leavers(0, 1)).then().statusCode(200);

        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .noneMatch(it -> it.startsWith("rolewright-feed"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            text/csv                      | ``                                    | 400 | The first row must name the columns
            text/csv                      | kind,email,email                      | 400 | Two columns have the same name
            text/csv                      | kind,salary                           | 400 | There may be these columns only: id, kind,
            text/csv                      | "kind                                 | 400 | A quote that is opened is not closed.
            text/csv;charset=iso-8859-1   | kind,email,lastDay                    | 415 | UTF-8
            application/json              | []                                    | 415 | mapping.rows
            text/plain                    | kind                                  | 415 | Content-Type
            """)
    void saysWhyAFeedCannotBeRead(String type, String body, int status, String why) {
        plain(type, body)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("detail", containsString(why));
    }

    @Test
    void readsJsonLines() {
        hire(2);
        String sound = "{\"id\": \"%1$s\", \"kind\": \"leaver\", \"person\": {\"employeeNumber\": \"%1$s-0\"},"
                + " \"lastDay\": \"2026-03-31\"}";
        String body =
                "\uFEFF" + sound.formatted(tag) + "\r\n\n{\n[]\n" + "x".repeat(70_000) + "\n\u0000\n{\"kind\": 1}\n"
                        + sound.formatted(tag).replace(tag + "-0", tag + "-1").replace(tag + "\",", tag + "/2\",");

        plain(LINES, body)
                .then()
                .statusCode(200)
                .body("rows.applied", is(2))
                .body("rows.refused", is(5))
                .body("problems.line", contains(3, 4, 5, 6, 7))
                .body("problems[0].detail", containsString("not a sound JSON object"))
                .body("problems[2].detail", is("The row has more than 65536 bytes."))
                .body("problems[4].detail", is("The member kind must be a string."));
    }

    @Test
    void eachSenderSeesItsOwn() {
        long feed = plain(CSV, leavers(0, 1)).then().extract().jsonPath().getLong("id");

        as(HrSystems.WORKDAY, CSV).get(FEEDS + "/" + feed).then().statusCode(404);
        as(HrSystems.WORKDAY, CSV).get(FEEDS + "/" + feed + "/rows").then().statusCode(404);
        as(HrSystems.PLAIN, CSV).get(FEEDS + "/x").then().statusCode(404);
        as(HrSystems.PLAIN, CSV)
                .get(FEEDS + "/" + feed + "/rows?outcome=lost")
                .then()
                .statusCode(400);
        admin().get("/api/feeds/0").then().statusCode(404);
        decide(0, "release", "x").then().statusCode(404);
        as(HrSystems.PLAIN, CSV).get(FEEDS + "/" + feed).then().statusCode(200).body("received", notNullValue());
        admin().get("/api/feeds/" + feed + "/rows").then().statusCode(200).body("items.size()", is(1));
        admin().get("/api/feeds?limit=1").then().body("items.size()", is(1)).body("next", greaterThanOrEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource({"workday," + HrSystems.REPORT + ",4,1", "bamboohr," + HrSystems.BAMBOOHR + ",2,1"})
    void readsFormsOfOtherSystems(String system, String token, int said, int silent) throws IOException {
        byte[] body = Files.readAllBytes(Path.of("src/test/resources/hr", system, "report.json"));

        as(token, "application/json")
                .body(body)
                .post(FEEDS)
                .then()
                .statusCode(200)
                .body("state", is("APPLIED"))
                .body("rows.silent", is(silent))
                .body("rows.total", is(said + silent))
                .body("rows.refused", is(0));
        as(token, "application/json")
                .body("{\"Report_Entry\": [{}], \"employees\": [{}]}")
                .post("/hr/v1/events")
                .then()
                .statusCode(400)
                .body("detail", containsString("There is nothing at /"));
        as(token, "application/json")
                .body("{\"Report_Entry\": 1, \"employees\": 1}")
                .post(FEEDS)
                .then()
                .statusCode(400)
                .body("detail", containsString("There is no array at /"));
    }

    @Test
    void readsAnEventInAForeignForm() {
        as(HrSystems.BAMBOOHR, "application/json")
                .body("""
                        {"employees": [{"fields": {"workEmail": "%s@example.org", "employmentHistoryStatus": "Terminated",
                          "terminationDate": "2026-03-31"}}]}""".formatted(tag))
                .post("/hr/v1/events")
                .then()
                .statusCode(202)
                .body("kind", is("leaver"))
                .body("id", containsString("derived:"));
        as(HrSystems.BAMBOOHR, "application/json")
                .body("""
                        {"employees": [{"fields": {"workEmail": "%s@example.org", "employmentHistoryStatus": "Part-Time"}}]}""".formatted(tag))
                .post("/hr/v1/events")
                .then()
                .statusCode(204);
        as(HrSystems.BAMBOOHR, CSV)
                .body("Mail,Status\n")
                .post(FEEDS)
                .then()
                .statusCode(200)
                .body("rows.total", is(0));
    }
}
