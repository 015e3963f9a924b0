package dev.rolewright.web.pickup;

import static dev.rolewright.web.pickup.Workplace.admin;
import static dev.rolewright.web.pickup.Workplace.link;
import static dev.rolewright.web.pickup.Workplace.password;
import static dev.rolewright.web.pickup.Workplace.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whose passwords end, and how all of them are reached at once.
@QuarkusTest
@TestProfile(PasswordsAreGiven.class)
class RenewalsFlowTest {

    @Inject
    DataSource store;

    private final String name = "p" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void waitForTheTarget() {
        Workplace.awaitTarget();
    }

    /// Somebody who has a password.
    private String served(String login) {
        String person = Workplace.employ(login);
        password(take(link(person)));
        return person;
    }

    private static Response renew(String query, String within) {
        return admin().body("{\"within\": \"" + within + "\"}").post("/api/targets/orders/pickups" + query);
    }

    @Test
    void whoHasAPasswordIsToldWithItsEndAndNotWithThePassword() {
        Workplace.employ(name + "none");
        String person = served(name);

        Response one = admin().get("/api/passwords?within=PT1H&person=" + person);

        one.then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].login", is(name))
                .body("items[0].target", is("orders"))
                .body("items[0].person", is(person))
                .body("items[0].given", notNullValue())
                .body("items[0].keySet()", hasSize(5));
        Instant ends = Instant.parse(one.path("items[0].ends"));
        admin().get("/api/passwords?target=orders&endingBefore=" + ends + "&person=" + person)
                .then()
                .body("items", hasSize(0));
        admin().get("/api/passwords?target=elsewhere").then().body("items", hasSize(0));
        admin().get("/api/passwords?within=PT1H")
                .then()
                .body("items.login", not(hasItem(name + "none")))
                .body("items.login", hasItem(name));
        Workplace.provider()
                .get("/scim/v2/Users/" + person
                        + "?attributes=urn:ietf:params:scim:schemas:extension:rolewright:2.0:User:logins")
                .then()
                .body(
                        "'urn:ietf:params:scim:schemas:extension:rolewright:2.0:User'.logins[0].passwordEnds",
                        notNullValue());
        for (String wrong : List.of(
                "within=soon",
                "within=-PT1H",
                "endingBefore=1",
                "after=1",
                "after=1/1",
                "within=PT1H&endingBefore=" + ends)) {
            admin().get("/api/passwords?" + wrong).then().statusCode(400);
        }
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        Set<String> people = Set.of(served(name + "a"), served(name + "b"), served(name + "c"));
        Set<String> found = new HashSet<>();
        String next = "";
        while (next != null) {
            Response page = admin().get("/api/passwords?limit=1" + (next.isEmpty() ? "" : "&after=" + next));
            List<String> items = page.path("items.person");
            assertThat(items).hasSizeLessThanOrEqualTo(1);
            assertThat(found).doesNotContainAnyElementsOf(items);
            found.addAll(items);
            next = page.path("next");
        }
        assertThat(found).containsAll(people);
    }

    @Test
    void everybodyGetsALinkWhosePasswordEndsAndWhoHasNone() throws SQLException {
        String ada = served(name + "a");
        String bob = served(name + "b");
        String gone = served(name + "c");
        Workplace.provider().delete("/scim/v2/Users/" + gone).then().statusCode(204);
        Response none = renew("", "PT0.001S");
        none.then().statusCode(201).body("more", is(false));
        assertThat(none.<List<String>>path("items.pickup.person")).doesNotContain(ada, bob, gone);
        admin().get("/api/passwords?within=PT1H").then().body("items.person", hasItem(ada));

        Response first = renew("", "PT1H");

        first.then().statusCode(201).header("Cache-Control", is("no-store")).body("more", is(false));
        List<String> people = first.path("items.pickup.person");
        assertThat(people).contains(ada, bob).doesNotContain(gone);
        String link = first.path("items.find {it.pickup.person == '" + ada + "'}.pickup.link");
        Workplace.connect("orders", name + "a", password(take(link))).close();
        Response second = renew("", "PT1H");
        assertThat(second.<List<String>>path("items.pickup.person")).doesNotContain(bob);
        assertThat(second.<Integer>path("waiting")).isPositive();
        admin().get("/api/audit?subject=" + bob).then().body("items.action", hasItem("pickup.made"));

        for (String wrong : List.of("{}", "{\"within\": \"P1\"}", "{\"within\": \"PT1H\", \"lifetime\": \"P8D\"}")) {
            admin().body(wrong).post("/api/targets/orders/pickups").then().statusCode(400);
        }
        admin().body("{\"within\": \"PT1H\"}")
                .post("/api/targets/elsewhere/pickups")
                .then()
                .statusCode(404);
    }

    @Test
    void aRoundThatFailsHalfWayMakesNoLinkThatNobodyHas() throws SQLException {
        String ada = served(name + "a");
        String bob = served(name + "b");
        change("CREATE FUNCTION fail_for_bob() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'not bob'; END $$");
        change("CREATE TRIGGER fail_for_bob BEFORE INSERT ON pickup FOR EACH ROW WHEN (NEW.person = '" + bob
                + "') EXECUTE FUNCTION fail_for_bob()");
        try {
            assertThat(renew("", "PT1H").statusCode()).isGreaterThanOrEqualTo(500);
        } finally {
            change("DROP FUNCTION fail_for_bob CASCADE");
        }

        assertThat(renew("", "PT1H").<List<String>>path("items.pickup.person")).contains(ada, bob);
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void asksAgainForMore() {
        served(name + "a");
        served(name + "b");

        Response one = renew("?limit=1", "PT1H");

        assertThat(one.<List<String>>path("items.pickup.link")).hasSize(1);
        assertThat(one.<Boolean>path("more")).isTrue();
        Response next = renew("?limit=1&after=" + one.<String>path("next"), "PT1H");
        assertThat(next.<List<String>>path("items.pickup.person"))
                .hasSize(1)
                .doesNotContainAnyElementsOf(one.<List<String>>path("items.pickup.person"));
        assertThat(next.<Integer>path("waiting")).as("who was looked at before").isZero();
        assertThat(renew("", "PT1H").<String>path("next")).isNull();
        renew("?after=1", "PT1H").then().statusCode(400);
    }
}
