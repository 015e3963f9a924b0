package dev.rolewright.web.scim;

import static dev.rolewright.web.scim.ScimClient.GROUP;
import static dev.rolewright.web.scim.ScimClient.GROUPS;
import static dev.rolewright.web.scim.ScimClient.ROOT;
import static dev.rolewright.web.scim.ScimClient.USER;
import static dev.rolewright.web.scim.ScimClient.USERS;
import static dev.rolewright.web.scim.ScimClient.encoded;
import static dev.rolewright.web.scim.ScimClient.get;
import static dev.rolewright.web.scim.ScimClient.group;
import static dev.rolewright.web.scim.ScimClient.id;
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
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every cap of {@link ScimConfig.Limits}, made small: just enough is served, one more is refused in the envelope with
/// the status that fits.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(LimitsFlowTest.Small.class)
class LimitsFlowTest {

    public static class Small implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    limit("body-bytes", 20_000),
                    limit("depth", 8),
                    limit("string-length", 500),
                    limit("name-length", 80),
                    limit("number-length", 20),
                    limit("uri-length", 2000),
                    limit("patch-operations", 3),
                    limit("members", 4),
                    limit("bulk-operations", 2),
                    limit("filter-length", 300),
                    limit("filter-clauses", 5),
                    limit("filter-depth", 3),
                    limit("default-page-size", 2),
                    limit("max-page-size", 3),
                    Map.entry("rolewright.management.open-documentation", "false"),
                    Map.entry("rolewright.scim.base-url", "https://iam.example.org/rw/"));
        }

        private static Map.Entry<String, String> limit(String name, int value) {
            return Map.entry("rolewright.scim.limits." + name, Integer.toString(value));
        }
    }

    @Test
    void capsTheBody() {
        Envelopes.assertRefusal(scim(person("x", " ".repeat(20_000))).post(USERS), 413);
        Response bulk = scim("{" + " ".repeat(20_000) + "}").post(ROOT + "/Bulk");

        assertThat(Envelopes.assertRefusal(bulk, 413).path("detail").textValue())
                .contains("maxPayloadSize (20000");
        assertThat(scim(person(unique("x"), " ".repeat(19_000))).post(USERS).statusCode())
                .isEqualTo(201);
    }

    @Test
    void capsTheDepthOfABody() {
        Envelopes.assertRefusal(
                scim(person("x", ",\"a\":" + "[".repeat(8) + "]".repeat(8))).post(USERS), 400, "invalidSyntax");
        Envelopes.assertRefusal(
                scim(person("x", ",\"a\":" + "[".repeat(9_000) + "]".repeat(9_000)))
                        .post(USERS),
                400,
                "invalidSyntax");
        assertThat(scim(person(unique("x"), ",\"a\":" + "[".repeat(7) + "]".repeat(7)))
                        .post(USERS)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void capsStringsNamesAndNumbersOfABody() {
        Envelopes.assertRefusal(scim(person("x".repeat(501), "")).post(USERS), 400, "invalidSyntax");
        Envelopes.assertRefusal(
                scim(person("x", ",\"" + "n".repeat(81) + "\":1")).post(USERS), 400, "invalidSyntax");
        Envelopes.assertRefusal(scim(person("x", ",\"n\":" + "1".repeat(21))).post(USERS), 400, "invalidSyntax");
        Envelopes.assertRefusal(scim(person("x", ",\"n\":1e999")).post(USERS), 400, "invalidSyntax");
    }

    @Test
    void capsTheAddress() {
        Envelopes.assertRefusal(scim().get(USERS + "?unknown=" + "x".repeat(2000)), 414);
        assertThat(scim().get(USERS + "?count=0&unknown=" + "x".repeat(1900)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void capsTheOperationsOfAPatch() {
        JsonNode person = user(unique("ada"));
        String operation = "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Dr\"}";

        Response answer = scim(patch(Collections.nCopies(4, operation).toArray(String[]::new)))
                .patch(USERS + "/" + id(person));

        Envelopes.assertRefusal(answer, 413);
        assertThat(get(USERS + "/" + id(person))).isEqualTo(person);
        assertThat(scim(patch(Collections.nCopies(3, operation).toArray(String[]::new)))
                        .patch(USERS + "/" + id(person))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void capsTheMembersOfARequest() {
        JsonNode group = group(unique("readers"));
        String path = GROUPS + "/" + id(group);

        Envelopes.assertRefusal(scim(members(unique("x"), 5)).post(GROUPS), 413);
        Envelopes.assertRefusal(scim(members(unique("x"), 5)).put(path), 413);
        Envelopes.assertRefusal(scim(patch(add(3), add(2))).patch(path), 413);
        assertThat(get(path)).isEqualTo(group);
        assertThat(scim(members(unique("x"), 4)).post(GROUPS).statusCode()).isEqualTo(201);
        assertThat(scim(patch(add(4))).patch(path).statusCode()).isEqualTo(204);
    }

    @Test
    void capsTheOperationsOfABulkRequest() {
        String delete = "{\"method\":\"DELETE\",\"path\":\"/Users/nobody\"}";

        Response tooMany = scim(bulk(delete, delete, delete)).post(ROOT + "/Bulk");

        assertThat(Envelopes.assertRefusal(tooMany, 413).path("detail").textValue())
                .contains("maxOperations (2)");
        assertThat(scim(bulk(delete, delete)).post(ROOT + "/Bulk").statusCode()).isEqualTo(200);
    }

    @Test
    void capsFiltersInEveryPlace() {
        String clause = "title eq \"x\"";
        String sixClauses = String.join(" or ", Collections.nCopies(6, clause));
        String deep = "(".repeat(4) + clause + ")".repeat(4);
        String longer = "title eq \"" + "x".repeat(300) + "\"";

        for (String filter : new String[] {sixClauses, deep, longer}) {
            Envelopes.assertRefusal(scim().get(USERS + "?filter=" + encoded(filter)), 400, "invalidFilter");
            Envelopes.assertRefusal(
                    scim("{\"schemas\":[\"%s\"],\"filter\":\"%s\"}"
                                    .formatted(SearchRequest.SCHEMA, filter.replace("\"", "\\\"")))
                            .post(USERS + "/.search"),
                    400,
                    "invalidFilter");
        }
        search(USERS, String.join(" or ", Collections.nCopies(5, clause)));
        search(USERS, "(".repeat(3) + clause + ")".repeat(3));
        JsonNode person = user(unique("ada"));
        String selector = String.join(" or ", Collections.nCopies(6, "type eq \\\"x\\\""));
        assertThat(scim(patch("{\"op\":\"remove\",\"path\":\"emails[" + selector + "]\"}"))
                        .patch(USERS + "/" + id(person))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void capsPages() {
        String stem = unique("page");
        IntStream.range(0, 4).forEach(i -> user(stem + i));
        String filter = "userName sw \"" + stem + "\"";

        assertThat(search(USERS, filter).path("itemsPerPage").intValue()).isEqualTo(2);
        assertThat(search(USERS, filter, "count=100").path("itemsPerPage").intValue())
                .isEqualTo(3);
        assertThat(search(USERS, filter, "count=100", "cursor")
                        .path("itemsPerPage")
                        .intValue())
                .isEqualTo(3);
        assertThat(search(USERS, filter).path("totalResults").intValue()).isEqualTo(4);
    }

    @Test
    void advertisesItsCaps() {
        JsonNode config = get(ROOT + "/ServiceProviderConfig");

        assertThat(config.at("/bulk/maxOperations").intValue()).isEqualTo(2);
        assertThat(config.at("/bulk/maxPayloadSize").intValue()).isEqualTo(20_000);
        assertThat(config.at("/filter/maxResults").intValue()).isEqualTo(3);
        assertThat(config.at("/pagination/defaultPageSize").intValue()).isEqualTo(2);
        assertThat(config.at("/pagination/maxPageSize").intValue()).isEqualTo(3);
    }

    /// In production the guard of the documentation looks at every path, too.
    @ParameterizedTest
    @ValueSource(strings = {"/scim/v2/Users/%zz", "/scim/v2/Users/%", "/scim/v2/Users/%C3%28", "/scim/%zz/v2/Users"})
    void copesWithUndecodablePathsWhenTheDocumentationIsGuarded(String path) throws IOException {
        RawHttp.Answer answer = RawHttp.send("GET", path, Map.of(), new byte[0]);

        assertThat(answer.status()).isIn(400, 404);
        Envelopes.assertRefusal(answer, answer.status());
    }

    @Test
    void callsItselfWhatItIsConfiguredTo() {
        JsonNode person = user(unique("ada"));

        assertThat(person.at("/meta/location").textValue())
                .isEqualTo("https://iam.example.org/rw/scim/v2/Users/" + id(person));
    }

    private static String person(String userName, String more) {
        return "{\"schemas\":[\"%s\"],\"userName\":\"%s\"%s}".formatted(USER, userName, more);
    }

    private static String members(String displayName, int count) {
        return "{\"schemas\":[\"%s\"],\"displayName\":\"%s\",\"members\":[%s]}"
                .formatted(GROUP, displayName, list(count));
    }

    private static String add(int count) {
        return "{\"op\":\"add\",\"path\":\"members\",\"value\":[" + list(count) + "]}";
    }

    private static String list(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"value\":\"" + unique("m") + "\"}")
                .collect(Collectors.joining(","));
    }

    private static String bulk(String... operations) {
        return "{\"schemas\":[\"%s\"],\"Operations\":[%s]}".formatted(BulkPlan.REQUEST, String.join(",", operations));
    }
}
