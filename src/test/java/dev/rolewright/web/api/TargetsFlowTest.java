package dev.rolewright.web.api;

import static dev.rolewright.Patience.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Line;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.plan.Step;
import dev.rolewright.web.auth.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What admins read of targets, when everything there is to read is in the store.
@QuarkusTest
@TestProfile(KeptTargets.class)
class TargetsFlowTest {

    private static final String SOMEBODY = "2819c223-7f76-453a-919d-413861904646";
    private static final PersonId ADA = new PersonId(UUID.fromString(SOMEBODY));
    private static final Plan PLAN = new Plan(
            new TargetName("orders"),
            List.of(new Line(
                    new Step.SuspendLogin(
                            new Account(new LoginName("ada"), ADA, Optional.of("16404")), Optional.empty()),
                    List.of(new Reason.Ended(ADA, Reason.Cause.INACTIVE)))),
            List.of());

    @Inject
    DataSource store;

    private static RequestSpecification admin() {
        return given().auth().preemptive().oauth2(TestTokens.ADMIN);
    }

    @BeforeEach
    void waitForTheContractAndForgetTheRest() throws SQLException {
        await().until(() -> admin().get("/api/targets/orders").statusCode() == 200);
        write("TRUNCATE target_state, login, pass, drift, hold, receipt, dirty RESTART IDENTITY");
        write("INSERT INTO target_state (target) VALUES ('orders')");
    }

    @Test
    void showsWhereATargetIsAndHowItIsDoing() throws SQLException {
        write("UPDATE target_state SET logins = 7, active = 6, memberships = 9, product = 'PostgreSQL 18.6',"
                + " last_whole = '2026-11-21T08:00:00Z', failures = 2, failed = '2026-11-21T09:00:00Z',"
                + " failure_kind = 'RIGHT_MISSING', failure = 'Our login may not do it.', remedy = 'GRANT a TO b',"
                + " not_before = '2026-11-21T10:00:00Z', notes = '[{\"kind\": \"NOTICE\", \"subject\": \"orders\","
                + " \"sentence\": \"PUBLIC may connect.\", \"remedy\": \"REVOKE\"}]'");

        admin().get("/api/targets/orders")
                .then()
                .statusCode(200)
                .body("name", is("orders"))
                .body("engine", is("postgresql"))
                .body("databases", contains("orders"))
                .body("url", matchesPattern("jdbc:postgresql://127\\.0\\.0\\.1:\\d+/orders"))
                .body("user", is("orders_connector"))
                .body("server", is("PostgreSQL 18.6"))
                .body("logins", is(7))
                .body("active", is(6))
                .body("memberships", is(9))
                .body("lastWhole", is("2026-11-21T08:00:00Z"))
                .body("failure.kind", is("RIGHT_MISSING"))
                .body("failure.remedy", is("GRANT a TO b"))
                .body("failure.times", is(2))
                .body("nextAttempt", is("2026-11-21T10:00:00Z"))
                .body("notes[0].sentence", is("PUBLIC may connect."));
        admin().get("/api/targets").then().statusCode(200).body("name", contains("orders"));
    }

    @Test
    void neverShowsASecret() {
        String password = org.eclipse.microprofile.config.ConfigProvider.getConfig()
                .getValue("rolewright.target.orders.password", String.class);

        admin().get("/api/targets").then().body(not(containsString(password)));
        admin().get("/api/targets/orders").then().body(not(containsString(password)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/receipts?persn=ada                     | This address takes these parameters only: limit, olderThan, person, target.
            /api/receipts?person=                       | person has no value; leave it out, or say which.
            /api/receipts?limit=1&limit=2               | limit may be given once only.
            /api/targets?limit=1                        | This address takes no parameters.
            /api/targets/orders/logins?state=ACTIVE     | This address takes these parameters only: after, limit.
            """)
    void refusesParametersThatWouldBePassedOver(String address, String detail) {
        admin().get(address)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", is(detail));
    }

    @Test
    void asksForNoPassOverEverybodyBecauseOfATypo() {
        int before = passesAskedFor();

        admin().post("/api/targets/orders/passes?preson=" + SOMEBODY).then().statusCode(400);
        admin().post("/api/targets/orders/passes?person=").then().statusCode(400);

        assertThat(passesAskedFor()).isEqualTo(before);
    }

    private static int passesAskedFor() {
        return admin().get("/api/audit?action=pass.requested&limit=1000").path("items.size()");
    }

    @Test
    void takesNoBodyWhereOneWouldBePassedOver() {
        admin().contentType("application/json")
                .body("{}")
                .post("/api/targets/orders/drift")
                .then()
                .statusCode(400)
                .body("detail", containsString("takes no body"));
    }

    @Test
    void pagesThroughTheLoginsByName() throws SQLException {
        for (String name : List.of("grace", "ada", "linus")) {
            write(
                    "INSERT INTO login (target, person, name, look, state, since, error)"
                            + " VALUES ('orders', gen_random_uuid(), ?, ?, 'active', '2026-11-21T08:00:00Z', 'no')",
                    name,
                    name);
        }

        admin().get("/api/targets/orders/logins?limit=2")
                .then()
                .statusCode(200)
                .body("items.name", contains("ada", "grace"))
                .body("items[0].state", is("FAILED"))
                .body("items[0].error", is("no"))
                .body("items[0].serverId", nullValue())
                .body("next", startsWith("grace/"));
        assertThat(pages("orders", 2)).containsExactly("ada", "grace", "linus");
    }

    @Test
    void neitherSkipsNorRepeatsLoginsOfOneNameAtTheEndOfAPage() throws SQLException {
        for (String person : List.of("3", "1", "2")) {
            write(
                    "INSERT INTO login (target, person, name, look, state, since)"
                            + " VALUES ('orders', ?::uuid, 'ada', 'ada', 'dropped', now())",
                    "00000000-0000-4000-8000-00000000000" + person);
        }
        write("INSERT INTO login (target, person, name, look, state, since)"
                + " VALUES ('orders', gen_random_uuid(), 'Ada', 'ada', 'active', now())");

        for (int limit = 1; limit <= 4; limit++) {
            assertThat(pages("orders", limit)).as("pages of %d", limit).containsExactly("Ada", "ada", "ada", "ada");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grace", "grace/", "/" + SOMEBODY, SOMEBODY, "grace/1-1-1-1-1x"})
    void aPageBeginsAfterALoginAndNothingElse(String after) {
        admin().queryParam("after", after)
                .get("/api/targets/orders/logins")
                .then()
                .statusCode(400)
                .body("detail", containsString("says as next"));
    }

    /// The names on all pages, one after the other.
    private static List<String> pages(String target, int limit) {
        List<String> names = new ArrayList<>();
        String next = null;
        do {
            JsonPath page = admin().queryParams(next == null ? Map.of() : Map.of("after", next))
                    .get("/api/targets/" + target + "/logins?limit=" + limit)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            names.addAll(page.getList("items.name", String.class));
            next = page.getString("next");
        } while (next != null);
        return names;
    }

    @Test
    void listsPassesAndShowsWhatEachWasToDo() throws SQLException {
        write(
                "INSERT INTO pass (target, whole, people, contract, asked, began, ended, outcome, done, held, plan)"
                        + " VALUES ('orders', false, 1, 3, '2026-11-21T08:00:00Z', '2026-11-21T08:00:01Z',"
                        + " '2026-11-21T08:00:02Z', 'held', 4, 2, ?::json)",
                PlanJson.text(PLAN));
        write("INSERT INTO pass (target, whole, people, contract, asked, began)"
                + " VALUES ('orders', true, 0, 3, '2026-11-21T09:00:00Z', '2026-11-21T09:00:01Z')");

        admin().get("/api/targets/orders/passes")
                .then()
                .statusCode(200)
                .body("items.id", contains(2, 1))
                .body("items[0].ended", nullValue())
                .body("items[0].outcome", nullValue())
                .body("items[1].outcome", is("HELD"))
                .body("items[1].done", is(4));
        admin().get("/api/targets/orders/passes?limit=1").then().body("next", is(2));
        admin().get("/api/targets/orders/passes?olderThan=2").then().body("items.id", contains(1));
        admin().get("/api/targets/orders/passes/1/plan")
                .then()
                .contentType("application/json")
                .body("lines[0].sign", is("~"))
                .body("lines[0].text", is("suspend login ada"))
                .body("lines[0].because[0]", endsWith("is not active"))
                .body("lines[0].step.is", is("SuspendLogin"));
        admin().accept("text/plain")
                .get("/api/targets/orders/passes/1/plan")
                .then()
                .header("Content-Type", "text/plain;charset=UTF-8")
                .body(startsWith("~ suspend login ada\n    because person " + ADA + " is not active\n"));
        admin().get("/api/targets/orders/passes/2/plan").then().statusCode(404);
    }

    @Test
    void asksForAPassOnceAndSaysWhoDid() {
        admin().header("X-Request-Id", "please-look")
                .post("/api/targets/orders/passes?person=" + ADA)
                .then()
                .statusCode(202)
                .header("Location", endsWith("/api/targets/orders/passes"));
        admin().post("/api/targets/orders/passes?wait=1").then().statusCode(202);
        admin().contentType("application/json")
                .body("{\"person\": \"" + ADA + "\"}")
                .post("/api/targets/orders/passes")
                .then()
                .statusCode(400)
                .body("detail", containsString("parameters of the query"));

        admin().get("/api/audit?request=please-look")
                .then()
                .body("items.action", contains("pass.requested"))
                .body("items[0].actor", is("admin"))
                .body("items[0].detail.person", is(ADA.toString()));
        admin().get("/api/targets/orders").then().body("waiting", is(2));
    }

    @Test
    void listsWhatWasChangedByHand() throws SQLException {
        String remedy = PlanJson.write(PLAN.steps().getFirst()).toString();
        write(
                "INSERT INTO drift (target, difference, item, remedy, author, made, first_seen, last_seen, gone, reverted)"
                        + " VALUES ('orders', 'CHANGED', 'login ada', ?::jsonb, 'mallory', '2026-11-20T08:00:00Z',"
                        + " '2026-11-21T08:00:00Z', '2026-11-21T09:00:00Z', '2026-11-21T09:00:01Z', true)",
                remedy);
        write(
                "INSERT INTO drift (target, difference, item, remedy, first_seen, last_seen)"
                        + " VALUES ('orders', 'CHANGED', 'login ada', ?::jsonb, now(), now())",
                remedy);

        admin().get("/api/targets/orders/drift")
                .then()
                .statusCode(200)
                .body("items.id", contains(2, 1))
                .body("items[0].author", nullValue())
                .body("items[0].gone", nullValue())
                .body("items[1].author", is("mallory"))
                .body("items[1].remedy", is("~ suspend login ada"))
                .body("items[1].reverted", is(true));
        admin().get("/api/targets/orders/drift?open=true").then().body("items.id", contains(2));
        admin().get("/api/targets/orders/drift?limit=1").then().body("next", is(2));
    }

    @Test
    void showsReceiptsOfAPersonOrATarget() throws SQLException {
        String receipt =
                "INSERT INTO receipt (target, person, login, server_id, pass, what, asked, claimed, done, proven,"
                        + " verdict, checks, requests) VALUES ('orders', ?::uuid, 'ada', '16404', 1, 'suspended',"
                        + " '2026-11-21T08:00:00Z', '2026-11-21T08:00:01Z', '2026-11-21T08:00:02Z', ";
        write(
                receipt
                        + "'2026-11-21T08:00:03Z', true, '[{\"name\": \"sessions\", \"holds\": true, \"answer\": \"none\"}]',"
                        + " '{push-1}')",
                ADA.toString());
        write(receipt + "NULL, NULL, '[]', '{}')", UUID.randomUUID().toString());

        admin().get("/api/receipts?person=" + ADA + "&target=orders")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].what", is("SUSPENDED"))
                .body("items[0].holds", is(true))
                .body("items[0].proven", is("2026-11-21T08:00:03Z"))
                .body("items[0].checks[0].answer", is("none"))
                .body("items[0].requests", contains("push-1"));
        admin().get("/api/receipts?limit=1")
                .then()
                .body("items[0].holds", nullValue())
                .body("next", is(2));
        admin().get("/api/receipts/1").then().statusCode(200).body("login", is("ada"));
        admin().get("/api/receipts?target=other").then().body("items", empty());
    }

    @Test
    void listsWhatWaitsForAHuman() throws SQLException {
        hold("refused", "'2026-11-21T10:00:00Z', 'grace', 'a test'");
        hold("open", "NULL, NULL, NULL");

        admin().get("/api/holds")
                .then()
                .statusCode(200)
                .body("items.state", contains("OPEN", "REFUSED"))
                .body("items[0].decided", nullValue())
                .body("items[1].by", is("grace"))
                .body("items[1].reason", is("a test"));
        admin().get("/api/holds?open=true&target=orders").then().body("items.id", contains(2));
        admin().get("/api/holds?target=other").then().body("items", empty());
        admin().get("/api/holds?limit=1").then().body("next", is(2));
        admin().get("/api/holds/2")
                .then()
                .body("digest", is("d1"))
                .body("steps", is(1))
                .body("why", contains("too many"))
                .body("takes", is(Map.of("suspended", 1, "dropped", 0, "revoked", 0)))
                .body("had.active", is(9))
                .body("limits.suspendLogins", is(20));
        admin().get("/api/holds/2/plan").then().body("lines.text", contains("suspend login ada"));
        admin().accept("text/plain").get("/api/holds/2/plan").then().body(startsWith("~ suspend login ada\n"));
    }

    @Test
    void anApproverReleasesWhatTheyWereShownAndNothingElse() throws SQLException {
        hold("open", "NULL, NULL, NULL");

        decide("release", "{\"digest\": \"d0\", \"reason\": \"The team was dissolved.\"}")
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("another digest"));
        decide("release", "{\"digest\": \"d1\", \"reason\": \"The team was dissolved.\"}")
                .statusCode(200)
                .body("state", is("RELEASED"))
                .body("by", is("admin"))
                .body("reason", is("The team was dissolved."));
        decide("refuse", "{\"digest\": \"d1\", \"reason\": \"Wait.\"}")
                .statusCode(409)
                .body("detail", containsString("is released"));

        admin().get("/api/audit?action=hold.released&limit=1")
                .then()
                .body("items[0].actor", is("admin"))
                .body("items[0].detail.reason", is("The team was dissolved."));
    }

    @Test
    void anApproverRefuses() throws SQLException {
        hold("open", "NULL, NULL, NULL");

        decide("refuse", "{\"digest\": \"d1\", \"reason\": \"The export was broken.\"}")
                .statusCode(200)
                .body("state", is("REFUSED"));

        admin().get("/api/holds?open=true").then().body("items", empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"reason": "r"}                        | needs the member digest
            {"digest": "d1"}                       | needs the member reason
            {"digest": "d1", "reason": " "}        | has a reason
            {"digest": "d1", "reason": 1}          | must be a string
            {"digest": "d1", "reason": "r", "x":1} | digest, reason
            []                                     | must be a JSON object
            """)
    void noDecisionWithoutAReason(String body, String sentence) throws SQLException {
        hold("open", "NULL, NULL, NULL");

        for (String verdict : List.of("release", "refuse")) {
            decide(verdict, body).statusCode(400).body("detail", containsString(sentence));
        }

        admin().get("/api/holds/1").then().body("state", is("OPEN"));
    }

    private static ValidatableResponse decide(String verdict, String body) {
        return admin().contentType("application/json")
                .body(body)
                .post("/api/holds/1/" + verdict)
                .then();
    }

    private void hold(String state, String decision) throws SQLException {
        write(
                "INSERT INTO hold (target, state, plan, digest, server, why, census, limits, since, seen, decided, decider,"
                        + " reason) VALUES ('orders', ?, ?::json, 'd1', 's', '{too many}',"
                        + " '{\"logins\": 9, \"active\": 9, \"memberships\": 9}',"
                        + " '{\"removeLogins\": 20, \"suspendLogins\": 20, \"revokeMemberships\": 30, \"atLeast\": 5}',"
                        + " '2026-11-21T08:00:00Z', '2026-11-21T09:00:00Z', " + decision + ")",
                state,
                PlanJson.text(PLAN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/targets/nobody",
                "/api/targets/No Body",
                "/api/targets/nobody/logins",
                "/api/targets/nobody/passes",
                "/api/targets/nobody/passes/1/plan",
                "/api/targets/orders/passes/1/plan",
                "/api/targets/nobody/drift",
                "/api/receipts/1",
                "/api/holds/1",
                "/api/holds/1/plan"
            })
    void whatIsNotThereIsNotFound(String address) {
        admin().get(address)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", matchesPattern(".*([Nn]o such|has no|is no) .*"));
    }

    @Test
    void nothingIsAskedOfWhatNobodyKnows() {
        admin().post("/api/targets/nobody/passes").then().statusCode(404);
        admin().post("/api/targets/nobody/drift").then().statusCode(404);
        decide("release", "{\"digest\": \"d\", \"reason\": \"r\"}").statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /api/targets/orders/logins?limit=0          | limit must be
            GET  | /api/targets/orders/passes?olderThan=x      | olderThan must be
            GET  | /api/targets/orders/passes/x/plan           | pass must be
            GET  | /api/targets/orders/drift?open=yes          | true or false
            GET  | /api/receipts?person=ada                    | person must be an id
            GET  | /api/receipts?person=1-1-1-1-1              | person must be an id
            GET  | /api/receipts?target=No                     | name of a target
            GET  | /api/receipts/x                             | receipt must be
            GET  | /api/holds/x                                | hold must be
            GET  | /api/holds?open=1                           | true or false
            GET  | /api/holds?target=%20                       | name of a target
            POST | /api/targets/orders/passes?wait=61          | wait must be
            POST | /api/targets/orders/passes?wait=soon        | wait must be
            POST | /api/targets/orders/passes?person=ada       | person must be an id
            """)
    void saysWhichParameterIsWrong(String method, String address, String sentence) {
        admin().urlEncodingEnabled(false)
                .request(method, address)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(sentence));
        admin().get("/api/targets/orders").then().body("waiting", is(0));
    }

    private void write(String sql, String... values) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
