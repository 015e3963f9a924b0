package dev.rolewright.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.ops.PackagedApp;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Drives the packaged application through everything an identity provider does often, at two directory sizes and two
/// concurrencies, and prints each act beside its raw floor.
class ScimBench {

    private static final String TOKEN = "bench-token-of-the-default-source-0123456789";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SMALL = Integer.getInteger("rolewright.bench.small", 10_000);
    private static final int LARGE = Integer.getInteger("rolewright.bench.large", 200_000);
    private static final int[] CONNECTIONS = {1, 16};
    private static final int[] GROUP_SIZES = {1_000, 10_000, 100_000};
    private static final int WRITES_PER_LANE_RUN = 3_000;
    private static final Duration WARM_UP = Duration.ofMillis(Long.getLong("rolewright.bench.warm-up-millis", 1_000));
    private static final Duration COUNTED = Duration.ofMillis(Long.getLong("rolewright.bench.counted-millis", 3_000));
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([0-9a-f-]{36})\"");
    private static final Pattern NEXT_CURSOR = Pattern.compile("\"nextCursor\"\\s*:\\s*\"([^\"]+)\"");

    /// The settings an operator is told to use.
    private static final Path JVM_OPTIONS = Path.of("deploy", "jvm.options");

    private final Table table = new Table();
    private final Report report = new Report("What an identity provider does");
    /// The id of each person by number; people made and deleted again while measuring have numbers above these.
    private final String[] people = new String[LARGE];

    private final UUID[] floorPeople = new UUID[SMALL];
    private final AtomicLong nextStranger = new AtomicLong(LARGE);
    private final Map<Integer, String> groups = new HashMap<>();
    private int filled;
    private EmbeddedPostgres server;
    private PackagedApp app;
    private String document = "";
    private String search = "";
    private final UUID floorGroup = new UUID(0, 0);
    private int source;

    @Test
    void measuresWhatAnIdentityProviderDoes() throws Exception {
        Path folder = Files.createDirectories(Report.FOLDER);
        try (EmbeddedPostgres running = BenchTarget.durable()) {
            server = running;
            Map<String, String> environment = Map.of(
                    "QUARKUS_DATASOURCE_JDBC_URL",
                    server.getJdbcUrl("postgres", "postgres"),
                    "QUARKUS_DATASOURCE_USERNAME",
                    "postgres",
                    "ROLEWRIGHT_SCIM_TOKEN",
                    TOKEN,
                    "ROLEWRIGHT_RATE_LIMIT_REQUESTS_PER_SECOND",
                    "1000000",
                    "ROLEWRIGHT_RATE_LIMIT_BURST",
                    "1000000",
                    "JDK_JAVA_OPTIONS",
                    "@" + JVM_OPTIONS.toAbsolutePath());
            try (PackagedApp first = started("an empty", folder, environment)) {
                assertThat(first.pid()).isPositive();
            }
            try (PackagedApp second = started("an existing", folder, environment)) {
                app = second;
                run();
                report.note("resident memory at the end, with %s: %d MiB", JVM_OPTIONS, residentMebibytes(app));
            }
        }
        growth();
        report.write(table.print());
    }

    /// Starts the application and waits for its first answer to a SCIM request.
    private PackagedApp started(String store, Path folder, Map<String, String> environment) throws Exception {
        long start = System.nanoTime();
        PackagedApp started = PackagedApp.start(folder, environment);
        while (!answers(started.port())) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                started.close();
                throw new IllegalStateException("the application does not answer:\n" + started.output());
            }
            Thread.sleep(20);
        }
        report.note("first request after start with %s store: %d ms", store, (System.nanoTime() - start) / 1_000_000);
        return started;
    }

    private static boolean answers(int port) {
        try (Lane lane = new Lane(port, TOKEN)) {
            return lane.send(Request.get("/scim/v2/Users?count=1")).status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    static long residentMebibytes(PackagedApp app) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(app.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        throw new IllegalStateException("the system does not tell a process' resident memory");
    }

    private void run() throws Exception {
        fill(SMALL);
        readTemplate();
        fillFloor();
        makeGroup(1_000, SMALL);
        makeGroup(10_000, SMALL);
        measure(SMALL, new int[] {1_000});
        fill(LARGE);
        if (LARGE >= 100_000) {
            makeGroup(100_000, LARGE);
        }
        measure(LARGE, LARGE >= 100_000 ? GROUP_SIZES : new int[] {1_000, 10_000});
    }

    private void measure(int size, int[] groupSizes) throws Exception {
        analyse();
        for (int connections : CONNECTIONS) {
            createAndDelete(size, connections);
            reads(size, connections);
            changes(size, connections);
            for (int groupSize : groupSizes) {
                addMember(size, connections, groupSize);
            }
            pages(size, connections);
        }
    }

    private void createAndDelete(int size, int connections) throws Exception {
        int number = WRITES_PER_LANE_RUN * (connections == 1 ? 1 : 4);
        List<String> made = Collections.synchronizedList(new ArrayList<>());
        List<UUID> floorMade = Collections.synchronizedList(new ArrayList<>());
        Load.Figures floorCreate = Load.exactly(connections, number, floor((floor, index) -> {
            UUID id = UUID.randomUUID();
            floor.create(id, document, searchOf(nextStranger.getAndIncrement()));
            floorMade.add(id);
        }));
        Load.Figures create = Load.exactly(
                connections, number, lane((lane, index) -> made.add(create(lane, nextStranger.getAndIncrement()))));
        table.add(size, connections, "create", create, floorCreate);
        Load.Figures floorDelete =
                Load.exactly(connections, number, floor((floor, index) -> floor.delete(floorMade.get((int) index))));
        Load.Figures delete = Load.exactly(connections, number, lane((lane, index) -> {
            expect(lane, new Request("DELETE", "/scim/v2/Users/" + made.get((int) index), "", 204));
        }));
        table.add(size, connections, "delete", delete, floorDelete);
    }

    private void reads(int size, int connections) throws Exception {
        both(
                size,
                connections,
                "get by id",
                (lane, number) -> expect(lane, Request.get("/scim/v2/Users/" + people[spread(number)])),
                (floor, number) -> floor.byId(UUID.fromString(people[spread(number)])));
        both(
                size,
                connections,
                "filter by userName",
                (lane, number) -> expect(
                        lane,
                        Request.get(
                                "/scim/v2/Users?filter=userName%20eq%20%22" + Person.userName(spread(number)) + "%22")),
                (floor, number) -> floor.byUserName(source, Person.userName(spread(number))));
        UUID group = UUID.fromString(groups.get(10_000));
        both(
                size,
                connections,
                "get a group of 10,000",
                (lane, number) -> expect(lane, Request.get("/scim/v2/Groups/" + group)),
                (floor, number) -> floor.members(group, 10_000));
    }

    private void changes(int size, int connections) throws Exception {
        both(
                size,
                connections,
                "replace",
                (lane, number) -> {
                    int which = spread(number);
                    expect(
                            lane,
                            new Request(
                                    "PUT",
                                    "/scim/v2/Users/" + people[which],
                                    Person.json(which, "Renamed " + number),
                                    200));
                },
                (floor, number) -> floor.update(floorPeople[spread(number)], document, searchOf(spread(number))));
        both(
                size,
                connections,
                "PATCH active",
                (lane, number) -> {
                    // Walks through everybody once switching off and once switching on, so that each request changes.
                    long round = number / SMALL;
                    expect(
                            lane,
                            Request.patch(
                                    "/scim/v2/Users/" + people[(int) (number % SMALL)],
                                    Person.activePatch(round % 2 == 1),
                                    200));
                },
                (floor, number) -> floor.update(floorPeople[spread(number)], document, searchOf(spread(number))));
        // everybody is active again before the next run
        Load.exactly(
                16,
                SMALL,
                lane((lane, number) -> expect(
                        lane, Request.patch("/scim/v2/Users/" + people[(int) number], Person.activePatch(true), 200))));
    }

    private void addMember(int size, int connections, int groupSize) throws Exception {
        String group = groups.get(groupSize);
        List<String> strangers = Arrays.asList(people).subList(size - WRITES_PER_LANE_RUN, size);
        Load.Figures floor = Load.exactly(
                connections,
                WRITES_PER_LANE_RUN,
                floor((raw, number) -> raw.addMember(floorGroup, UUID.fromString(strangers.get((int) number)))));
        Load.Figures ours = Load.exactly(
                connections,
                WRITES_PER_LANE_RUN,
                lane((lane, number) -> expect(
                        lane,
                        Request.patch(
                                "/scim/v2/Groups/" + group,
                                Person.addMembers(List.of(strangers.get((int) number))),
                                204))));
        table.add(size, connections, "add one member to a group of %,d".formatted(groupSize), ours, floor);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM membership WHERE group_id = '" + floorGroup + "'");
        }
        try (Lane lane = new Lane(app.port(), TOKEN)) {
            for (String stranger : strangers) {
                expect(
                        lane,
                        Request.patch(
                                "/scim/v2/Groups/" + group,
                                Person.patch(
                                        "{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + stranger + "\\\"]\"}"),
                                204));
            }
        }
    }

    private void pages(int size, int connections) throws Exception {
        both(
                size,
                connections,
                "page from 9,001 by index",
                (lane, number) -> expect(lane, Request.get("/scim/v2/Users?startIndex=9001&count=100")),
                (floor, number) -> floor.offsetPage(source));
        String cursor = cursorAfter(9_000);
        UUID last = UUID.fromString(people[8_999]);
        both(
                size,
                connections,
                "page from 9,001 by cursor",
                (lane, number) -> expect(lane, Request.get("/scim/v2/Users?count=100&cursor=" + cursor)),
                (floor, number) -> floor.keysetPage(source, last));
        both(
                size,
                connections,
                "first page by userName",
                (lane, number) -> expect(lane, Request.get("/scim/v2/Users?sortBy=userName&count=100")),
                (floor, number) -> floor.sortedPage(source));
        both(
                size,
                connections,
                "first page by meta.lastModified",
                (lane, number) -> expect(lane, Request.get("/scim/v2/Users?sortBy=meta.lastModified&count=100")),
                (floor, number) -> floor.recentPage(source));
    }

    private void growth() {
        for (int connections : CONNECTIONS) {
            for (String act : List.of(
                    "filter by userName",
                    "page from 9,001 by cursor",
                    "first page by userName",
                    "first page by meta.lastModified")) {
                report.note(
                        "growth from %,d to %,d people, %d connections, %s: %.2f × (p50)",
                        SMALL,
                        LARGE,
                        connections,
                        act,
                        table.p50(LARGE, connections, act) / table.p50(SMALL, connections, act));
            }
            if (LARGE >= 100_000) {
                report.note(
                        "growth from a group of 1,000 to one of 100,000, %d connections, add one member: %.2f × (p50)",
                        connections,
                        table.p50(LARGE, connections, "add one member to a group of 100,000")
                                / table.p50(LARGE, connections, "add one member to a group of 1,000"));
            }
        }
    }

    @FunctionalInterface
    private interface LaneAct {
        void perform(Lane lane, long number) throws Exception;
    }

    @FunctionalInterface
    private interface FloorAct {
        void perform(Floor floor, long number) throws Exception;
    }

    private void both(int size, int connections, String act, LaneAct ours, FloorAct raw) throws Exception {
        Load.Figures floor = Load.forAWhile(connections, WARM_UP, COUNTED, floor(raw));
        Load.Figures figures = Load.forAWhile(connections, WARM_UP, COUNTED, lane(ours));
        table.add(size, connections, act, figures, floor);
    }

    private Load.Worker lane(LaneAct act) {
        return () -> {
            Lane lane = new Lane(app.port(), TOKEN);
            return new Load.Act() {
                @Override
                public void perform(long number) throws Exception {
                    act.perform(lane, number);
                }

                @Override
                public void close() throws Exception {
                    lane.close();
                }
            };
        };
    }

    private Load.Worker floor(FloorAct act) {
        return () -> {
            Floor floor = new Floor(connect());
            return new Load.Act() {
                @Override
                public void perform(long number) throws Exception {
                    act.perform(floor, number);
                }

                @Override
                public void close() throws Exception {
                    floor.close();
                }
            };
        };
    }

    private void fill(int size) throws Exception {
        int from = filled;
        Load.Figures figures = Load.exactly(16, size - from, lane((lane, number) -> {
            int person = from + (int) number;
            people[person] = create(lane, person);
        }));
        filled = size;
        report.note("filled up to %,d people over SCIM at %.0f/s", size, figures.rate());
    }

    /// One of our rows is the pattern for the floor's, so that both write the same bytes.
    private void readTemplate() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT source_id, document::text, search::text FROM resource WHERE type = 'User' LIMIT 1")) {
            row.next();
            source = row.getInt(1);
            document = row.getString(2);
            search = row.getString(3);
        }
    }

    private String searchOf(long number) {
        return search.replaceFirst("person\\.\\d{6}@", "floor.%06d@".formatted(number))
                .replaceFirst("(\"userName\"\\s*:\\s*\")[^\"]+", "$1floor." + number);
    }

    private void fillFloor() throws Exception {
        Load.exactly(16, SMALL, floor((floor, number) -> {
            UUID id = UUID.randomUUID();
            floor.create(id, document, searchOf(number));
            floorPeople[(int) number] = id;
        }));
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO resource (id, source_id, type, version, created, last_modified, document, search)
                    VALUES ('%s', %d, 'Group', 1, now(), now(), '{"displayName":"floor"}', '{"displayName":"floor"}')""".formatted(floorGroup, Floor.SOURCE));
        }
    }

    private static String create(Lane lane, long number) throws Exception {
        return id(expect(lane, Request.post("/scim/v2/Users", Person.json(number))));
    }

    private void makeGroup(int size, int directory) throws Exception {
        try (Lane lane = new Lane(app.port(), TOKEN)) {
            String id = id(expect(lane, Request.post("/scim/v2/Groups", Person.group("group of " + size))));
            for (int from = 0; from < size; from += 500) {
                expect(
                        lane,
                        Request.patch(
                                "/scim/v2/Groups/" + id,
                                Person.addMembers(Arrays.asList(people).subList(from, Math.min(size, from + 500))),
                                204));
            }
            groups.put(size, id);
        }
        assertThat(directory).isGreaterThanOrEqualTo(size);
    }

    private String cursorAfter(int rows) throws Exception {
        try (Lane lane = new Lane(app.port(), TOKEN)) {
            String cursor = "";
            for (int read = 0; read < rows; read += 100) {
                Lane.Answer page = expect(lane, Request.get("/scim/v2/Users?count=100&cursor=" + cursor));
                Matcher next = NEXT_CURSOR.matcher(page.text());
                assertThat(next.find()).as("a next cursor after %d rows", read).isTrue();
                cursor = next.group(1);
            }
            return cursor;
        }
    }

    private static Lane.Answer expect(Lane lane, Request request) throws Exception {
        Lane.Answer answer = lane.send(request);
        if (answer.status() != request.expected()) {
            throw new AssertionError(
                    request.method() + " " + request.target() + " -> " + answer.status() + " " + answer.text());
        }
        return answer;
    }

    private static String id(Lane.Answer answer) {
        Matcher id = ID.matcher(answer.text());
        assertThat(id.find()).as("an id in %s", answer.text()).isTrue();
        return id.group(1);
    }

    /// Spreads consecutive numbers over the small directory, the same way in every run.
    private static int spread(long number) {
        return (int) Math.floorMod(number * 2_654_435_761L, (long) SMALL);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
    }

    private void analyse() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        }
    }
}
