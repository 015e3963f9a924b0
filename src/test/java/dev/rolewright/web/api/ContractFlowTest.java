package dev.rolewright.web.api;

import static dev.rolewright.Patience.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.rolewright.amendment.Contracts;
import dev.rolewright.amendment.Offer;
import dev.rolewright.contract.SourceFile;
import dev.rolewright.web.auth.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What admins read of the contract and of whom its mappings reach.
@QuarkusTest
@TestProfile(KeptTargets.class)
class ContractFlowTest {

    @Inject
    Contracts contracts;

    private static RequestSpecification admin() {
        return given().auth().preemptive().oauth2(TestTokens.ADMIN);
    }

    @BeforeEach
    void waitForTheContract() {
        await().until(() -> contracts.active().isPresent());
    }

    @AfterEach
    void goBackToTheExample() throws IOException {
        ExampleContract.hold(contracts);
    }

    @Test
    void showsWhatHoldsAsItWasUnderstood() {
        admin().get("/api/contract")
                .then()
                .statusCode(200)
                .body("number", greaterThan(0))
                .body(
                        "digest",
                        equalTo(contracts.active().orElseThrow().contract().digest()))
                .body("since", notNullValue())
                .body("contract.targets.name", contains("orders"))
                .body("contract.targets[0].drift", is("REVERT"))
                .body("contract.roles.name", hasItems("orders_reader", "orders_writer"))
                .body(
                        "contract.roles.find { it.name == 'orders_reader' }.grants",
                        hasItem("SELECT on every table of sales in orders"))
                .body(
                        "contract.roles.find { it.name == 'orders_reader' }.future",
                        contains("SELECT on tables that orders_owner will make in schema sales of orders"))
                .body("contract.roles.find { it.name == 'orders_writer' }.includes", contains("orders_reader"))
                .body("contract.mappings.name", hasItem("analysts read orders"))
                .body("contract.lifecycle.grace", is("PT720H"))
                .body("contract.brakes.atLeast", is(5))
                .body("files", hasSize(1))
                .body("files[0].refused", is(false))
                .body("files[0].origin", startsWith("files of "))
                .body("files[0].findings.level", everyItem(is("NOTE")));
    }

    @Test
    void showsVersionsAndTheirText() throws IOException {
        long first = contracts.active().orElseThrow().number();
        offer("another");

        int second = admin().get("/api/contract").then().extract().path("number");
        assertThat(second).isNotEqualTo((int) first);
        admin().get("/api/contract/versions?limit=1")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("next", notNullValue());
        admin().get("/api/contract/versions?olderThan=" + (first + 1) + "&limit=1")
                .then()
                .statusCode(200)
                .body("items[0].number", is((int) first));
        admin().get("/api/contract/versions/" + second)
                .then()
                .statusCode(200)
                .body("origin", is("a test"))
                .body("held[0].origin", is("a test"))
                .body("digest", notNullValue());
        admin().get("/api/contract/versions/" + second + "/files")
                .then()
                .statusCode(200)
                .body("name", contains("folder/x.yaml"))
                .body("text[0]", containsString("another"));
        admin().get("/api/contract/versions/" + second + "/files/folder/x.yaml")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/plain"))
                .body(containsString("another"));
        admin().get("/api/contract/versions/" + first + "/files/orders.yaml")
                .then()
                .statusCode(200)
                .body(equalTo(ExampleContract.file("orders.yaml").text()));
    }

    private void offer(String group) {
        assertThat(contracts
                        .offer(new Offer(List.of(new SourceFile("folder/x.yaml", """
                                        contract: 1
                                        environments: {test: {}}
                                        targets: {orders: {engine: postgresql, environment: test, databases: [orders]}}
                                        roles:
                                          clerk: {kind: read-only, purpose: p, owner: nobody, target: orders}
                                          payer: {kind: read-only, purpose: p, owner: nobody, target: orders}
                                        mappings:
                                          - {name: clerks of %1$s, group: {displayName: %1$s}, roles: [clerk], when: not (title eq "guest")}
                                          - {name: payers, group: {matches: pay-*}, roles: [payer]}
                                          - {name: past, group: {displayName: %1$s}, roles: [payer], until: 2020-01-31}
                                        separation: [{name: four eyes, never: [clerk, payer]}]
                                        """.formatted(group))), "a test"))
                        .contract())
                .isPresent();
    }

    @Test
    void findsWhatDoesNotFitThePeople() {
        String group = name();
        String ada = user("ada", true, "");
        group(group, ada);
        group("pay-" + group, ada);
        offer(group);

        admin().get("/api/contract/findings")
                .then()
                .statusCode(200)
                .body("findAll { it.level == 'WARNING' }.sentence", hasItem(startsWith("ada.")))
                .body("sentence", hasItem(containsString("keeps apart, and so gets none of them.")))
                .body("sentence", hasItem("Mapping \"past\" is over since 2020-02-01."))
                .body("find { it.sentence.contains('past') }.file", is("folder/x.yaml"));
    }

    @Test
    void tellsWhomAMappingReachesAndWhyNot() {
        String group = name();
        String ada = user("ada", true, "");
        String guest = user("guest", true, "guest");
        String gone = user("gone", false, "");
        String both = user("both", true, "");
        String inner = group("inner-" + group, ada, both);
        group(group, inner, guest, gone);
        group("pay-" + group, both);
        offer(group);

        admin().get("/api/mappings")
                .then()
                .statusCode(200)
                .body("mapping.name", contains("clerks of " + group, "payers", "past"))
                .body("over", contains(false, false, true))
                .body("[0].groups.displayName", contains(group))
                .body("[0].people", is(4))
                .body("[0].given", is(1));
        admin().queryParam("mapping", "clerks of " + group)
                .get("/api/mappings/people")
                .then()
                .statusCode(200)
                .body("items", hasSize(4))
                .body(of(ada) + ".outcome", is("GIVEN"))
                .body(of(ada) + ".roles", contains("clerk"))
                .body(of(ada) + ".path", contains("inner-" + group, group))
                .body(of(guest) + ".outcome", is("UNMET"))
                .body(of(guest) + ".roles", empty())
                .body(of(gone) + ".outcome", is("INACTIVE"))
                .body(of(both) + ".outcome", is("GIVEN"))
                .body(of(both) + ".roles", empty())
                .body(of(both) + ".withheld[0]", containsString("four eyes"))
                .body("next", nullValue());
        admin().get("/api/people/" + both + "/mappings")
                .then()
                .statusCode(200)
                .body("mapping", contains("clerks of " + group, "payers", "past"))
                .body("outcome", contains("GIVEN", "GIVEN", "OVER"))
                .body("withheld[0]", not(empty()))
                .body("withheld[1]", not(empty()));
    }

    @Test
    void everybodyIsCountedOnceAMinuteAndAtOnceForAnotherContract() {
        String group = name();
        group(group, user("a", true, ""));
        offer(group);
        String counted = admin().get("/api/mappings")
                .then()
                .body("[0].people", is(1))
                .extract()
                .path("[0].counted");

        group(group, user("b", true, ""));
        admin().get("/api/mappings").then().body("[0].people", is(1)).body("[0].counted", is(counted));

        offer("another " + group);
        admin().get("/api/mappings").then().body("[0].people", is(0)).body("[0].counted", not(is(counted)));
    }

    @Test
    void pagesThroughThePeopleOfAMapping() {
        String group = name();
        group(group, user("a", true, ""), user("b", true, ""), user("c", true, ""));
        offer(group);
        RequestSpecification asked =
                admin().queryParam("mapping", "clerks of " + group).queryParam("limit", 2);

        String next = asked.get("/api/mappings/people")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .extract()
                .path("next");
        admin().queryParam("mapping", "clerks of " + group)
                .queryParam("after", next)
                .get("/api/mappings/people")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/contract/versions/0, 404",
        "/api/contract/versions/999999/files, 404",
        "/api/contract/versions/x, 400",
        "/api/contract/versions/-1, 400",
        "/api/contract/versions/1/files/none.yaml, 404",
        "/api/contract/versions?limit=0, 400",
        "/api/contract/versions?olderThan=x, 400",
        "/api/mappings/people, 400",
        "/api/mappings/people?mapping=none, 404",
        "/api/mappings/people?mapping=none&after=x, 400",
        "/api/people/x/mappings, 400",
        "/api/people/00000000-0000-0000-0000-000000000000/mappings, 404",
    })
    void refusesWhatIsNotThere(String address, int status) {
        admin().get(address).then().statusCode(status).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/contract", "/api/contract/findings", "/api/contract/versions", "/api/mappings"})
    void isForAdminsAlone(String address) {
        given().get(address).then().statusCode(401);
        given().auth().preemptive().oauth2(TestTokens.SCIM).get(address).then().statusCode(401);
    }

    private static String of(String person) {
        return "items.find { it.person == '" + person + "' }";
    }

    private static String name() {
        return "g" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String user(String name, boolean active, String title) {
        return post("Users", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s.%s", "active": %s, "title": "%s"}
                """.formatted(name, name(), active, title.isEmpty() ? "none" : title));
    }

    private static String group(String name, String... members) {
        return post("Groups", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "%s", "members": [%s]}
                """.formatted(
                name,
                Arrays.stream(members).map("{\"value\": \"%s\"}"::formatted).collect(Collectors.joining(", "))));
    }

    private static String post(String endpoint, String body) {
        return given().auth()
                .preemptive()
                .oauth2(TestTokens.SCIM)
                .contentType("application/scim+json; charset=utf-8")
                .body(body)
                .post("/scim/v2/" + endpoint)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
