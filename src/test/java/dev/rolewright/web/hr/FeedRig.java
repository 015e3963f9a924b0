package dev.rolewright.web.hr;

import static io.restassured.RestAssured.given;

import dev.rolewright.store.Store;
import dev.rolewright.web.auth.TestTokens;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/// What tests of feeds begin with: people with employee numbers, an HR system that does not sign, and an admin.
abstract class FeedRig {

    static final String FEEDS = "/hr/v1/feeds";
    static final String CSV = "text/csv";
    static final String LINES = "application/x-ndjson";

    @Inject
    Store store;

    final String tag = UUID.randomUUID().toString().substring(0, 8);

    /// People of earlier tests take part in what is a large share of everybody, so nobody stays.
    @AfterEach
    void everybodyLeaves() {
        store.run("DELETE FROM resource WHERE search ->> 'userName' LIKE ?", "%" + tag + "@feeds.example");
        store.run("UPDATE hr_feed SET received = received - interval '2 hours'");
    }

    static RequestSpecification as(String token, String type) {
        return given().config(RestAssured.config()
                        .encoderConfig(RestAssured.config()
                                .getEncoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .header("Authorization", "Bearer " + token)
                .contentType(type);
    }

    static Response plain(String type, String body) {
        return as(HrSystems.PLAIN, type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(FEEDS);
    }

    static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestTokens.ADMIN).contentType("application/json");
    }

    static Response decide(long feed, String what, String digest) {
        return admin().body("{\"digest\": \"%s\", \"reason\": \"It is meant.\"}".formatted(digest))
                .post("/api/feeds/" + feed + "/" + what);
    }

    /// Makes people with the employee numbers `tag-0`, `tag-1`, …
    void hire(int number) {
        hire(0, number);
    }

    void hire(int from, int to) {
        store.run("""
                INSERT INTO resource (id, source_id, type, version, created, last_modified, document, search)
                SELECT gen_random_uuid(), (SELECT min(id) FROM source), 'User', 1, now(), now(), d, d
                FROM generate_series(?, ? - 1) n CROSS JOIN LATERAL (SELECT jsonb_build_object(
                    'userName', n || ? || '@feeds.example',
                    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
                    jsonb_build_object('employeeNumber', ? || '-' || n)) AS d) d""", from, to, tag, tag);
    }

    String leavers(int from, int to) {
        StringBuilder text = new StringBuilder("kind,employeeNumber,lastDay\r\n");
        IntStream.range(from, to).forEach(number -> text.append("leaver,%s-%d,2026-03-31\r\n".formatted(tag, number)));
        return text.toString();
    }

    long active() {
        return store.first(
                        "SELECT count(*) FROM resource WHERE type = 'User'"
                                + " AND coalesce((document -> 'active')::boolean, true)",
                        row -> row.getLong(1))
                .orElseThrow();
    }

    long fenced() {
        return count("""
                SELECT count(*) FROM fence f JOIN resource r ON r.id = f.person
                WHERE r.search ->> 'userName' LIKE ?""");
    }

    long facts() {
        return count("SELECT count(*) FROM hr_fact f JOIN hr_subject s ON s.id = f.subject WHERE s.value LIKE ?");
    }

    long count(String sql) {
        return store.first(sql, row -> row.getLong(1), "%" + tag + "%").orElseThrow();
    }
}
