package dev.rolewright.web.scim;

import static dev.rolewright.web.scim.ScimClient.unique;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.scim.dialect.Conversation;
import dev.rolewright.web.auth.TestTokens;
import dev.rolewright.web.scim.Mutations.Request;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/// Thousands of requests, recorded from identity providers or made up, and then damaged: none is
/// answered with a failure of ours, with a page or with anything but the error envelope, and none that
/// is refused leaves a trace.
///
/// `-Drolewright.fuzz.seed=…` and `-Drolewright.fuzz.requests=…` try others and more of them.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class FuzzFlowTest implements Storm.Door {

    private static final int REQUESTS = Integer.getInteger("rolewright.fuzz.requests", 4_000);
    private static final String DIGEST = """
            SELECT md5(concat(
                (SELECT string_agg(concat(id, version, last_modified, document), ',' ORDER BY id)
                 FROM resource WHERE source_id = s.id),
                (SELECT string_agg(concat(group_id, member_id), ',' ORDER BY group_id, member_id)
                 FROM membership JOIN resource ON group_id = resource.id WHERE source_id = s.id),
                (SELECT string_agg(concat(holder, attribute, value), ',' ORDER BY holder, attribute, value)
                 FROM pending_reference WHERE source_id = s.id),
                (SELECT max(id) FROM audit_event WHERE source_id = s.id)))
            FROM source s WHERE name = ?
            """;

    @Inject
    DataSource store;

    private String source;
    private String token;

    @Test
    void nothingBreaksAndNothingHalfDoneStays() throws Exception {
        openSource();
        List<Request> seeds = seeds();
        Storm storm = new Storm(this);

        Map<Integer, Integer> answers = storm.blow(REQUESTS, seeds, new Mutations(storm.random));

        // The mutations must neither all be harmless nor all be hopeless.
        assertThat(answers.keySet()).contains(200, 201, 204, 400, 404, 405);
        assertThat(answers.entrySet().stream()
                        .filter(e -> e.getKey() < 300)
                        .mapToInt(Map.Entry::getValue)
                        .sum())
                .isBetween(REQUESTS / 20, REQUESTS * 3 / 4);
    }

    @Override
    public void check(Request request, RawHttp.Answer answer) {
        Storm.checkAny(request, answer);
        if (request.method().equals("HEAD")) {
            return;
        }
        if (answer.status() >= 400) {
            Envelopes.assertRefusal(answer, answer.status());
        } else if (answer.status() == 204 || answer.status() == 304) {
            assertThat(answer.body()).isEmpty();
        } else {
            assertThat(answer.header("Content-Type")).isEqualTo(MediaTypes.SCIM);
            assertThat(Envelopes.json(answer.body()).path("schemas").isArray()).isTrue();
        }
    }

    private List<Request> seeds() throws IOException {
        Map<String, String> known = new TreeMap<>();
        for (String person : List.of("ada", "bob", "cyd", "eve", "grace")) {
            known.put(
                    person,
                    create(
                            "/Users",
                            "{\"schemas\":[\"%s\"],\"userName\":\"%s-fuzz\"}".formatted(ScimClient.USER, person)));
        }
        for (String group : List.of("readers", "writers", "group", "suite")) {
            known.put(
                    group,
                    create(
                            "/Groups",
                            "{\"schemas\":[\"%s\"],\"displayName\":\"%s\"}".formatted(ScimClient.GROUP, group)));
        }
        List<Request> seeds = new ArrayList<>();
        Conversation.all()
                .flatMap(conversation -> conversation.exchanges().stream())
                .forEach(exchange -> {
                    Map<String, String> headers = new TreeMap<>(exchange.headers());
                    headers.remove("Authorization");
                    seeds.add(new Request(
                            exchange.method(),
                            Conversation.filled(exchange.path(), known),
                            headers,
                            exchange.body()
                                    .map(body -> Conversation.filled(body, known)
                                            .toString()
                                            .getBytes(UTF_8))
                                    .orElse(new byte[0])));
                });
        own(known).forEach(seeds::add);
        return seeds;
    }

    /// What identity providers do not send, but others may.
    private static List<Request> own(Map<String, String> known) {
        String person = """
                {"schemas":["%s","%s"],"userName":"zoe","externalId":"e-1","name":{"familyName":"Z","givenName":"Zoe"},
                 "emails":[{"value":"z@x.test","type":"work","primary":true},{"value":"y@x.test","type":"home"}],
                 "phoneNumbers":[{"value":"+1","type":"work"}],"addresses":[{"type":"work","locality":"Paris"}],
                 "x509Certificates":[{"value":"aGVsbG8="}],"active":true,"title":"Dr","timezone":"Europe/Paris",
                 "%s":{"department":"Data","manager":{"value":"%s"}}}""".formatted(ScimClient.USER, ScimClient.ENTERPRISE, ScimClient.ENTERPRISE, known.get("ada"));
        String search = """
                {"schemas":["%s"],"filter":"userName sw \\"a\\" or emails[type eq \\"work\\" and value co \\"x\\"]",
                 "sortBy":"name.familyName","sortOrder":"descending","startIndex":1,"count":5,
                 "attributes":["userName","emails.value"]}""".formatted(SearchRequest.SCHEMA);
        String bulk = """
                {"schemas":["%s"],"failOnErrors":3,"Operations":[
                 {"method":"POST","path":"/Users","bulkId":"u","data":{"schemas":["%s"],"userName":"bulk"}},
                 {"method":"POST","path":"/Groups","bulkId":"g","data":{"schemas":["%s"],"displayName":"b",
                  "members":[{"value":"bulkId:u"},{"value":"bulkId:h"}]}},
                 {"method":"POST","path":"/Groups","bulkId":"h","data":{"schemas":["%s"],"displayName":"c",
                  "members":[{"value":"bulkId:g"}]}},
                 {"method":"PATCH","path":"/Users/%s","version":"W/\\"1\\"","data":{"schemas":["%s"],
                  "Operations":[{"op":"replace","path":"title","value":"x"}]}},
                 {"method":"DELETE","path":"/Users/bulkId:u"}]}""".formatted(
                        BulkPlan.REQUEST,
                        ScimClient.USER,
                        ScimClient.GROUP,
                        ScimClient.GROUP,
                        known.get("eve"),
                        ScimClient.PATCH);
        Map<String, String> json = Map.of("Content-Type", MediaTypes.SCIM);
        return List.of(
                new Request("POST", "/Users", json, person.getBytes(UTF_8)),
                new Request("PUT", "/Users/" + known.get("bob"), json, person.getBytes(UTF_8)),
                new Request("POST", "/Users/.search", json, search.getBytes(UTF_8)),
                new Request("POST", "/.search", json, search.getBytes(UTF_8)),
                new Request("POST", "/Bulk", json, bulk.getBytes(UTF_8)),
                new Request("POST", "/Bulk", json, bulk.getBytes(UTF_8)),
                new Request("GET", "/?filter=meta.resourceType+eq+%22User%22&count=3", Map.of(), new byte[0]),
                new Request("GET", "/Users?cursor&count=2", Map.of(), new byte[0]),
                new Request("GET", "/Me", Map.of(), new byte[0]),
                new Request("DELETE", "/Users/" + known.get("cyd"), Map.of(), new byte[0]));
    }

    private void openSource() {
        source = unique("fuzz");
        Response opened = admin("{\"name\":\"" + source + "\"}").post("/api/sources");
        assertThat(opened.statusCode()).as(opened.asString()).isEqualTo(201);
        Response made = admin("{\"name\":\"fuzz\"}").post("/api/sources/" + source + "/tokens");
        assertThat(made.statusCode()).as(made.asString()).isEqualTo(201);
        token = made.jsonPath().getString("token");
    }

    private static io.restassured.specification.RequestSpecification admin(String body) {
        return given().header("Authorization", "Bearer " + TestTokens.ADMIN)
                .contentType("application/json")
                .body(body);
    }

    private String create(String path, String body) throws IOException {
        RawHttp.Answer answer =
                send(new Request("POST", path, Map.of("Content-Type", MediaTypes.SCIM), body.getBytes(UTF_8)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        JsonNode created = Envelopes.json(answer.body());
        return ScimClient.id(created);
    }

    @Override
    public RawHttp.Answer send(Request request) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.headers());
        headers.put("Authorization", "Bearer " + token);
        return RawHttp.send(request.method(), "/scim/" + source + "/v2" + request.path(), headers, request.body());
    }

    @Override
    public String kept() throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement statement = connection.prepareStatement(DIGEST)) {
            statement.setString(1, source);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
