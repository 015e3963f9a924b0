package dev.rolewright.web.auth;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA256;

import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who may do what at the admins' door, for every operation that the document of the API has: a new one is tried here
/// without anybody thinking of it.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(TrustsAnIssuer.class)
class DoorMatrixFlowTest {

    /// Nothing that is made up here is there, so whoever is let in finds nothing.
    private static final Map<String, String> NOBODY = Map.of(
            "person", "0193a1c0-0000-7000-8000-000000000000",
            "hold", "999999999",
            "receipt", "999999999",
            "pass", "999999999",
            "number", "999999999",
            "feed", "999999999",
            "file", "nothing.yaml",
            "token", "999999999",
            "source", "nobody",
            "target", "nobody");

    private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete");
    private static final Set<String> DECISIONS = Set.of(
            "POST /api/holds/{hold}/release",
            "POST /api/holds/{hold}/refuse",
            "POST /api/feeds/{feed}/release",
            "POST /api/feeds/{feed}/refuse",
            "POST /api/targets/{target}/server");

    private record Operation(String verb, String path) {

        boolean reads() {
            // A look at a target by POST spends its time, so whoever only reads does not ask for one.
            return verb.equals("get");
        }

        boolean decides() {
            return DECISIONS.contains(toString());
        }

        @Override
        public String toString() {
            return verb.toUpperCase(Locale.ROOT) + " " + path;
        }
    }

    private enum Caller {
        NOBODY,
        PROVIDER,
        STRANGER,
        AUDITOR,
        APPROVER,
        ADMIN;

        RequestSpecification speaks() {
            return switch (this) {
                case NOBODY -> given();
                case PROVIDER -> bearer(TestTokens.SCIM);
                case STRANGER -> bearer(token("somebody"));
                case AUDITOR -> bearer(token("rolewright-auditor"));
                case APPROVER -> bearer(token("four-eyes"));
                case ADMIN -> bearer(token("rolewright-admin"));
            };
        }

        /// The status of a refusal; null for whoever is let in.
        @Nullable
        Integer refusal(Operation operation) {
            return switch (this) {
                case NOBODY, PROVIDER -> 401;
                case STRANGER -> 403;
                case AUDITOR -> operation.reads() ? null : 403;
                case APPROVER -> operation.reads() || operation.decides() ? null : 403;
                case ADMIN -> operation.decides() ? 403 : null;
            };
        }
    }

    private final List<Operation> operations = new ArrayList<>();

    @BeforeEach
    void readTheDocument() {
        JsonPath document = JsonPath.from(
                given().queryParam("format", "json").get("/q/openapi").asString());
        Map<String, Map<String, Object>> paths = document.getMap("paths");
        paths.forEach((path, verbs) -> verbs.keySet().stream()
                .filter(VERBS::contains)
                .filter(_ -> path.startsWith("/api") && !path.startsWith("/api/me/")) // which is for people
                .forEach(verb -> operations.add(new Operation(verb, path))));
        assertThat(operations).hasSizeGreaterThan(30);
        assertThat(operations).extracting(Operation::toString).containsAll(DECISIONS);
    }

    @Test
    void everyOperationIsOpenToWhomItIsMeantForAndToNobodyElse() {
        // A wrong token is answered late on purpose, so nobody waits for it alone.
        assertThat(operations.parallelStream()
                        .flatMap(
                                operation -> Stream.of(Caller.values()).flatMap(caller -> complaint(operation, caller)))
                        .toList())
                .isEmpty();
    }

    private static Stream<String> complaint(Operation operation, Caller caller) {
        Integer refusal = caller.refusal(operation);
        Response answer = ask(caller.speaks(), operation, "{}");
        int status = answer.statusCode();
        boolean right = refusal == null
                ? status != 401 && status != 403 && status < 500
                : status == refusal && answer.contentType().startsWith("application/problem+json");
        return right ? Stream.of() : Stream.of(operation + " by " + caller + ": " + status + " " + answer.asString());
    }

    @Test
    void everyIdThatIsNoneIsRefusedWithAProblem() {
        SoftAssertions all = new SoftAssertions();
        for (Operation operation : operations) {
            for (String id : List.of("-", "%00", "é", "9".repeat(30), "a".repeat(300), "'or'1", "..%2f")) {
                if (!operation.path().contains("{")) {
                    continue;
                }
                Caller caller = operation.decides() ? Caller.APPROVER : Caller.ADMIN;
                Response answer = caller.speaks()
                        .urlEncodingEnabled(false)
                        .contentType("application/json")
                        .body("{}")
                        .request(operation.verb(), operation.path().replaceAll("\\{[^}]*}", id.replace("é", "%C3%A9")));
                all.assertThat(answer.statusCode())
                        .as("%s with %s: %s", operation, id, answer.asString())
                        .isIn(400, 404, 415);
                all.assertThat(answer.contentType())
                        .as("%s with %s", operation, id)
                        .startsWith("application/problem+json");
            }
        }
        all.assertAll();
    }

    @Test
    void everyBodyThatIsNoneIsRefusedWithAProblem() {
        SoftAssertions all = new SoftAssertions();
        Map<String, String> bodies = new HashMap<>(Map.of(
                "[]", "application/json",
                "{", "application/json",
                "{\"nobodyKnows\": 1}", "application/json",
                "null", "application/json",
                "digest=d", "application/x-www-form-urlencoded",
                "<a/>", "application/xml"));
        for (Operation operation : operations) {
            if (operation.reads()) {
                continue;
            }
            Caller caller = operation.decides() ? Caller.APPROVER : Caller.ADMIN;
            bodies.forEach((body, type) -> {
                Response answer = ask(caller.speaks().contentType(type), operation, body);
                all.assertThat(answer.statusCode())
                        .as("%s with %s as %s: %s", operation, body, type, answer.asString())
                        .isIn(400, 404, 415);
                all.assertThat(answer.contentType())
                        .as("%s with %s", operation, body)
                        .startsWith("application/problem+json");
            });
        }
        all.assertAll();
    }

    @Test
    void everyParameterThatIsNoneIsRefusedOrAskedNothing() {
        Map<String, Map<String, Object>> paths = JsonPath.from(
                        given().queryParam("format", "json").get("/q/openapi").asString())
                .getMap("paths");
        SoftAssertions all = new SoftAssertions();
        Set<String> numbers = new TreeSet<>(Set.of("limit", "olderThan", "wait"));
        paths.forEach((path, verbs) -> {
            if (!(verbs.get("get") instanceof Map<?, ?> get) || !path.startsWith("/api")) {
                return;
            }
            List<?> parameters = get.get("parameters") instanceof List<?> list ? list : List.of();
            for (Object each : parameters) {
                Map<?, ?> parameter = (Map<?, ?>) each;
                String name = String.valueOf(parameter.get("name"));
                if (!"query".equals(parameter.get("in"))) {
                    continue;
                }
                for (String value : List.of("-1", "x", "\0", "1".repeat(40))) {
                    Response answer =
                            Caller.ADMIN.speaks().queryParam(name, value).get(path.replaceAll("\\{[^}]*}", "1"));
                    all.assertThat(answer.statusCode())
                            .as("%s with %s=%s: %s", path, name, value, answer.asString())
                            .isLessThan(500);
                    if (numbers.contains(name)) {
                        all.assertThat(answer.statusCode())
                                .as("%s with %s=%s: %s", path, name, value, answer.asString())
                                .isIn(400, 404);
                    }
                }
            }
        });
        all.assertAll();
    }

    private static Response ask(RequestSpecification who, Operation operation, String body) {
        Map<String, String> ids = new TreeSet<>(List.of(operation.path().split("/")))
                .stream()
                        .filter(part -> part.startsWith("{"))
                        .map(part -> part.substring(1, part.length() - 1))
                        .collect(toMap(
                                name -> name,
                                name -> NOBODY.getOrDefault(name, "0193a1c0-0000-7000-8000-000000000000")));
        RequestSpecification request = operation.reads() ? who : who.body(body);
        if (!operation.reads() && body.equals("{}")) {
            request.contentType("application/json");
        }
        return request.pathParams(ids).request(operation.verb(), operation.path());
    }

    private static RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static String token(String role) {
        return MadeUpIssuer.signed(IssuerFile.key(), RSA_USING_SHA256, MadeUpIssuer.good(claims -> {
            claims.setSubject("grace");
            claims.setClaim("realm", Map.of("roles", List.of(role)));
        }));
    }
}
