package dev.rolewright.web.api;

import static dev.rolewright.Patience.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.rolewright.web.auth.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Properties;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The whole way on a real server: from the push of an identity provider to what a person can do in the database, and
/// what admins are told of it.
@QuarkusTest
@TestProfile(Demo.class)
class AccessFlowTest {

    private final String name = "p" + UUID.randomUUID().toString().substring(0, 8);

    private static RequestSpecification admin() {
        return given().auth().preemptive().oauth2(TestTokens.ADMIN);
    }

    private static RequestSpecification provider() {
        return given().auth().preemptive().oauth2(TestTokens.SCIM).contentType("application/scim+json; charset=UTF-8");
    }

    @BeforeEach
    void waitForTheTarget() {
        await().until(() -> admin().get("/api/targets/orders").path("health"), is("READY"));
    }

    private String person() {
        return provider()
                .body("""
                        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s@example.org", "active": true}
                        """.formatted(name))
                .post("/scim/v2/Users")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /// Groups of the same name all count.
    private String analysts(String member) {
        return provider()
                .header("X-Request-Id", "joins-" + name)
                .body("""
                        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "db-analysts",
                         "members": [{"value": "%s"}]}
                        """.formatted(member))
                .post("/scim/v2/Groups")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void leaves(String person, String group) {
        provider()
                .header("X-Request-Id", "leaves-" + name)
                .body("""
                        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                         "Operations": [{"op": "remove", "path": "members[value eq \\"%s\\"]"}]}
                        """.formatted(person))
                .patch("/scim/v2/Groups/" + group)
                .then()
                .statusCode(204);
    }

    private static Response explained(String person) {
        return admin().get("/api/people/" + person + "/access");
    }

    private static void awaitState(String person, String state) {
        await().until(() -> explained(person).path("targets[0].login.state"), is(state));
    }

    private Connection logIn() throws SQLException {
        return connect(name, "");
    }

    private static Connection connect(String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.put("user", user);
        properties.put("password", password);
        return DriverManager.getConnection(value("rolewright.target.orders.url"), properties);
    }

    private static String value(String key) {
        return ConfigProvider.getConfig().getValue(key, String.class);
    }

    private static int count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void whoIsInTheGroupReadsWhatTheContractSaysUntilTheyLeave() throws SQLException {
        String person = person();
        String group = analysts(person);
        awaitState(person, "ACTIVE");

        try (Connection session = logIn()) {
            assertThat(count(session, "sales.orders")).isEqualTo(4);
            assertThat(count(session, "(select id, country from crm.customers)"))
                    .isEqualTo(3);
            assertThatThrownBy(() -> count(session, "(select email from crm.customers)"))
                    .hasMessageContaining("permission denied");

            leaves(person, group);
            awaitState(person, "SUSPENDED");

            assertThat(session.isValid(5)).isFalse();
            assertThatThrownBy(this::logIn).hasMessageContaining("is not permitted to log in");
        }
        admin().get("/api/receipts?person=" + person)
                .then()
                .body("items.login", contains(name))
                .body("items.what", contains("SUSPENDED"))
                .body("items[0].lost", contains("orders_reader"))
                .body("items[0].kept", empty())
                .body("items[0].overtaken", nullValue());
        explained(person)
                .then()
                .body("targets[0].wanted", nullValue())
                .body("targets[0].roles", empty())
                .body("targets[0].ended[0]", containsString("earns no role here"))
                .body("requests.requestId", hasItem("leaves-" + name));
    }

    @Test
    void whoeverIsSpokenOfEveryDayIsStillToldHowTheyCameIn() {
        String person = person();
        analysts(person);
        for (int day = 0; day < 60; day++) {
            provider()
                    .body("""
                            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                             "Operations": [{"op": "replace", "path": "title", "value": "day %d"}]}
                            """.formatted(day))
                    .patch("/scim/v2/Users/" + person)
                    .then()
                    .statusCode(200);
        }

        explained(person)
                .then()
                .body("requests.requestId", hasItem("joins-" + name))
                .body("requests.findAll { it.subjectType == 'User' }.size()", is(50));
    }

    @Test
    void whomHrSaysIsGoneIsOutAtOnceAndStaysOutWhateverTheIdentityProviderSays() throws SQLException {
        String person = person();
        analysts(person);
        awaitState(person, "ACTIVE");

        try (Connection session = logIn()) {
            hr("gone", "leaver", Instant.now());
            awaitState(person, "SUSPENDED");

            assertThat(session.isValid(5)).isFalse();
            assertThatThrownBy(this::logIn).hasMessageContaining("is not permitted to log in");
        }
        provider().body("""
                        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                         "Operations": [{"op": "replace", "path": "displayName", "value": "Still Here"},
                                        {"op": "replace", "path": "active", "value": true}]}""").patch("/scim/v2/Users/" + person).then().statusCode(200);
        admin().post("/api/targets/orders/passes?wait=60").then().statusCode(200);
        explained(person)
                .then()
                .body("targets[0].login.state", is("SUSPENDED"))
                .body("targets[0].ended[0]", containsString("HR: people event gone-" + name + ", leaver since "))
                .body("requests.action", hasItem("hr.applied"));
        await().until(
                        () -> admin().get("/api/receipts?person=" + person).path("items[0].requests"),
                        hasItem("hr-gone"));

        hr("back", "rehire", Instant.now());
        awaitState(person, "ACTIVE");
        logIn().close();
    }

    private void hr(String event, String kind, Instant at) {
        given().auth()
                .preemptive()
                .oauth2(Demo.HR)
                .contentType("application/json")
                .header("X-Request-Id", "hr-" + event)
                .body("""
                        {"id": "%s-%s", "kind": "%s", "person": {"userName": "%s@example.org"}, "at": "%s"}""".formatted(event, name, kind, name, at))
                .post("/hr/v1/events")
                .then()
                .statusCode(200)
                .body("state", is("APPLIED"));
    }

    @Test
    void explainsAccessFromTheRequestToThePrivileges() {
        String person = person();
        analysts(person);
        awaitState(person, "ACTIVE");

        explained(person)
                .then()
                .statusCode(200)
                .body("person", is(person))
                .body("inDirectory", is(true))
                .body("contract", is(1))
                .body("targets[0].target", is("orders"))
                .body("targets[0].wanted", is(name))
                .body("targets[0].login.name", is(name))
                .body("targets[0].roles.role", contains("orders_reader"))
                .body(
                        "targets[0].roles[0].because[0]",
                        containsString("is in db-analysts; mapping \"analysts read orders\" gives orders_reader"))
                .body("targets[0].roles[0].gives[0].by", is("orders_reader"))
                .body(
                        "targets[0].roles[0].gives[0].privileges",
                        hasItems(
                                "CONNECT on database orders",
                                "SELECT on every table of sales in orders",
                                "SELECT on column crm.customers.country in orders"))
                .body("requests.requestId", hasItem("joins-" + name));
    }

    @Test
    void rehearsesWithoutDoingAnything() throws SQLException {
        String person = person();
        analysts(person);
        awaitState(person, "ACTIVE");
        admin().get("/api/targets/orders/plan")
                .then()
                .statusCode(200)
                .body("server", startsWith("PostgreSQL"))
                .body("now.lines", empty())
                .body("held.lines", empty());

        // Nobody but the owner of the server can do this, and only whoever made the role can undo it.
        try (Connection connector = connect(
                        value("rolewright.target.orders.username"), value("rolewright.target.orders.password"));
                Statement statement = connector.createStatement()) {
            statement.execute("set role rolewright_grantor");
            statement.execute("revoke orders_reader from " + name + " granted by current_user");
        }

        String plan = admin().accept("text/plain")
                .get("/api/targets/orders/plan")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(plan).contains(name, "orders_reader", "because person " + person + " is in db-analysts");
        admin().get("/api/targets/orders/plan")
                .then()
                .body("now.lines.sign", hasItem("+"))
                .body("drift", not(empty()))
                .body("digest.length()", is(64));
        admin().post("/api/targets/orders/drift")
                .then()
                .statusCode(200)
                .body("items.remedy", hasItem("+ " + name + " in orders_reader"))
                .body("items.gone", everyItem(nullValue()));
        assertThat(admin().accept("text/plain").get("/api/targets/orders/plan").asString())
                .as("a look changes nothing")
                .isEqualTo(plan);

        admin().post("/api/targets/orders/passes?wait=60")
                .then()
                .statusCode(200)
                .body("outcome", is("DONE"))
                .body("done", greaterThan(0));
        admin().get("/api/targets/orders/plan").then().body("now.lines", empty());
    }

    @Test
    void aTargetThatSaysThatItKnowsMoreThanTheStoreIsNotReadyAndAccessSaysSo() throws SQLException {
        String person = person();
        analysts(person);
        awaitState(person, "ACTIVE");
        explained(person).then().body("targets[0].leftAsFound", nullValue());

        try (Connection connector = connect(
                        value("rolewright.target.orders.username"), value("rolewright.target.orders.password"));
                Statement statement = connector.createStatement()) {
            statement.execute("set role rolewright_grantor");
            statement.execute("comment on role rolewright_marker is 'rolewright:rolewright:own;pass=1000000'");
        }
        admin().post("/api/targets/orders/passes?wait=60").then().statusCode(200);

        Response target = admin().get("/api/targets/orders");
        target.then()
                .body("health", is("STORE_OLDER"))
                .body("failure", nullValue())
                .body("notes.kind", hasItem("STORE_OLDER"));
        admin().get("/api/targets").then().body("find { it.name == 'orders' }.health", is("STORE_OLDER"));
        explained(person)
                .then()
                .body("targets[0].login.state", is("ACTIVE"))
                .body("targets[0].leftAsFound", containsString("knows pass 1000000 and the store does not"));

        String sentence = target.path("notes.find { it.kind == 'STORE_OLDER' }.sentence");
        String server = sentence.replaceAll(".* of server (\\S+) .*", "$1");
        admin().contentType("application/json")
                .body("""
                        {"identity": "%s", "reason": "Nobody brought a store back."}""".formatted(server))
                .post("/api/targets/orders/server")
                .then()
                .statusCode(200)
                .body("health", is("READY"));
        explained(person).then().body("targets[0].leftAsFound", nullValue());
    }

    @Test
    void explainsNobodyWhoIsNotThere() {
        explained(UUID.randomUUID().toString())
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("such a person"));
        explained("ada").then().statusCode(400).body("detail", containsString("must be an id"));
    }
}
