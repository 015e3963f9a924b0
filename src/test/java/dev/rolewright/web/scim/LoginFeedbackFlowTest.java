package dev.rolewright.web.scim;

import static dev.rolewright.web.scim.LoginFeedback.URN;
import static dev.rolewright.web.scim.ScimClient.GROUPS;
import static dev.rolewright.web.scim.ScimClient.USER;
import static dev.rolewright.web.scim.ScimClient.USERS;
import static dev.rolewright.web.scim.ScimClient.encoded;
import static dev.rolewright.web.scim.ScimClient.get;
import static dev.rolewright.web.scim.ScimClient.group;
import static dev.rolewright.web.scim.ScimClient.id;
import static dev.rolewright.web.scim.ScimClient.json;
import static dev.rolewright.web.scim.ScimClient.ok;
import static dev.rolewright.web.scim.ScimClient.patch;
import static dev.rolewright.web.scim.ScimClient.scim;
import static dev.rolewright.web.scim.ScimClient.search;
import static dev.rolewright.web.scim.ScimClient.unique;
import static dev.rolewright.web.scim.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An identity provider can ask what became of a person on the databases.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class LoginFeedbackFlowTest {

    private static final String LOGINS = URN + ":logins";

    @Inject
    DataSource store;

    private String orders;
    private String ledger;

    @BeforeEach
    void knowTwoTargets() {
        orders = unique("orders");
        ledger = unique("zz-ledger");
        write("INSERT INTO target_state (target) VALUES (?), (?)", orders, ledger);
    }

    @Test
    void showsTheLoginsOfAPersonToWhoAsksForThem() {
        String ada = id(user(unique("ada")));
        login(orders, ada, "ada", "active", false, null);
        login(ledger, ada, "ada.l", "suspended", false, "The server is full.");

        JsonNode person = get(USERS + "/" + ada + "?attributes=userName," + LOGINS);

        assertThat(person.at("/schemas")).extracting(JsonNode::textValue).containsExactly(USER, URN);
        assertThat(person.path(URN).path("logins").toString()).isEqualTo("""
                        [{"value":"ada","target":"%s","state":"active","since":"2026-11-21T08:00:00.000000Z"},\
                        {"value":"ada.l","target":"%s","state":"locked","since":"2026-11-21T08:00:00.000000Z",\
                        "problem":"The server is full."}]""".formatted(orders, ledger));
    }

    @Test
    void showsNobodyWhatTheyDidNotAskFor() {
        JsonNode made = user(unique("ada"));
        String ada = id(made);
        login(orders, ada, "ada", "active", false, null);

        JsonNode person = get(USERS + "/" + ada);

        assertThat(person).isEqualTo(made);
        assertThat(get(USERS + "/" + ada + "?attributes=userName").has(URN)).isFalse();
        assertThat(get(USERS + "/" + ada + "?excludedAttributes=userName").has(URN))
                .isFalse();
        assertThat(get(USERS + "/" + ada + "?attributes=" + LOGINS + "&excludedAttributes=" + LOGINS)
                        .has(URN))
                .isFalse();
    }

    @Test
    void showsOnePartOfALoginAlone() {
        String ada = id(user(unique("ada")));
        login(orders, ada, "ada", "pending", false, null);

        JsonNode person = get(USERS + "/" + ada + "?attributes=" + LOGINS + ".state");

        assertThat(person.path(URN).path("logins").toString()).isEqualTo("[{\"state\":\"pending\"}]");
    }

    @Test
    void saysWhatWaitsForAHumanAndNotWhatIsGone() {
        String ada = id(user(unique("ada")));
        login(orders, ada, "ada", "active", true, null);
        login(ledger, ada, "ada", "dropped", false, null);

        JsonNode logins =
                get(USERS + "/" + ada + "?attributes=" + LOGINS).path(URN).path("logins");

        assertThat(logins).hasSize(1);
        assertThat(logins.at("/0/state").textValue()).isEqualTo("held");
    }

    @Test
    void saysThatALoginIsLockedWhateverIsNotDoneYet() {
        String ada = id(user(unique("ada")));
        login(orders, ada, "ada", "suspended", true, null);
        login(ledger, ada, "ada", "suspended", false, "A session has not ended in time.");

        assertThat(told(ada, orders, "state")).isEqualTo("locked");
        assertThat(told(ada, orders, "problem")).contains("waits for a human");
        assertThat(told(ada, ledger, "state")).isEqualTo("locked");
        assertThat(told(ada, ledger, "problem")).isEqualTo("A session has not ended in time.");
    }

    @Test
    void saysThatALoginIsNotLockedWhereThatFailed() {
        String ada = id(user(unique("ada")));
        login(orders, ada, "ada", "active", false, "It is BUSY.");

        assertThat(told(ada, orders, "state")).isEqualTo("failed");
    }

    @Test
    void saysWhatIsNotProvenYet() {
        String ada = id(user(unique("ada")));
        login(orders, ada, "ada", "suspended", false, null);
        receipt(orders, ada, null, null);

        assertThat(told(ada, orders, "state")).isEqualTo("suspended");
        assertThat(told(ada, orders, "problem")).contains("not proven yet");

        receipt(orders, ada, true, null);

        assertThat(told(ada, orders, "problem")).isNull();
    }

    @Test
    void saysWhatSpokeAgainstAProofUntilItWasLookedAtAgain() {
        String ada = id(user(unique("ada")));
        login(orders, ada, "ada", "suspended", false, null);
        write("UPDATE login SET seen = now() - interval '1 minute' WHERE target = ?", orders);
        receipt(orders, ada, false, "1 session is open");

        assertThat(told(ada, orders, "state")).isEqualTo("locked");
        assertThat(told(ada, orders, "problem")).endsWith("1 session is open");

        write("UPDATE login SET seen = now() WHERE target = ?", orders);

        assertThat(told(ada, orders, "state")).isEqualTo("suspended");
        assertThat(told(ada, orders, "problem")).isNull();
    }

    @Test
    void showsThemOnEveryPageOfASearch() {
        String stem = unique("crew");
        String ada = id(user(stem + "-ada"));
        String bob = id(user(stem + "-bob"));
        login(orders, ada, "ada", "active", false, null);
        login(orders, bob, "bob", "suspended", false, null);
        String filter = "userName sw \"" + stem + "\"";

        JsonNode page = search(USERS, filter, "sortBy=userName", "attributes=" + LOGINS);
        JsonNode posted = ok(scim("""
                        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "sortBy": "userName",
                         "filter": "userName sw \\"%s\\"", "attributes": ["%s"]}""".formatted(stem, LOGINS)).post(USERS + "/.search"), 200);

        assertThat(StreamSupport.stream(page.path("Resources").spliterator(), false)
                        .map(person -> person.path(URN).at("/logins/0/value").textValue()))
                .containsExactly("ada", "bob");
        assertThat(posted).isEqualTo(page);
    }

    @Test
    void anAnswerToAChangeShowsThemToo() {
        String ada = id(user(unique("ada")));
        login(orders, ada, "ada", "active", false, null);
        String body = patch("{\"op\":\"replace\",\"path\":\"active\",\"value\":false}");

        JsonNode patched = ok(scim(body).patch(USERS + "/" + ada + "?attributes=active," + LOGINS), 200);

        assertThat(patched.path(URN).path("logins")).hasSize(1);
    }

    @Test
    void aCopyThatIsStillGoodIsNotGoodForThis() {
        String ada = id(user(unique("ada")));
        login(orders, ada, "ada", "active", false, null);
        String tag = scim().get(USERS + "/" + ada).header("ETag");

        Response plain = scim().header("If-None-Match", tag).get(USERS + "/" + ada);
        Response asked = scim().header("If-None-Match", tag).get(USERS + "/" + ada + "?attributes=" + LOGINS);

        assertThat(plain.statusCode()).isEqualTo(304);
        assertThat(json(asked).path(URN).path("logins")).hasSize(1);
    }

    @Test
    void nobodySetsThem() {
        String name = unique("ada");
        String body = """
                {"schemas": ["%s", "%s"], "userName": "%s", "%s": {"logins": [{"value": "root", "state": "active"}]}}""".formatted(USER, URN, name, URN);

        JsonNode made = ok(scim(body).post(USERS), 201);
        JsonNode refused = ok(
                scim(patch("{\"op\":\"add\",\"path\":\"%s\",\"value\":[{\"value\":\"root\"}]}".formatted(LOGINS)))
                        .patch(USERS + "/" + id(made)),
                400);

        assertThat(made.has(URN)).isFalse();
        assertThat(get(USERS + "/" + id(made) + "?attributes=" + LOGINS).has(URN))
                .isFalse();
        assertThat(refused.path("scimType").textValue()).isEqualTo("mutability");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"logins pr", "logins eq \"ada\"", "logins.state eq \"active\"", "logins[state eq \"failed\"]"})
    void aSearchForThemIsRefused(String filter) {
        JsonNode refused = ok(scim().get(USERS + "?filter=" + encoded(URN + ":" + filter)), 400);

        assertThat(refused.path("scimType").textValue()).isEqualTo("invalidFilter");
        assertThat(refused.path("detail").textValue()).contains(LOGINS).contains("cannot be searched for");
    }

    @Test
    void anOrderByThemIsRefused() {
        JsonNode refused = ok(scim().get(USERS + "?sortBy=" + LOGINS + ".since"), 400);

        assertThat(refused.path("scimType").textValue()).isEqualTo("invalidPath");
        assertThat(refused.path("detail").textValue()).contains("cannot be sorted by");
    }

    @Test
    void groupsHaveNone() {
        String crew = id(group(unique("crew")));
        login(orders, crew, "crew", "active", false, null);

        assertThat(get(GROUPS + "/" + crew + "?attributes=" + LOGINS).has(URN)).isFalse();
    }

    private static String told(String person, String target, String part) {
        JsonNode logins =
                get(USERS + "/" + person + "?attributes=" + LOGINS).path(URN).path("logins");
        return StreamSupport.stream(logins.spliterator(), false)
                .filter(login -> login.path("target").textValue().equals(target))
                .findFirst()
                .orElseThrow()
                .path(part)
                .textValue();
    }

    private void receipt(String target, String person, Boolean verdict, String why) {
        write(
                "INSERT INTO receipt (target, person, login, server_id, pass, what, asked, claimed, done, proven, verdict, why)"
                        + " VALUES (?, ?, 'ada', '1', 1, 'suspended', now(), now(), now(), now(), ?, ?)",
                target,
                UUID.fromString(person),
                verdict,
                why);
    }

    private void login(String target, String person, String name, String state, boolean held, String error) {
        write(
                "INSERT INTO login (target, person, name, look, state, since, held, error)"
                        + " VALUES (?, ?, ?, ?, ?, '2026-11-21T08:00:00Z', ?, ?)",
                target,
                UUID.fromString(person),
                name,
                name,
                state,
                held,
                error);
    }

    private void write(String sql, Object... values) {
        try (Connection connection = store.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
