package dev.rolewright.web.scim;

import static dev.rolewright.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.amendment.Contracts;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.web.api.KeptTargets;
import dev.rolewright.web.auth.TestTokens;
import dev.rolewright.web.scim.Mutations.Request;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Damaged requests at the admins' door: none is answered with a failure of ours, with a page or with anything but a
/// problem document, and none that is refused decides or makes anything.
///
/// `-Drolewright.fuzz.seed=…` and `-Drolewright.fuzz.requests=…` try others and more of them.
@QuarkusTest
@TestProfile(KeptTargets.class)
class ApiFuzzFlowTest implements Storm.Door {

    private static final int REQUESTS = Integer.getInteger("rolewright.fuzz.requests", 2_000);
    private static final String PERSON = "0193a1c0-0000-7000-8000-000000000001";
    private static final String DECIDED = """
            SELECT md5(concat(
                (SELECT string_agg(concat(name, closed), ',' ORDER BY name) FROM source),
                (SELECT count(*) FROM source_token), (SELECT count(revoked) FROM source_token),
                (SELECT string_agg(concat(id, state, reason), ',' ORDER BY id) FROM hold),
                (SELECT count(*) FROM dirty)))""";

    private static final List<String> PATHS = List.of(
            "",
            "/",
            "/nothing",
            "/contract",
            "/contract/findings",
            "/contract/versions",
            "/contract/versions/0",
            "/contract/versions/99999999999999999999",
            "/contract/versions/1/files/../../x",
            "/contract/versions/1/files/%2e%2e/%00",
            "/mappings",
            "/mappings/people",
            "/people/" + PERSON + "/access",
            "/people/" + PERSON + "/mappings",
            "/people/x/access",
            "/people/%00/access",
            "/people/1-1-1-1-1/mappings",
            "/targets",
            "/targets/orders",
            "/targets/ORDERS",
            "/targets/%00",
            "/targets/" + "x".repeat(3000),
            "/targets/orders/logins",
            "/targets/orders/passes",
            "/targets/orders/passes/-1/plan",
            "/targets/orders/passes/99999999999999999999/plan",
            "/targets/orders/drift",
            "/targets/../holds",
            "/targets;a=b",
            "/holds",
            "/holds/0",
            "/holds/%zz",
            "/holds/1/plan",
            "/holds/1/release",
            "/receipts",
            "/receipts/é",
            "/audit",
            "/pending",
            "/quirks",
            "/sources",
            "/sources/%00",
            "/sources/nobody/tokens",
            "/sources/<script>/tokens/1");

    private static final List<String> QUERIES = List.of(
            "limit=0",
            "limit=-1",
            "limit=1e3",
            "limit=99999999999999999999",
            "limit=1&limit=2",
            "after=%00",
            "after=",
            "after=" + "x".repeat(2000),
            "after=%F0%9F%98%80",
            "after=%ED%A0%80",
            "olderThan=-1",
            "olderThan=9223372036854775808",
            "olderThan=x",
            "open=maybe",
            "open=",
            "target=%00",
            "target=No",
            "person=x",
            "person=" + PERSON,
            "group=%00",
            "role=%27--",
            "wait=-1",
            "wait=61",
            "wait=x",
            "from=yesterday",
            "from=2026-11-21T00:00:00Z",
            "from=%2B1000000000-12-31T23:59:59Z",
            "until=-1000000000-01-01T00:00:00Z",
            "subject=%00",
            "action=%25",
            "actor=%00",
            "source=%00",
            "request=%00",
            "source=default",
            "&&&",
            "=",
            "%");

    @Inject
    DataSource store;

    @Inject
    Contracts contracts;

    private final String source = "fuzz-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void haveSomethingToDecide() throws Exception {
        await().until(() -> contracts.active().isPresent());
        run("TRUNCATE hold RESTART IDENTITY CASCADE");
        String plan = PlanJson.text(new Plan(new TargetName("orders"), List.of(), List.of()));
        for (String state : List.of("open", "refused")) {
            run(
                    "INSERT INTO hold (target, state, plan, digest, server, why, census, limits, since, seen, decided, decider,"
                            + " reason) VALUES ('orders', '" + state + "', '" + plan
                            + "'::json, 'd1', 's', '{too many}',"
                            + " '{\"logins\": 9, \"active\": 9, \"memberships\": 9}',"
                            + " '{\"removeLogins\": 20, \"suspendLogins\": 20, \"revokeMemberships\": 30, \"atLeast\": 5}',"
                            + " now(), now(), "
                            + (state.equals("open") ? "NULL, NULL, NULL)" : "now(), 'grace', 'a test')"));
        }
        assertThat(send(json("POST", "/sources", "{\"name\":\"" + source + "\"}"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void nothingBreaksAndWhatIsRefusedDecidesNothing() throws Exception {
        List<Request> seeds = seeds();
        Storm storm = new Storm(this);

        Map<Integer, Integer> answers = storm.blow(REQUESTS, seeds, new Mutations(storm.random, PATHS, QUERIES));

        // The mutations must neither all be harmless nor all be hopeless.
        assertThat(answers.keySet()).contains(200, 201, 202, 400, 404, 405, 409);
    }

    @Override
    public void check(Request request, RawHttp.Answer answer) {
        Storm.checkAny(request, answer);
        if (request.method().equals("HEAD")) {
            return;
        }
        if (answer.status() >= 400) {
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(Envelopes.json(answer.body()).path("status").intValue()).isEqualTo(answer.status());
            assertThat(Envelopes.json(answer.body()).path("detail").textValue())
                    .isNotBlank()
                    .doesNotContain("dev.rolewright");
        }
    }

    private List<Request> seeds() {
        List<Request> seeds = new ArrayList<>();
        PATHS.subList(3, PATHS.size()).forEach(path -> seeds.add(new Request("GET", path, Map.of(), new byte[0])));
        seeds.add(json("POST", "/sources", "{\"name\":\"" + source + "-x\"}"));
        seeds.add(json("POST", "/sources/" + source + "/close", ""));
        seeds.add(json("POST", "/sources/" + source + "/open", ""));
        seeds.add(json("POST", "/sources/" + source + "/tokens", "{\"name\":\"t\",\"lifetime\":\"P365D\"}"));
        seeds.add(json(
                "POST",
                "/sources/" + source + "/tokens",
                "{\"name\":\"t\",\"expiresAt\":\"2099-01-01T00:00:00Z\",\"person\":\"" + PERSON + "\"}"));
        seeds.add(new Request("DELETE", "/sources/" + source + "/tokens/" + PERSON, Map.of(), new byte[0]));
        seeds.add(json("POST", "/targets/orders/passes", ""));
        seeds.add(json("POST", "/targets/orders/passes?person=" + PERSON, ""));
        for (String verdict : List.of("release", "refuse")) {
            seeds.add(
                    json("POST", "/holds/1/" + verdict, "{\"digest\":\"d1\",\"reason\":\"The team was dissolved.\"}"));
            seeds.add(json("POST", "/holds/2/" + verdict, "{\"digest\":\"d0\",\"reason\":\"r\"}"));
        }
        return seeds;
    }

    private static Request json(String method, String path, String body) {
        return new Request(method, path, Map.of("Content-Type", "application/json"), body.getBytes(UTF_8));
    }

    @Override
    public RawHttp.Answer send(Request request) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.headers());
        headers.put("Authorization", "Bearer " + TestTokens.ADMIN);
        return RawHttp.send(request.method(), "/api" + request.path(), headers, request.body());
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public String kept() throws SQLException {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(DECIDED)) {
            row.next();
            return row.getString(1);
        }
    }
}
