package dev.rolewright.web.scim;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.scim.dialect.Conversation;
import dev.rolewright.scim.dialect.Conversation.Exchange;
import dev.rolewright.scim.dialect.Quirk;
import dev.rolewright.scim.schema.StandardCatalog;
import dev.rolewright.web.auth.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Replays every recorded conversation over HTTP, each as an identity provider of its own, and holds replies, counters
/// and audit rows against the recording.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class RecordedConversationsFlowTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TestHTTPResource
    URI server;

    @Inject
    MeterRegistry metrics;

    static Stream<Conversation> conversations() {
        return Conversation.all();
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void goesAsRecorded(Conversation conversation) throws Exception {
        String source = "idp-" + UUID.randomUUID().toString().substring(0, 8);
        String token = open(source);
        Map<String, String> captured = new TreeMap<>();
        captured.put("token", token);
        captured.put("basic", Base64.getEncoder().encodeToString(("any:" + token).getBytes(UTF_8)));

        for (Exchange exchange : conversation.exchanges()) {
            String requestId = UUID.randomUUID().toString();
            Map<Quirk, Double> before = counts();

            HttpResponse<String> reply = HTTP.send(
                    request(exchange, source, token, requestId, captured), HttpResponse.BodyHandlers.ofString());

            assertThat(reply.statusCode()).as("%s: %s", exchange, reply.body()).isEqualTo(exchange.status());
            checkHeaders(exchange, reply);
            JsonNode body = reply.body().isEmpty() ? null : StandardCatalog.JSON.readTree(reply.body());
            exchange.capture()
                    .forEach((name, pointer) ->
                            captured.put(name, body.at(pointer).asText()));
            exchange.reply()
                    .map(expected -> Conversation.filled(expected, captured))
                    .ifPresent(expected -> assertThat(Conversation.difference(expected, body))
                            .as("%s: %s", exchange, reply.body())
                            .isEmpty());
            assertThat(fired(before)).as("%s", exchange).isEqualTo(exchange.quirks());
            checkAudit(exchange, requestId);
        }
    }

    private static void checkHeaders(Exchange exchange, HttpResponse<String> reply) {
        exchange.replyHeaders().forEach((name, value) -> {
            String actual = reply.headers().firstValue(name).orElse("missing");
            if (value.equals("@any")) {
                assertThat(actual).as("%s, %s", exchange, name).isNotEqualTo("missing");
            } else {
                assertThat(actual).as("%s, %s", exchange, name).isEqualTo(value);
            }
        });
        assertThat(reply.body()).doesNotContain("throw-away");
        if (reply.statusCode() == 204) {
            assertThat(reply.body()).isEmpty();
        }
    }

    /// A change says in its audit row which rules were needed; a refused request leaves no row.
    private static void checkAudit(Exchange exchange, String requestId) {
        String rows = admin().queryParam("request", requestId)
                .get("/api/audit")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        JsonNode items = StandardCatalog.json(rows).path("items");
        if (exchange.status() >= 400 || exchange.method().equals("GET")) {
            assertThat(items).as("%s", exchange).isEmpty();
        }
        if (exchange.status() == 201) {
            assertThat(items).as("%s", exchange).isNotEmpty();
        }
        for (JsonNode item : items) {
            Set<String> quirks = new TreeSet<>();
            item.at("/detail/quirks").forEach(quirk -> quirks.add(quirk.textValue()));
            assertThat(quirks).as("%s: %s", exchange, item).isEqualTo(exchange.quirks());
        }
        assertThat(rows).doesNotContain("throw-away");
    }

    private HttpRequest request(
            Exchange exchange, String source, String token, String requestId, Map<String, String> captured)
            throws IOException {
        HttpRequest.BodyPublisher body = exchange.body()
                .map(json -> HttpRequest.BodyPublishers.ofString(
                        Conversation.filled(json, captured).toString()))
                .orElseGet(HttpRequest.BodyPublishers::noBody);
        URI address = server.resolve("/scim/" + source + "/v2" + Conversation.filled(exchange.path(), captured));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).method(exchange.method(), body).header("X-Request-Id", requestId);
        Map<String, String> headers = new TreeMap<>(Map.of("Authorization", "Bearer " + token));
        headers.putAll(exchange.headers());
        headers.forEach((name, value) -> request.setHeader(name, Conversation.filled(value, captured)));
        return request.build();
    }

    private Map<Quirk, Double> counts() {
        Map<Quirk, Double> counts = new TreeMap<>();
        for (Quirk quirk : Quirk.values()) {
            counts.put(quirk, metrics.counter("quirks", "quirk", quirk.code()).count());
        }
        return counts;
    }

    private Set<String> fired(Map<Quirk, Double> before) {
        Set<String> fired = new TreeSet<>();
        counts().forEach((quirk, count) -> {
            if (count > before.get(quirk)) {
                fired.add(quirk.code());
            }
        });
        return fired;
    }

    /// A source of its own, so that totals are what the recording says.
    private static String open(String source) {
        admin().body("{\"name\":\"%s\"}".formatted(source))
                .post("/api/sources")
                .then()
                .statusCode(201);
        return admin().body("{\"name\":\"recorded\"}")
                .post("/api/sources/{source}/tokens", source)
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private static RequestSpecification admin() {
        return given().auth().preemptive().oauth2(TestTokens.ADMIN).contentType("application/json");
    }
}
