package dev.rolewright.web.hr;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.rolewright.ops.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A feed that would stop very many people at once, from an HR system that went wrong.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(HrSystems.class)
@Timeout(600)
class FeedBrakeFlowTest extends FeedRig {

    @Inject
    MeterRegistry meters;

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
    void whoeverLetsAFeedGoIsShownWhatItHasBecomeMeanwhile() {
        int many = (int) active() + 10;
        hire(many);
        String body = leavers(0, 3 * many);
        JsonPath held = plain(CSV, body)
                .then()
                .statusCode(202)
                .body("stops", is(many))
                .body("rows.waiting", is(2 * many))
                .extract()
                .jsonPath();
        long feed = held.getLong("id");
        hire(many, 3 * many); // the identity provider pushes the others

        decide(feed, "release", held.getString("digest"))
                .then()
                .statusCode(409)
                .body(
                        "detail",
                        startsWith("By now feed " + feed + " would stop " + of(3 * many, active()) + " active people"));

        decide(feed, "release", held.getString("digest")).then().statusCode(409); // who only asks again has not looked
        assertThat(facts()).isZero();
        JsonPath anew = plain(CSV, body)
                .then()
                .statusCode(202)
                .body("id", is((int) feed))
                .body("stops", is(3 * many))
                .body("rows.applied", is(3 * many))
                .extract()
                .jsonPath();
        decide(feed, "release", anew.getString("digest"))
                .then()
                .statusCode(200)
                .body("state", is("APPLIED"))
                .body("stops", is(3 * many));
        assertThat(fenced()).isEqualTo(3L * many);
    }

    @Test
    void whoGoesDoesNotWaitForThoseWhoNeverCome() {
        hire(1);
        int many = (int) active() + 10;

        plain(CSV, leavers(0, many))
                .then()
                .statusCode(200)
                .body("state", is("APPLIED"))
                .body("stops", is(1))
                .body("rows.waiting", is(many - 1)); // that is told, and not held
        assertThat(fenced()).isEqualTo(1);

        hire(many, many + 1);
        plain(CSV, leavers(many, many + 1)).then().statusCode(200).body("stops", is(1)); // nor do they add up
    }

    @Test
    void asManyOthersAreNotWhoWasShown() {
        int many = (int) active() + 10;
        hire(many);
        long feed = plain(CSV, leavers(0, many + 1))
                .then()
                .statusCode(202)
                .body("stops", is(many))
                .extract()
                .jsonPath()
                .getLong("id");
        String digest = admin().get("/api/feeds/" + feed).then().extract().path("digest");
        plain(CSV, leavers(0, 1)).then().statusCode(200).body("rows.applied", is(1));
        hire(many, many + 1);

        decide(feed, "release", digest).then().statusCode(409).body("detail", containsString("Look at it again."));

        admin().get("/api/feeds/" + feed).then().body("stops", is(many)).body("digest", not(digest));
        assertThat(fenced()).isEqualTo(1);
    }

    private double conflicts() {
        return meters.get("hr_requests")
                .tags("sender", "plain", "outcome", "conflict")
                .counter()
                .count();
    }

    @Test
    void halfTheCompanyIsRefusedAndNotAskedForAgain() {
        int half = (int) active() + 10;
        hire(half);
        String body = leavers(0, half);
        long feed = plain(CSV, body).then().statusCode(202).extract().jsonPath().getLong("id");
        String digest = admin().get("/api/feeds/" + feed).then().extract().path("digest");

        decide(feed, "refuse", digest).then().statusCode(200).body("state", is("REFUSED"));

        double conflicts = conflicts();
        plain(CSV, body).then().statusCode(409).body("id", is((int) feed)).body("reason", is("It is meant."));
        assertThat(conflicts()).as("pages").isEqualTo(conflicts);
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

    /// People of other tests stay.
    private static String of(long some, long all) {
        return some == all ? "all " + all : some + " of " + all;
    }
}
