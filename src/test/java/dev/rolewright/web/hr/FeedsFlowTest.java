package dev.rolewright.web.hr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Many rows at once, from an HR system that means well.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(HrSystems.class)
@Timeout(600)
class FeedsFlowTest extends FeedRig {

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
                .get(FEEDS + "/" + feed + "/rows?outcome=APPLIED&limit=1")
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
    void aNameThatWasUsedIsKnownInTheRowsThatAreWeighedMeanwhile() {
        hire(1);
        StringBuilder rows = new StringBuilder("id,kind,employeeNumber,lastDay\n");
        for (int number = 0; number < 2_000; number++) {
            rows.append("%1$s-e%2$d,leaver,%1$s-%2$d,2026-03-31\n".formatted(tag, number));
        }
        rows.append("%1$s-e0,leaver,%1$s-0,2026-03-31\n".formatted(tag));
        rows.append("%1$s-e1,leaver,%1$s-other,2026-03-31\n".formatted(tag));

        plain(CSV, rows.toString())
                .then()
                .statusCode(200)
                .body("rows.applied", is(1))
                .body("rows.waiting", is(1_999))
                .body("rows.known", is(1))
                .body("rows.refused", is(1));

        assertThat(facts()).isEqualTo(2_000);
        assertThat(count("SELECT count(*) FROM hr_subject WHERE value LIKE ?")).isEqualTo(2_000);
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
                .get(FEEDS + "/" + feed + "/rows?outcome=REFUSED&limit=1000")
                .then()
                .body("items.size()", is(7));
    }

    @Test
    void aRehearsalThatIsAskedForInOtherWordsIsNotDoneInEarnest() {
        hire(1);

        as(HrSystems.PLAIN, CSV)
                .body(leavers(0, 1).getBytes(StandardCharsets.UTF_8))
                .post(FEEDS + "?dryrun=true")
                .then()
                .statusCode(400)
                .body("detail", is("This address takes these parameters only: dryRun."));

        assertThat(facts()).isZero();
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
                .statusCode(400)
                .contentType("application/problem+json")
                .header("Cache-Control", "no-store")
                .body("detail", startsWith("outcome must be one of APPLIED, WAITING, "));
        as(HrSystems.PLAIN, CSV)
                .post(FEEDS + "?dryRun=maybe")
                .then()
                .statusCode(400)
                .body("detail", startsWith("dryRun"));
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
