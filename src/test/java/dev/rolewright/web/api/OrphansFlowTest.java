package dev.rolewright.web.api;

import static dev.rolewright.Patience.await;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.withArgs;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.rolewright.web.auth.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How what nobody answers for is told: one look is kept for a minute, so all of it is written down before the first.
@QuarkusTest
@TestProfile(KeptTargets.class)
class OrphansFlowTest {

    private static final UUID SILENT = UUID.fromString("2819c223-7f76-453a-919d-413861904646");
    private static final UUID CLOSED = UUID.fromString("2819c223-7f76-453a-919d-413861904647");

    @Inject
    DataSource store;

    private static RequestSpecification admin() {
        return given().auth().preemptive().oauth2(TestTokens.ADMIN);
    }

    @BeforeEach
    void writeDownWhatIsLeft() throws SQLException {
        await().until(() -> admin().get("/api/targets/orders").statusCode() == 200);
        write("TRUNCATE target_state, login, hold, held_step, dirty RESTART IDENTITY");
        write("DELETE FROM resource");
        write("INSERT INTO target_state (target, retired, whole_due) VALUES ('orders', false, now()),"
                + " ('old', true, '2026-01-01T00:00:00Z')");
        write("INSERT INTO source (name, closed) VALUES ('merged', now()) ON CONFLICT DO NOTHING");
        person(SILENT, "default", "2020-01-01");
        person(CLOSED, "merged", "2020-01-02");
        for (String name : new String[] {"ada", "bob", "cyd"}) {
            login("old", UUID.randomUUID(), name, "active", "false, NULL, 0");
        }
        login("orders", UUID.randomUUID(), "dan", "suspended", "false, NULL, 0");
        login("orders", UUID.randomUUID(), "eve", "active", "false, 'It may not be done.', 3");
        UUID fay = UUID.randomUUID();
        login("orders", fay, "fay", "active", "true, NULL, 0");
        write("INSERT INTO hold (target, state, plan, digest, server, why, census, limits, since, seen)"
                + " VALUES ('orders', 'open', '[]', 'd16e57', 's', '{}', '{}', '{}', now(), now())");
        write("INSERT INTO held_step (hold, target, person, step) VALUES (1, 'orders', '" + fay + "', '{}')");
    }

    @Test
    void eachIsToldWithWhatIsKnownAndWhatEndsIt() {
        admin().get("/api/orphans?kind=SILENT_PERSON")
                .then()
                .statusCode(200)
                .body("counts.SILENT_PERSON", is(2))
                .body("counts.LEFT_LOGIN", is(3))
                .body("counts.UNTENDED_LOGIN", is(3))
                .body("counts.STRANGERS_LOGIN", is(0))
                .body("items.kind", everyItem(is("SILENT_PERSON")))
                .body("items.evidence.person", contains(SILENT.toString(), CLOSED.toString()))
                .body("items[0].since", is("2020-01-01T00:00:00Z"))
                .body("items[0].ageSeconds", greaterThan(86_400 * 365))
                .body("items[0].evidence.source", is("default"))
                .body("items[0].evidence.sourceClosed", nullValue())
                .body("items[0].fix.method", is("PATCH"))
                .body("items[0].fix.path", is("/scim/v2/Users/" + SILENT))
                .body("items[0].fix.body.Operations[0].path", is("active"))
                .body("items[1].evidence.sourceClosed", notNullValue())
                .body("items[1].fix.path", is("/hr/v1/events"))
                .body("items[1].fix.body.id", matchesPattern("silent-" + CLOSED + "-\\d+"))
                .body("items[1].fix.body.person.id", is(CLOSED.toString()));
        admin().get("/api/orphans?kind=LEFT_LOGIN")
                .then()
                .body("items.evidence.login.sort()", contains("dan", "eve", "fay"))
                .body("items.evidence.deleted", everyItem(is(true)))
                .rootPath("items.find { it.evidence.login == '%s' }")
                .body("evidence.stuck", withArgs("dan"), is("KEPT"))
                .body("fix.path", withArgs("dan"), startsWith("/api/targets/orders/passes?person="))
                .body("evidence.why", withArgs("eve"), is("It may not be done."))
                .body("fix.sql", withArgs("eve"), is("ALTER ROLE \"eve\" NOLOGIN;"))
                .body("fix.method", withArgs("eve"), nullValue())
                .body("fix.path", withArgs("fay"), is("/api/holds/1/release"))
                .body("fix.body.digest", withArgs("fay"), is("d16e57"));
    }

    @Test
    void listsArePagedByWhatStandsBehindTheLast() {
        String next = admin().get("/api/orphans?kind=UNTENDED_LOGIN&limit=2")
                .then()
                .body("items.evidence.login", contains("ada", "bob"))
                .body("items[0].since", is("2026-01-01T00:00:00Z"))
                .body("items[0].fix.detail", containsString("target old"))
                .extract()
                .path("next");

        admin().queryParam("after", next)
                .get("/api/orphans?kind=UNTENDED_LOGIN&limit=2")
                .then()
                .body("items.evidence.login", contains("cyd"))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind=GHOST", "limit=0", "limit=x"})
    void refusesWhatCannotBeAskedFor(String query) {
        admin().get("/api/orphans?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", startsWith(query.substring(0, query.indexOf('='))))
                .body("status", equalTo(400));
    }

    private void person(UUID id, String source, String day) throws SQLException {
        write("INSERT INTO resource (id, source_id, type, version, created, last_modified, document, search) SELECT '"
                + id
                + "', id, 'User', 1, '" + day + "Z', '" + day + "Z', '{\"userName\": \"" + id
                + "\"}', '{\"userName\": \""
                + id + "\"}' FROM source WHERE name = '" + source + "'");
    }

    private void login(String target, UUID person, String name, String state, String trouble) throws SQLException {
        write("INSERT INTO login (target, person, name, look, state, since, held, error, attempts) VALUES ('" + target
                + "', '" + person + "', '" + name + "', '" + name + "', '" + state + "', '2020-01-01Z', " + trouble
                + ")");
    }

    private void write(String sql) throws SQLException {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
