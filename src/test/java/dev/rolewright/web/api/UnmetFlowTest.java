package dev.rolewright.web.api;

import static dev.rolewright.Patience.await;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.rolewright.amendment.Contracts;
import dev.rolewright.amendment.Offer;
import dev.rolewright.contract.SourceFile;
import dev.rolewright.web.auth.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who earns something and does not get it is told so, with the reason.
@QuarkusTest
@TestProfile(KeptTargets.class)
class UnmetFlowTest {

    private static final String URN = "urn:ietf:params:scim:schemas:extension:rolewright:2.0:User";
    private static final String LOGINS = "'" + URN + "'.logins";

    @Inject
    Contracts contracts;

    private final String tag = UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void letAContractHoldThatGivesLess() throws IOException {
        await().until(() -> contracts.active().isPresent());
        contracts.offer(new Offer(
                List.of(ExampleContract.file("orders.yaml"), new SourceFile("people.yaml", """
                contract: 1
                roles:
                  orders_auditor: {kind: read-only, purpose: Audit, owner: audit, target: orders}
                mappings:
                  - {name: readers, group: {displayName: readers-%1$s}, roles: [orders_reader]}
                  - {name: auditors, group: {displayName: auditors-%1$s}, roles: [orders_auditor]}
                separation:
                  - {name: nobody audits what they read, never: [orders_reader, orders_auditor]}
                lifecycle: {login: "{userName.local}", credentials: external}
                protected: {logins: ["app*", "u_*", "login_*"]}
                """.formatted(tag))),
                "a test"));
    }

    @AfterEach
    void goBackToTheExample() throws IOException {
        ExampleContract.hold(contracts);
    }

    @Test
    void whoWouldHoldWhatIsKeptApartReadsWhy() {
        String both = person("both-" + tag);
        group("readers-" + tag, both);
        group("auditors-" + tag, both);

        feedback(both)
                .body(LOGINS + "[0].target", is("orders"))
                .body(LOGINS + "[0].state", is("withheld"))
                .body(LOGINS + "[0].value", nullValue())
                .body(LOGINS + "[0].since", nullValue())
                .body(LOGINS + "[0].problem", containsString("keeps apart, and so gets none of them"));
        access(both)
                .body("targets.target", contains("orders"))
                .body("targets[0].wanted", nullValue())
                .body("targets[0].roles", empty())
                .body(
                        "targets[0].unmet",
                        contains("person " + both
                                + " would hold orders_auditor and orders_reader, which \"nobody audits"
                                + " what they read\" keeps apart, and so gets none of them; contract "
                                + contracts.active().orElseThrow().contract().version()));
    }

    @Test
    void whoCouldHaveNoNameButAProtectedOneReadsWhy() {
        String app = person("app-" + tag);
        String bob = person("bob-" + tag);
        group("readers-" + tag, app, bob);

        feedback(app)
                .body(LOGINS + "[0].state", is("withheld"))
                .body(LOGINS + "[0].problem", containsString("is protected or belongs to something else"));
        feedback(bob).body(LOGINS, nullValue());
        access(app)
                .body("targets[0].wanted", nullValue())
                .body(
                        "targets[0].unmet",
                        contains(endsWith("earns roles here and gets no login, because every name that it could have is"
                                + " protected or belongs to something else")));
        access(bob).body("targets[0].wanted", is("bob-" + tag)).body("targets[0].unmet", empty());
    }

    private static ValidatableResponse feedback(String person) {
        return given().auth()
                .preemptive()
                .oauth2(TestTokens.SCIM)
                .get("/scim/v2/Users/" + person + "?attributes=" + URN + ":logins")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse access(String person) {
        return given().auth()
                .preemptive()
                .oauth2(TestTokens.ADMIN)
                .get("/api/people/" + person + "/access")
                .then()
                .statusCode(200);
    }

    private static String person(String name) {
        return create("/scim/v2/Users", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s@example.org", "active": true}
                """.formatted(name));
    }

    private static void group(String name, String... members) {
        create("/scim/v2/Groups", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "%s", "members": [%s]}
                """.formatted(
                        name,
                        String.join(
                                ", ",
                                List.of(members).stream()
                                        .map(member -> "{\"value\": \"" + member + "\"}")
                                        .toList())));
    }

    private static String create(String address, String body) {
        return given().auth()
                .preemptive()
                .oauth2(TestTokens.SCIM)
                .contentType("application/scim+json; charset=UTF-8")
                .body(body)
                .post(address)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
