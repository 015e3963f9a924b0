package dev.rolewright.web.api;

import static dev.rolewright.Patience.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.rolewright.web.auth.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whether a target is as Rolewright needs it: asked of a server, before a contract names it, and where nobody answers.
@QuarkusTest
@TestProfile(CheckFlowTest.MoreTargets.class)
class CheckFlowTest {

    private static final String PASSWORD = "hush-hush-of-the-target-that-is-away";

    /// The demo, and three more targets that no contract names. Public for Quarkus only.
    public static class MoreTargets extends Demo {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> configuration = new HashMap<>(super.getConfigOverrides());
            configuration.put("rolewright.target.twin.url", "${rolewright.target.orders.url}");
            configuration.put("rolewright.target.twin.username", "${rolewright.target.orders.username}");
            configuration.put("rolewright.target.twin.password", "${rolewright.target.orders.password}");
            configuration.put("rolewright.target.away.url", "jdbc:postgresql://127.0.0.1:1/away");
            configuration.put("rolewright.target.away.username", "connector");
            configuration.put("rolewright.target.away.password", PASSWORD);
            configuration.put("rolewright.target.foreign.url", "jdbc:oracle:thin:@foreign");
            configuration.put("rolewright.target.foreign.username", "connector");
            return configuration;
        }
    }

    private static RequestSpecification admin() {
        return given().auth().preemptive().oauth2(TestTokens.ADMIN);
    }

    private static JsonPath check(String target) {
        return admin().get("/api/targets/" + target + "/check")
                .then()
                .statusCode(200)
                .body("target", is(target))
                .extract()
                .jsonPath();
    }

    @Test
    void aTargetOfTheContractIsAskedForWhatTheContractNeeds() {
        await().until(() -> admin().get("/api/targets/orders").statusCode() == 200);

        JsonPath orders = check("orders");

        assertThat(orders.getBoolean("contracted")).isTrue();
        assertThat(orders.getBoolean("ready")).as(orders.prettify()).isTrue();
        assertThat(orders.getList("checks.name"))
                .contains("reachable", "version", "grantor", "owners", "heir", "pass-on", "connect")
                .doesNotHaveDuplicates();
        assertThat(orders.<String>getList("checks.verdict"))
                .isSubsetOf("ok", "unknown", "missing", "dangerous")
                .contains("ok");
        assertThat(orders.<String>getList("checks.findAll { it.verdict == 'ok' }.name"))
                .contains("reachable", "version", "grantor", "owners", "heir", "pass-on");
        assertThat(orders.<String>getList("checks.findAll { it.verdict == 'ok' }.statement"))
                .containsOnlyNulls();
        assertThat(orders.getString("checks.find { it.name == 'version' }.found"))
                .startsWith("PostgreSQL 18");
    }

    @Test
    void aTargetThatNoContractNamesIsAskedForWhatEveryTargetNeeds() {
        JsonPath twin = check("twin");

        assertThat(twin.getBoolean("contracted")).isFalse();
        assertThat(twin.getBoolean("ready")).as(twin.prettify()).isTrue();
        assertThat(twin.<String>getList("checks.findAll { it.verdict == 'unknown' }.name"))
                .contains("owners", "heir", "pass-on")
                .doesNotContain("grantor", "markers", "managed");
        assertThat(twin.<String>getList("checks.name"))
                .hasSameElementsAs(check("orders").getList("checks.name"));
    }

    @Test
    void aTargetThatDoesNotAnswerSaysSoAndNoSecret() {
        String answer = admin().get("/api/targets/away/check")
                .then()
                .statusCode(200)
                .body("ready", is(false))
                .body("checks[0].name", is("reachable"))
                .body("checks[0].verdict", is("missing"))
                .body("checks[0].found", startsWith("The server does not answer"))
                .body("checks.findAll { it.name != 'reachable' }.verdict", everyItem(is("unknown")))
                .extract()
                .asString();

        assertThat(answer).doesNotContain(PASSWORD);
    }

    /// What is looked at is told each time, whatever it is found to be.
    @Test
    void everyTargetIsToldTheSameThings() {
        List<String> orders = check("orders").getList("checks.name");

        admin().get("/api/targets/away/check")
                .then()
                .body("checks", hasSize(orders.size()))
                .body("checks.purpose", everyItem(not("")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "No Body", "foreign"})
    void whatNothingCanAskIsNotFound(String target) {
        admin().get("/api/targets/" + target + "/check")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("no such target"));
    }
}
