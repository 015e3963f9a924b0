package dev.rolewright.web.pickup;

import static dev.rolewright.Patience.await;
import static dev.rolewright.web.pickup.Workplace.link;
import static dev.rolewright.web.pickup.Workplace.password;
import static dev.rolewright.web.pickup.Workplace.take;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.rolewright.credential.Secret;
import dev.rolewright.handover.Pickups;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How a password ends, and what ends with it.
@QuarkusTest
@TestProfile(PasswordsAreGiven.class)
class PasswordEndsFlowTest {

    @Inject
    Pickups pickups;

    private final String name = "p" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void waitForTheTarget() {
        Workplace.awaitTarget();
    }

    private String person() {
        return Workplace.employ(name);
    }

    private Connection logIn(String password) throws SQLException {
        return Workplace.connect("orders", name, password);
    }

    @Test
    void sessionsStayUnlessTheirOwnerEndsThemOrThePasswordEnds() throws SQLException {
        String person = person();
        String first = password(take(link(person)));
        Connection session = logIn(first);

        take(link(person)).then().statusCode(200).body(containsString("1 session of yours stayed open"));
        assertThat(session.isValid(60)).isTrue();
        String third = password(
                given().formParam("link", link(person)).formParam("end", "yes").post("/pickup"));
        assertThat(session.isValid(60)).isFalse();
        assertThatThrownBy(() -> logIn(first)).hasMessageContaining("password");

        Workplace.administer("ALTER ROLE " + name + " VALID UNTIL 'infinity'");
        try (Connection last = logIn(third)) {
            await().until(() -> !last.isValid(60));
        }
        assertThatThrownBy(() -> logIn(third)).hasMessageContaining("password");
        await().untilAsserted(() -> Workplace.admin()
                .get("/api/audit?subject=" + person)
                .then()
                .body("items.action", hasItems("password.ended")));
    }

    @Test
    void aLostDeviceIsGoodForNothing() throws SQLException {
        String person = person();
        String password = password(take(link(person)));
        String link = link(person);
        Connection session = logIn(password);

        Workplace.admin()
                .delete("/api/people/" + person + "/credential")
                .then()
                .statusCode(200)
                .body("targets[0].target", is("orders"))
                .body("targets[0].login", is(name))
                .body("targets[0].ended", is(true))
                .body("targets[0].sessions", is(1));
        assertThatThrownBy(() -> logIn(password)).hasMessageContaining("password");
        Workplace.admin().get("/api/passwords?person=" + person).then().body("items", hasSize(0));
        take(link).then().statusCode(410);
        assertThat(session.isValid(60)).isTrue();
        Workplace.admin()
                .delete("/api/people/" + person + "/credential?endSessions=true")
                .then()
                .statusCode(200)
                .body("targets[0].sessions", is(0));
        assertThat(session.isValid(60)).isFalse();

        logIn(password(take(link(person)))).close();
        Workplace.admin()
                .get("/api/audit?subject=" + person)
                .then()
                .body("items.action", hasItems("password.end-asked", "password.ended"));
    }

    @Test
    void whoeverHasALinkAndNoLoginLosesTheLink() {
        PersonId nobody = new PersonId(UUID.randomUUID());
        Secret link = pickups.make(Caller.ofNoSource("grace", "a test"), nobody, Pickups.USUAL)
                .secret();

        Workplace.admin()
                .delete("/api/people/" + nobody + "/credential")
                .then()
                .statusCode(200)
                .body("targets", hasSize(0));

        take("/pickup#" + link.reveal()).then().statusCode(410);
        Workplace.admin().delete("/api/people/" + nobody + "/credential").then().statusCode(404);
    }

    @Test
    void whatOneTargetDoesNotDoNowIsDoneLater() throws SQLException {
        String person = person();
        String password = password(take(link(person)));
        Workplace.administer("ALTER ROLE rolewright_keeper_00001 NOCREATEROLE");
        try {
            Workplace.admin()
                    .delete("/api/people/" + person + "/credential?endSessions=true")
                    .then()
                    .statusCode(202)
                    .body("targets[0].ended", is(false))
                    .body("targets[0].sessions", nullValue())
                    .body("targets[0].why", containsString("GRANT"));
            logIn(password).close();
        } finally {
            Workplace.administer("ALTER ROLE rolewright_keeper_00001 CREATEROLE");
        }

        await().untilAsserted(() -> assertThatThrownBy(() -> logIn(password)).hasMessageContaining("password"));
    }

    @Test
    void aPassOverTheWholeTargetLeavesTheEnd() throws SQLException {
        password(take(link(person())));

        Workplace.admin()
                .post("/api/targets/orders/passes?wait=60")
                .then()
                .statusCode(200)
                .body("outcome", is("DONE"));

        assertThat(Workplace.administer("SELECT rolpassword IS NOT NULL AND rolvaliduntil < 'infinity' FROM pg_authid"
                        + " WHERE rolname = '" + name + "'"))
                .isEqualTo("t");
    }

    @Test
    void whoeverHasLeftTakesNothing() {
        String person = person();
        String link = link(person);
        Workplace.provider().body("""
                        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                         "Operations": [{"op": "replace", "path": "active", "value": false}]}
                        """).patch("/scim/v2/Users/" + person);

        take(link).then().statusCode(409);
        await().until(() -> Workplace.state(person), is("SUSPENDED"));
        take(link).then().statusCode(409);
        Workplace.admin()
                .body("{}")
                .post("/api/people/" + person + "/pickups")
                .then()
                .statusCode(404);
    }
}
