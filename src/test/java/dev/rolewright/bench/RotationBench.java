package dev.rolewright.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.credential.Password;
import dev.rolewright.credential.ScramVerifier;
import dev.rolewright.web.auth.TrustsPersons;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A thousand people take new passwords, beside the statements alone: said by one connection, as in every other
/// scenario, and by as many as there are clients. And a thousand leave in the same second.
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class RotationBench {

    private static final int PEOPLE = Integer.getInteger("rolewright.bench.rotated", 1_000);
    private static final int ROUNDS = Integer.getInteger("rolewright.bench.rotations", 5);
    /// A feed that would stop everybody, or a pass, is held for a human.
    private static final int STAYING = 100;
    private static final int SESSIONS = 50;
    /// As many as take turns at a target, and so many that somebody always waits for his turn.
    private static final List<Integer> CLIENTS = List.of(4, 16);

    private static final int ONE = 1;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String HR = "bench-token-of-an-hr-system-0123456789-abc";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Report report = new Report("Passwords, and leavers of one second");
    private final Table table = new Table();

    @Test
    void measuresRotationAndLeavers() throws Exception {
        Path folder = Files.createDirectories(Report.FOLDER);
        try (BenchTarget target = BenchTarget.start();
                TargetFloor raw = new TargetFloor(target);
                EmbeddedPostgres store = BenchTarget.durable();
                AccessStage stage = new AccessStage(
                        target,
                        store,
                        folder,
                        "credentials: password",
                        Map.of("ROLEWRIGHT_HR_SENDER_NIGHTLY_TOKEN", HR, "ROLEWRIGHT_HR_FEED_LARGEST_SHARE", "100"),
                        options())) {
            raw.prepare();
            raw.provision(
                    IntStream.range(0, PEOPLE).mapToObj(TargetFloor::login).toList());
            stage.group("first");
            stage.group("writers");
            stage.fill(PEOPLE + STAYING);
            stage.join("first", 0, PEOPLE + STAYING);
            stage.map("first");
            stage.untilSettled(PEOPLE + STAYING);
            rotation(target, stage);
            leavers(target, stage);
        }
        report.write(table.print());
    }

    /// People are trusted as tests have it: by an issuer whose keys are in a file.
    private static String options() {
        return new TrustsPersons()
                .getConfigOverrides().entrySet().stream()
                        .filter(setting -> setting.getKey().startsWith("rolewright.source."))
                        .map(setting -> " -D" + setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining());
    }

    private void rotation(BenchTarget target, AccessStage stage) throws Exception {
        Map<Integer, List<Load.Figures>> ours = new TreeMap<>();
        Map<Integer, List<Load.Figures>> floors = new TreeMap<>();
        for (int round = 1; round <= ROUNDS; round++) {
            stage.tidyStore();
            floor(target, ONE, round, floors);
            for (int clients : CLIENTS) {
                floor(target, clients, round, floors);
                target.tidy();
                note(round, clients, "people", doors(stage, clients), ours);
            }
        }
        for (int clients : CLIENTS) {
            Load.Figures taken = median(ours.get(clients));
            table.add(PEOPLE, clients, "a new password, beside one connection", taken, median(floors.get(ONE)));
            table.add(PEOPLE, clients, "a new password, beside as many", taken, median(floors.get(clients)));
        }
        assertThat(stage.number("SELECT count(*) FROM audit_event WHERE action = 'password.given'"))
                .isEqualTo((long) ROUNDS * PEOPLE * CLIENTS.size());
    }

    private void floor(BenchTarget target, int connections, int round, Map<Integer, List<Load.Figures>> floors)
            throws Exception {
        target.tidy();
        note(round, connections, "connections", statements(target, connections), floors);
    }

    private void note(int round, int number, String who, Load.Figures seen, Map<Integer, List<Load.Figures>> all) {
        all.computeIfAbsent(number, _ -> new ArrayList<>()).add(seen);
        report.note("round %d: %d %s, %.0f a second", round, number, who, seen.rate());
    }

    private static Load.Figures doors(AccessStage stage, int clients) throws Exception {
        List<String> tokens = IntStream.range(0, PEOPLE)
                .mapToObj(person -> TrustsPersons.token(Person.userName(person)))
                .toList();
        return Load.exactly(clients, PEOPLE, () -> {
            Lane lane = new Lane(stage.port(), "", "application/json");
            return new Load.Act() {
                @Override
                public void perform(long number) throws Exception {
                    Lane.Answer answer = lane.send(Request.post("/api/me/credential", ""), tokens.get((int) number));
                    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                    assertThat(answer.text()).contains("\"password\":\"");
                }

                @Override
                public void close() throws Exception {
                    lane.close();
                }
            };
        });
    }

    /// The same statement on other logins, with verifiers that were made before.
    private static Load.Figures statements(BenchTarget target, int connections) throws Exception {
        String end = Instant.now()
                .plus(90, ChronoUnit.DAYS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        List<String> statements = IntStream.range(0, PEOPLE)
                .mapToObj(login -> "ALTER ROLE \"%s\" PASSWORD '%s' VALID UNTIL '%s'"
                        .formatted(TargetFloor.login(login), verifier(), end))
                .toList();
        return Load.exactly(connections, PEOPLE, () -> {
            Connection connection = target.administrator("postgres");
            Statement statement = connection.createStatement();
            statement.setEscapeProcessing(false);
            return new Load.Act() {
                @Override
                public void perform(long number) throws Exception {
                    statement.execute(statements.get((int) number));
                }

                @Override
                public void close() throws Exception {
                    connection.close();
                }
            };
        });
    }

    private static String verifier() {
        byte[] salt = new byte[ScramVerifier.SALT_BYTES];
        RANDOM.nextBytes(salt);
        return ScramVerifier.of(Password.mint(RANDOM), salt, ScramVerifier.FEWEST_ITERATIONS)
                .reveal();
    }

    private void leavers(BenchTarget target, AccessStage stage) throws Exception {
        List<Connection> sessions = new ArrayList<>();
        for (int person = 0; person < SESSIONS; person++) {
            sessions.add(target.as(AccessStage.login(person), BenchTarget.DATABASE));
        }
        Instant moment = Instant.now().plusSeconds(15).truncatedTo(ChronoUnit.SECONDS);
        announce(stage, moment);
        long end = System.nanoTime() + PATIENCE.toNanos();
        String receipts = "SELECT count(*) FROM receipt WHERE verdict";
        while (stage.number(receipts) < PEOPLE) {
            assertThat(System.nanoTime())
                    .as("receipts: %d%n%s", stage.number(receipts), stage.output())
                    .isLessThan(end);
            Thread.sleep(50);
        }
        for (Connection session : sessions) {
            assertThat(session.isValid(1)).isFalse();
        }
        report.note(
                "%,d leavers of one second, %d of them with a session: all locked after %d, alone after %d, proven after %d ms",
                PEOPLE,
                SESSIONS,
                after(stage, "suspended", moment),
                after(stage, "done", moment),
                after(stage, "proven", moment));
    }

    private static long after(AccessStage stage, String what, Instant moment) throws Exception {
        return stage.number(
                "SELECT extract(epoch FROM max(" + what + ") - '" + moment + "'::timestamptz) * 1000 FROM receipt");
    }

    private static void announce(AccessStage stage, Instant moment) throws Exception {
        String body = IntStream.range(0, PEOPLE)
                .mapToObj(person -> "{\"kind\": \"leaver\", \"person\": {\"employeeNumber\": \"%d\"}, \"at\": \"%s\"}"
                        .formatted(person, moment))
                .collect(Collectors.joining("\n"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stage.port() + "/hr/v1/feeds"))
                            .header("Authorization", "Bearer " + HR)
                            .header("Content-Type", "application/x-ndjson")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.body()).contains("\"APPLIED\"", "\"applied\":" + PEOPLE);
        }
        assertThat(Instant.now()).as("said before").isBefore(moment);
    }

    private static Load.Figures median(List<Load.Figures> rounds) {
        return rounds.stream()
                .sorted((one, other) -> Double.compare(one.rate(), other.rate()))
                .toList()
                .get(rounds.size() / 2);
    }
}
