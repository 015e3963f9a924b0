package dev.rolewright.web.hr;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.ops.TestPostgres;
import dev.rolewright.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whoever watches sees that an HR system is refused, or is not heard at all.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(HrSystems.class)
class AnswersFlowTest {

    private static final String EVENTS = "/hr/v1/events";
    private static final String JSON = "application/json";
    private static final String FEEDS = "/hr/v1/feeds";

    @Inject
    MeterRegistry meters;

    @Inject
    Store store;

    private final String id = UUID.randomUUID().toString();

    private double requests(String sender, String outcome) {
        return meters.get("hr_requests")
                .tags("sender", sender, "outcome", outcome)
                .counter()
                .count();
    }

    private static RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token).contentType(JSON);
    }

    private String event(String kind) {
        return """
                {"id": "%1$s", "kind": "%2$s", "person": {"userName": "%1$s"}, "at": "2026-01-01T00:00:00Z"}""".formatted(id, kind);
    }

    private RequestSpecification workday(String key, String type, String body) {
        long now = Instant.now().getEpochSecond();
        return FeedRig.as(HrSystems.WORKDAY, type)
                .header("Rolewright-Timestamp", now)
                .header("Rolewright-Signature", Signature.of(key, now, body.getBytes(StandardCharsets.UTF_8)))
                .body(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aKeyThatWasChangedOnOneSideOnlyIsSeen() {
        double before = requests("workday", "not_signed");

        workday("another-key-of-workday-0123456789-abcdefg", JSON, event("leaver"))
                .post(EVENTS)
                .then()
                .statusCode(401);

        assertThat(requests("workday", "not_signed")).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "/hr/v1/events, application/json, {, 400",
        "/hr/v1/events, text/plain, {}, 415",
        "/hr/v1/feeds, text/plain, kind, 415",
        "/hr/v1/feeds, text/csv, person, 400"
    })
    void aFormThatWasChangedIsSeen(String path, String type, String body, int status) {
        double before = requests("plain", "broken");

        FeedRig.as(HrSystems.PLAIN, type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(path)
                .then()
                .statusCode(status);

        assertThat(requests("plain", "broken")).isEqualTo(before + 1);
    }

    @Test
    void anIdThatIsUsedTwiceIsSeen() {
        double before = requests("plain", "conflict");
        double taken = requests("plain", "taken");
        bearer(HrSystems.PLAIN).body(event("leaver")).post(EVENTS).then().statusCode(202);

        bearer(HrSystems.PLAIN).body(event("rehire")).post(EVENTS).then().statusCode(409);

        assertThat(requests("plain", "conflict")).isEqualTo(before + 1);
        assertThat(requests("plain", "taken")).isEqualTo(taken + 1);
    }

    @Test
    void nobodyIsCountedByANameOfTheirOwn() {
        bearer("a-token-of-nobody-0123456789-abcdefghij")
                .body(event("leaver"))
                .post(EVENTS)
                .then()
                .statusCode(401);
        bearer(HrSystems.PLAIN).get(EVENTS + "/none").then().statusCode(404); // asks, and says nothing

        assertThat(meters.get("hr_requests").counters())
                .extracting(counter -> counter.getId().getTag("sender"))
                .containsOnly("workday", "bamboo", "plain", "workday-report", "bamboohr");
        assertThat(meters.get("door_refusals")
                        .tags("door", "hr", "reason", "not_accepted")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void whatIsAlertedOnIsThereBeforeItHappens() {
        assertThat(requests("bamboohr", "failed")).isZero();
        assertThat(meters.get("hr_feed_rows")
                        .tags("sender", "bamboohr", "outcome", "refused")
                        .counter()
                        .count())
                .isZero();
    }

    @Test
    void whoIsNotHeardInTimeIsOverdueUntilSomethingIsTaken() {
        store.run("DELETE FROM hr_sender WHERE sender = 'workday'");
        assertThat(overdue()).isZero(); // as long as nobody has waited
        store.run("UPDATE hr_sender SET heard = now() - interval '25 hours' WHERE sender = 'workday'");
        assertThat(overdue()).isBetween(3_599.0, 3_700.0);

        workday("another-key-of-workday-0123456789-abcdefg", JSON, event("leaver"))
                .post(EVENTS);
        String feed = "kind,userName,at\n";
        workday(HrSystems.WORKDAY_KEY, FeedRig.CSV, feed)
                .post(FEEDS + "?dryRun=true")
                .then()
                .statusCode(200);
        assertThat(overdue()).isPositive();

        workday(HrSystems.WORKDAY_KEY, FeedRig.CSV, "kind,at,userName\n")
                .post(FEEDS + "?dryRun=false")
                .then()
                .statusCode(200);
        assertThat(overdue()).isZero();
    }

    @Test
    void whoTriesAFormOutPagesNobody() {
        double broken = requests("plain", "broken");
        double taken = requests("plain", "taken");

        FeedRig.as(HrSystems.PLAIN, FeedRig.CSV)
                .body("person")
                .post(FEEDS + "?dryRun=true")
                .then()
                .statusCode(400);
        FeedRig.as(HrSystems.PLAIN, FeedRig.CSV)
                .body("kind,userName,at\n")
                .post(FEEDS + "?dryRun=true")
                .then()
                .statusCode(200);

        assertThat(requests("plain", "broken")).isEqualTo(broken);
        assertThat(requests("plain", "taken")).isEqualTo(taken);
    }

    private double overdue() {
        return meters.get("hr_overdue").tag("sender", "workday").timeGauge().value(TimeUnit.SECONDS);
    }
}
