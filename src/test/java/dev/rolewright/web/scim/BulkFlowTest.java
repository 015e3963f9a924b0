package dev.rolewright.web.scim;

import static dev.rolewright.web.scim.ScimClient.ENTERPRISE;
import static dev.rolewright.web.scim.ScimClient.GROUP;
import static dev.rolewright.web.scim.ScimClient.GROUPS;
import static dev.rolewright.web.scim.ScimClient.ROOT;
import static dev.rolewright.web.scim.ScimClient.USER;
import static dev.rolewright.web.scim.ScimClient.USERS;
import static dev.rolewright.web.scim.ScimClient.get;
import static dev.rolewright.web.scim.ScimClient.group;
import static dev.rolewright.web.scim.ScimClient.id;
import static dev.rolewright.web.scim.ScimClient.ok;
import static dev.rolewright.web.scim.ScimClient.patch;
import static dev.rolewright.web.scim.ScimClient.scim;
import static dev.rolewright.web.scim.ScimClient.search;
import static dev.rolewright.web.scim.ScimClient.unique;
import static dev.rolewright.web.scim.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.web.ScimError;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// RFC 7644 §3.7.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class BulkFlowTest {

    @Test
    void doesEveryKindOfChange() {
        JsonNode replaced = user(unique("put"));
        JsonNode patched = user(unique("patch"));
        JsonNode deleted = user(unique("delete"));
        JsonNode group = group(unique("group"));
        String userName = unique("post");

        JsonNode results = bulk(
                post("Users", "q", "\"userName\":\"" + userName + "\""),
                change(
                        "PUT",
                        "/Users/" + id(replaced),
                        tag(replaced),
                        "{\"schemas\":[\"%s\"],\"userName\":\"%s\",\"title\":\"Dr\"}"
                                .formatted(USER, replaced.path("userName").textValue())),
                change(
                        "PATCH",
                        "/Users/" + id(patched),
                        tag(patched),
                        patch("{\"op\":\"add\",\"path\":\"title\",\"value\":\"Mr\"}")),
                change(
                        "PATCH",
                        "/Groups/" + id(group),
                        "*",
                        patch("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + id(patched) + "\"}]}")),
                "{\"method\":\"DELETE\",\"path\":\"/Users/%s\",\"version\":%s}"
                        .formatted(id(deleted), quoted(tag(deleted))));

        assertThat(results)
                .extracting(r -> r.path("status").asText())
                .containsExactly("201", "200", "200", "204", "204");
        assertThat(results)
                .extracting(r -> r.path("method").asText())
                .containsExactly("POST", "PUT", "PATCH", "PATCH", "DELETE");
        assertThat(results.get(0).path("bulkId").textValue()).isEqualTo("q");
        JsonNode created = search(USERS, "userName eq \"" + userName + "\"").at("/Resources/0");
        assertThat(results.get(0).path("location")).isEqualTo(created.at("/meta/location"));
        assertThat(results.get(0).path("version")).isEqualTo(created.at("/meta/version"));
        assertThat(id(created)).doesNotContain("bulkId");
        assertThat(results.get(1).path("location")).isEqualTo(replaced.at("/meta/location"));
        assertThat(results.get(1).path("version"))
                .isEqualTo(get(USERS + "/" + id(replaced)).at("/meta/version"));
        assertThat(get(USERS + "/" + id(replaced)).path("title").textValue()).isEqualTo("Dr");
        assertThat(get(USERS + "/" + id(patched)).path("title").textValue()).isEqualTo("Mr");
        assertThat(get(GROUPS + "/" + id(group)).at("/members/0/value").textValue())
                .isEqualTo(id(patched));
        assertThat(results.get(4).path("location")).isEqualTo(deleted.at("/meta/location"));
        assertThat(results.get(4).has("version")).isFalse();
        Envelopes.assertRefusal(scim().get(USERS + "/" + id(deleted)), 404);
    }

    @Test
    void knowsNewResourcesByTheirBulkIdInEveryDirection() {
        String alice = unique("alice");
        String bob = unique("bob");
        String team = unique("team");

        JsonNode results = bulk(
                post(
                        "Groups",
                        "g",
                        "\"displayName\":\"" + team + "\",\"members\":[{\"type\":\"User\",\"value\":\"bulkId:a\"}]"),
                change(
                        "PATCH",
                        "/Groups/bulkId:g",
                        null,
                        patch("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"bulkId:b\"}]}")),
                post("Users", "a", "\"userName\":\"" + alice + "\""),
                post(
                        "Users",
                        "b",
                        "\"userName\":\"%s\",\"%s\":{\"manager\":{\"value\":\"bulkId:a\"}}"
                                .formatted(bob, ENTERPRISE)));

        assertThat(results).extracting(r -> r.path("status").asText()).containsExactly("201", "204", "201", "201");
        String aliceId = id(search(USERS, "userName eq \"" + alice + "\"").at("/Resources/0"));
        JsonNode bobNow = search(USERS, "userName eq \"" + bob + "\"").at("/Resources/0");
        assertThat(bobNow.path(ENTERPRISE).at("/manager/value").textValue()).isEqualTo(aliceId);
        assertThat(search(GROUPS, "displayName eq \"" + team + "\"").at("/Resources/0/members"))
                .extracting(m -> m.path("value").asText())
                .containsExactlyInAnyOrder(aliceId, id(bobNow));
    }

    @Test
    void resolvesGroupsThatHoldEachOther() {
        String stem = unique("circle");

        JsonNode results = bulk(
                post("Groups", "a", "\"displayName\":\"" + stem + "a\",\"members\":[{\"value\":\"bulkId:b\"}]"),
                post("Groups", "b", "\"displayName\":\"" + stem + "b\",\"members\":[{\"value\":\"bulkId:a\"}]"));

        assertThat(results).extracting(r -> r.path("status").asText()).containsExactly("201", "201");
        JsonNode groups = search(GROUPS, "displayName sw \"" + stem + "\"", "sortBy=displayName")
                .path("Resources");
        assertThat(groups.get(0).at("/members/0/value").textValue()).isEqualTo(id(groups.get(1)));
        assertThat(groups.get(1).at("/members/0/value").textValue()).isEqualTo(id(groups.get(0)));
    }

    @Test
    void leavesNothingOfACircleThatCannotBeCompleted() {
        String taken = unique("taken");
        user(taken);
        String stem = unique("circle");

        JsonNode results = bulk(
                post(
                        "Users",
                        "a",
                        "\"userName\":\"%s\",\"%s\":{\"manager\":{\"value\":\"bulkId:b\"}}"
                                .formatted(stem, ENTERPRISE)),
                post(
                        "Users",
                        "b",
                        "\"userName\":\"%s\",\"%s\":{\"manager\":{\"value\":\"bulkId:a\"}}"
                                .formatted(taken, ENTERPRISE)),
                post("Users", "c", "\"userName\":\"%s-c\"".formatted(stem)));

        assertThat(results).extracting(r -> r.path("status").asText()).containsExactly("409", "409", "201");
        assertThat(results.get(1).at("/response/scimType").textValue()).isEqualTo("uniqueness");
        assertThat(results.get(0).has("location")).isFalse();
        assertThat(search(USERS, "userName eq \"" + stem + "\"")
                        .path("totalResults")
                        .intValue())
                .isZero();
    }

    @Test
    void failsWhatRefersToSomethingThatFailedAndGoesOn() {
        String taken = unique("taken");
        user(taken);
        String team = unique("team");
        String other = unique("other");

        JsonNode results = bulk(
                post("Groups", "g", "\"displayName\":\"" + team + "\",\"members\":[{\"value\":\"bulkId:u\"}]"),
                post("Users", "u", "\"userName\":\"" + taken + "\""),
                change("PATCH", "/Users/bulkId:u", null, patch("{\"op\":\"add\",\"path\":\"title\",\"value\":\"x\"}")),
                post("Users", "o", "\"userName\":\"" + other + "\""));

        assertThat(results).extracting(r -> r.path("status").asText()).containsExactly("409", "409", "409", "201");
        assertThat(results.get(0).at("/response/schemas/0").textValue()).isEqualTo(ScimError.SCHEMA);
        assertThat(results.get(0).at("/response/detail").textValue()).contains("Operations[1]");
        assertThat(search(GROUPS, "displayName eq \"" + team + "\"")
                        .path("totalResults")
                        .intValue())
                .isZero();
    }

    @Test
    void stopsAfterAsManyFailuresAsTheClientAccepts() {
        String userName = unique("late");

        JsonNode answer = perform(
                "\"failOnErrors\":2,",
                post("Users", "a", "\"userName\":\"\""),
                "{\"method\":\"DELETE\",\"path\":\"/Users/nobody\"}",
                post("Users", "b", "\"userName\":\"" + userName + "\""));

        assertThat(answer.path("Operations"))
                .extracting(r -> r.path("status").asText())
                .containsExactly("400", "404");
        assertThat(search(USERS, "userName eq \"" + userName + "\"")
                        .path("totalResults")
                        .intValue())
                .isZero();
    }

    @Test
    void reportsEachFailureAsTheSingleRequestWould() {
        JsonNode person = user(unique("ada"));

        JsonNode results = bulk(
                change(
                        "PUT",
                        "/Users/" + id(person),
                        "W/\"99\"",
                        "{\"schemas\":[\"%s\"],\"userName\":\"%s\"}"
                                .formatted(USER, person.path("userName").textValue())),
                change(
                        "PATCH",
                        "/Users/" + id(person),
                        null,
                        patch("{\"op\":\"replace\",\"path\":\"nothing\",\"value\":1}")),
                "{\"method\":\"DELETE\",\"path\":\"/Nothing/1\"}",
                post("Users", "x", "\"userName\":\"y\",\"manager\":{\"value\":\"bulkId:unknown\"}"),
                "{\"method\":\"GET\",\"path\":\"/Users\"}");

        assertThat(results)
                .extracting(r -> r.path("status").asText())
                .containsExactly("412", "400", "404", "400", "400");
        assertThat(results.get(0).path("location")).isEqualTo(person.at("/meta/location"));
        assertThat(results.get(1).at("/response/scimType").textValue()).isEqualTo("invalidPath");
        assertThat(results).allSatisfy(r -> {
            assertThat(r.at("/response/status")).isEqualTo(r.path("status"));
            assertThat(r.at("/response/detail").textValue()).isNotBlank();
        });
        assertThat(get(USERS + "/" + id(person))).isEqualTo(person);
    }

    @Test
    void refusesWhatIsNoBulkRequest() {
        Envelopes.assertRefusal(scim("{\"Operations\":[]}").post(ROOT + "/Bulk"), 400, "invalidSyntax");
    }

    private static JsonNode bulk(String... operations) {
        return perform("", operations).path("Operations");
    }

    private static JsonNode perform(String members, String... operations) {
        JsonNode answer = ok(
                scim("{\"schemas\":[\"%s\"],%s\"Operations\":[%s]}"
                                .formatted(BulkPlan.REQUEST, members, String.join(",", operations)))
                        .post(ROOT + "/Bulk"),
                200);
        assertThat(answer.at("/schemas/0").textValue()).isEqualTo(BulkPlan.RESPONSE);
        return answer;
    }

    private static String post(String endpoint, String bulkId, String members) {
        return "{\"method\":\"POST\",\"path\":\"/%s\",\"bulkId\":\"%s\",\"data\":{\"schemas\":[\"%s\"],%s}}"
                .formatted(endpoint, bulkId, endpoint.equals("Users") ? USER + "\",\"" + ENTERPRISE : GROUP, members);
    }

    private static String change(String method, String path, String version, String data) {
        return "{\"method\":\"%s\",\"path\":\"%s\",\"version\":%s,\"data\":%s}"
                .formatted(method, path, version == null ? "null" : quoted(version), data);
    }

    private static String tag(JsonNode resource) {
        return resource.at("/meta/version").textValue();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }
}
