package dev.rolewright.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.ops.PackagedApp;
import dev.rolewright.web.hr.Signature;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A nightly feed of leavers, from its first byte until all of it is applied, beside the writing of its rows.
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class FeedBench {

    private static final int ROWS = Integer.getInteger("rolewright.bench.feed-rows", 50_000);
    private static final int ROUNDS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String TOKEN = "bench-token-of-an-hr-system-0123456789-abc";
    private static final String KEY = "bench-key-of-an-hr-system-0123456789-abcde";
    private static final Path JVM_OPTIONS = Path.of("deploy", "jvm.options");

    private static final String HIRE = """
            INSERT INTO resource (id, source_id, type, version, created, last_modified, document, search)
            SELECT gen_random_uuid(), 1, 'User', 1, now(), now(), d, d
            FROM generate_series(1, %d) n CROSS JOIN LATERAL (SELECT jsonb_build_object(
                'userName', '%2$s' || n || '@example.org', 'active', true, 'timezone', 'Europe/Berlin',
                'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
                jsonb_build_object('employeeNumber', '%2$s' || n)) AS d) d""";

    private final Report report = new Report("A feed every night");
    private final Table table = new Table();

    @Test
    void measuresAFeed() throws Exception {
        Path folder = Files.createDirectories(Report.FOLDER);
        try (EmbeddedPostgres store = BenchTarget.durable();
                PackagedApp app = PackagedApp.start(folder, environment(store)).untilUp();
                HttpClient client = HttpClient.newHttpClient();
                FeedFloor floor = new FeedFloor(connection(store))) {
            long[] ours = new long[ROUNDS];
            long[] raw = new long[ROUNDS];
            long[] again = new long[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                hire(store, "a" + round + "-", ROWS);
                hire(store, "f" + round + "-", ROWS);
                untilQuiet(store);
                floor.tidy();
                List<String> numbers = numbers("f" + round + "-");
                List<UUID> people = people(store, "f" + round + "-");
                long start = System.nanoTime();
                floor.write(round + 1, numbers, people);
                raw[round] = System.nanoTime() - start;
                untilQuiet(store);
                floor.tidy();
                String body = body(numbers("a" + round + "-"));
                start = System.nanoTime();
                String answer = send(client, app.port(), body);
                ours[round] = System.nanoTime() - start;
                assertThat(answer).contains("\"APPLIED\"", "\"applied\":" + ROWS, "\"stops\":" + ROWS);
                untilQuiet(store);
                assertThat(number(store, "SELECT count(*) FROM fence")).isEqualTo(2L * (round + 1) * ROWS);
                floor.tidy();
                Thread.sleep(1_100); // a request is signed once in a second
                start = System.nanoTime();
                answer = send(client, app.port(), body);
                again[round] = System.nanoTime() - start;
                assertThat(answer).contains("\"known\":" + ROWS);
            }
            table.add(2 * ROUNDS * ROWS, 1, "a feed of %,d leavers".formatted(ROWS), each(ours), each(raw));
            report.note(
                    "the feed took %d, the floor %d ms; the same feed again %d ms",
                    median(ours) / 1_000_000, median(raw) / 1_000_000, median(again) / 1_000_000);
            report.note("resident memory at the end: %d MiB", ScimBench.residentMebibytes(app));
        }
        report.write(table.print());
    }

    private static Map<String, String> environment(EmbeddedPostgres store) {
        return Map.ofEntries(
                Map.entry("QUARKUS_DATASOURCE_JDBC_URL", store.getJdbcUrl("postgres", "postgres")),
                Map.entry("QUARKUS_DATASOURCE_USERNAME", "postgres"),
                Map.entry("ROLEWRIGHT_HR_SENDER_NIGHTLY_TOKEN", TOKEN),
                Map.entry("ROLEWRIGHT_HR_SENDER_NIGHTLY_KEY", KEY),
                Map.entry("ROLEWRIGHT_HR_FEED_LARGEST_SHARE", "100"),
                Map.entry("JDK_JAVA_OPTIONS", "@" + JVM_OPTIONS.toAbsolutePath()));
    }

    private static Connection connection(EmbeddedPostgres store) throws SQLException {
        return DriverManager.getConnection(store.getJdbcUrl("postgres", "postgres"));
    }

    private static void hire(EmbeddedPostgres store, String name, int number) throws SQLException {
        try (Connection connection = connection(store)) {
            BenchTarget.run(connection, HIRE.formatted(number, name));
        }
    }

    private static List<String> numbers(String name) {
        return IntStream.rangeClosed(1, ROWS).mapToObj(n -> name + n).toList();
    }

    private static List<UUID> people(EmbeddedPostgres store, String name) throws SQLException {
        List<UUID> people = new ArrayList<>();
        try (Connection connection = connection(store);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT id FROM resource WHERE search ->> 'userName' LIKE '" + name + "%' ORDER BY random()")) {
            while (rows.next()) {
                people.add(rows.getObject(1, UUID.class));
            }
        }
        return people;
    }

    private static String body(List<String> numbers) {
        StringBuilder body = new StringBuilder("kind,employeeNumber,lastDay,timeZone\r\n");
        numbers.forEach(number -> body.append("leaver,").append(number).append(",2026-03-31,Europe/Berlin\r\n"));
        return body.toString();
    }

    private static String send(HttpClient client, int port, String body) throws Exception {
        long time = Instant.now().getEpochSecond();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hr/v1/feeds"))
                                .header("Authorization", "Bearer " + TOKEN)
                                .header("Content-Type", "text/csv")
                                .header("Rolewright-Timestamp", "" + time)
                                .header("Rolewright-Signature", Signature.of(KEY, time, bytes))
                                .POST(BodyPublishers.ofByteArray(bytes))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    /// Marks of people who were made or fenced are handed on meanwhile; nobody is to pay for those of others.
    private static void untilQuiet(EmbeddedPostgres store) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (number(store, "SELECT count(*) FROM touched") > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("marks are not taken");
            }
            Thread.sleep(100);
        }
    }

    private static long number(EmbeddedPostgres store, String query) throws SQLException {
        try (Connection connection = connection(store);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /// A row of each, so that the rate is of rows.
    private static Load.Figures each(long[] nanos) {
        return new Load.Figures(
                ROWS / (median(nanos) / 1e9),
                median(nanos) / 1e6,
                Against.figures(nanos, 1).p99Millis(),
                nanos.length);
    }

    private static long median(long[] nanos) {
        return (long) (1e6 * Against.figures(nanos, 1).p50Millis());
    }
}
