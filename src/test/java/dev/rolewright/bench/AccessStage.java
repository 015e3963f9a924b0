package dev.rolewright.bench;

import dev.rolewright.ops.PackagedApp;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The packaged application between a store and a target that are both durable, with a contract whose mappings the
/// scenario changes, and the identity provider that pushes people and groups into it.
final class AccessStage implements AutoCloseable {

    static final String READER = "bench_reader";
    static final String WRITER = "bench_writer";
    private static final String SCIM = "bench-token-of-the-default-source-0123456789";
    private static final String ADMIN = "bench-token-of-the-administrator-0123456789";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MEMBERS_AT_ONCE = 500;
    private static final Path JVM_OPTIONS = Path.of("deploy", "jvm.options");
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([0-9a-f-]{36})\"");
    private static final Pattern LIVE = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    final BenchTarget target;
    private final EmbeddedPostgres store;
    private final PackagedApp app;
    private final Path contract;
    private final String credentials;
    private final Connection memory;
    private final List<String> people = new ArrayList<>();
    private final Map<String, String> groups = new HashMap<>();

    AccessStage(BenchTarget target, EmbeddedPostgres store, Path folder) throws Exception {
        this(target, store, folder, "credentials: external", Map.of(), "");
    }

    /// @param credentials how people prove who they are, as the contract says it
    /// @param more environment
    /// @param options more for the command line
    AccessStage(
            BenchTarget target,
            EmbeddedPostgres store,
            Path folder,
            String credentials,
            Map<String, String> more,
            String options)
            throws Exception {
        this.credentials = credentials;
        this.target = target;
        this.store = store;
        this.contract = Files.createDirectories(folder.toAbsolutePath().resolve("contract"));
        map();
        Map<String, String> environment = new HashMap<>(more);
        environment.putAll(Map.ofEntries(
                Map.entry("QUARKUS_DATASOURCE_JDBC_URL", store.getJdbcUrl("postgres", "postgres")),
                Map.entry("QUARKUS_DATASOURCE_USERNAME", "postgres"),
                Map.entry("ROLEWRIGHT_SCIM_TOKEN", SCIM),
                Map.entry("ROLEWRIGHT_ADMIN_TOKEN", ADMIN),
                Map.entry("ROLEWRIGHT_RATE_LIMIT_REQUESTS_PER_SECOND", "1000000"),
                Map.entry("ROLEWRIGHT_RATE_LIMIT_BURST", "1000000"),
                Map.entry("ROLEWRIGHT_CONTRACT_DIRECTORY", contract.toString()),
                Map.entry("ROLEWRIGHT_TARGET_ORDERS_URL", target.url("postgres")),
                Map.entry("ROLEWRIGHT_TARGET_ORDERS_USERNAME", BenchTarget.CONNECTOR),
                Map.entry(
                        "JDK_JAVA_OPTIONS",
                        "@" + JVM_OPTIONS.toAbsolutePath()
                                + System.getProperty("rolewright.bench.jvm-options", "")
                                + options)));
        this.app = PackagedApp.start(folder, environment).untilUp();
        this.memory = memory();
    }

    /// Writes the contract: members of these groups read, those of the group `writers` write.
    void map(String... readers) throws IOException {
        write(AccessContract.of(credentials, readers));
    }

    /// The same with limits of the usual kind, which everybody at once passes.
    void brake(String... readers) throws IOException {
        write(AccessContract.braked(AccessContract.of(credentials, readers)));
    }

    private void write(String text) throws IOException {
        Path written = Files.writeString(contract.resolveSibling("written"), text);
        Files.move(written, contract.resolve("contract.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Pushes people until there are so many.
    void fill(int size) throws Exception {
        int from = people.size();
        String[] made = new String[size - from];
        Load.exactly(8, made.length, () -> {
            Lane lane = scim();
            return new Load.Act() {
                @Override
                public void perform(long number) throws Exception {
                    made[(int) number] = id(expect(lane, Request.post("/scim/v2/Users", Person.json(from + number))));
                }

                @Override
                public void close() throws Exception {
                    lane.close();
                }
            };
        });
        people.addAll(List.of(made));
    }

    void group(String name) throws Exception {
        try (Lane lane = scim()) {
            groups.put(name, id(expect(lane, Request.post("/scim/v2/Groups", Person.group(name)))));
        }
    }

    void join(String group, int from, int to) throws Exception {
        try (Lane lane = scim()) {
            for (int first = from; first < to; first += MEMBERS_AT_ONCE) {
                List<String> some = people.subList(first, Math.min(to, first + MEMBERS_AT_ONCE));
                expect(lane, Request.patch("/scim/v2/Groups/" + groups.get(group), Person.addMembers(some), 204));
            }
        }
    }

    Request leave(String group, int person) {
        String path = "members[value eq \\\"" + people.get(person) + "\\\"]";
        return Request.patch(
                "/scim/v2/Groups/" + groups.get(group),
                Person.patch("{\"op\":\"remove\",\"path\":\"" + path + "\"}"),
                204);
    }

    /// Takes everybody out of a group.
    Request empty(String group) {
        return Request.patch(
                "/scim/v2/Groups/" + groups.get(group), Person.patch("{\"op\":\"remove\",\"path\":\"members\"}"), 204);
    }

    Request active(int person, boolean active) {
        return Request.patch("/scim/v2/Users/" + people.get(person), Person.activePatch(active), 200);
    }

    int port() {
        return app.port();
    }

    String output() throws IOException {
        return app.output();
    }

    Lane scim() throws IOException {
        return new Lane(app.port(), SCIM);
    }

    Lane admin() throws IOException {
        return new Lane(app.port(), ADMIN, "application/json");
    }

    static Lane.Answer expect(Lane lane, Request request) throws IOException {
        Lane.Answer answer = lane.send(request);
        if (answer.status() != request.expected()) {
            throw new AssertionError(
                    request.method() + " " + request.target() + " -> " + answer.status() + " " + answer.text());
        }
        return answer;
    }

    static String login(int person) {
        return "person.%06d".formatted(person);
    }

    /// Asks for a look at the whole target and waits for its end.
    ///
    /// @return how long it took from when it was asked for, in nanoseconds; a pass says of itself that it began
    /// when the store had been read
    long wholePass() throws Exception {
        try (Lane lane = admin()) {
            Lane.Answer answer = expect(lane, new Request("POST", "/api/targets/orders/passes?wait=60", "", 200));
            Matcher id = Pattern.compile("\"id\"\\s*:\\s*(\\d+)").matcher(answer.text());
            if (!answer.text().contains("\"DONE\"") || !answer.text().contains("\"done\":0") || !id.find()) {
                throw new AssertionError("a pass that was to find nothing: " + answer.text());
            }
            return nanos("SELECT ended - asked FROM pass WHERE id = " + id.group(1));
        }
    }

    /// How long it took from the activation of the contract that holds to the end of the pass that made it so.
    long sinceActivation() throws SQLException {
        return nanos("SELECT max(p.ended) - (SELECT max(at) FROM contract_activation) FROM pass p WHERE p.done > 0");
    }

    long lastPass() throws SQLException {
        return nanos("SELECT ended - asked FROM pass WHERE done > 0 ORDER BY id DESC LIMIT 1");
    }

    /// The newest pass that changed something.
    long newestPass() throws SQLException {
        return number("SELECT coalesce(max(id), 0) FROM pass WHERE done > 0");
    }

    void untilPassAfter(long pass) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (newestPass() <= pass) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no pass changed anything:\n" + app.output());
            }
            Thread.sleep(20);
        }
    }

    long number(String query) throws SQLException {
        try (Statement statement = memory.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private long nanos(String interval) throws SQLException {
        return 1000L * number("SELECT extract(epoch FROM (" + interval + ")) * 1000000");
    }

    /// Waits until a query of the store counts so many.
    void until(String query, long count) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (number(query) != count) {
            if (System.nanoTime() > end || !app.isAlive()) {
                throw new IllegalStateException("in vain: " + query + "\n" + app.output());
            }
            Thread.sleep(20);
        }
    }

    /// Waits until so many logins are locked.
    void untilLocked(int logins) throws Exception {
        until("SELECT count(*) FROM login WHERE state = 'suspended' AND settled", logins);
    }

    /// Waits until so many logins are members of the reading role and nothing is left to be done.
    void untilSettled(int readers) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String waiting = "SELECT (SELECT count(*) FROM touched) + (SELECT count(*) FROM dirty)"
                + " + (SELECT count(*) FROM pass WHERE ended IS NULL)";
        try (Connection administrator = target.administrator("postgres");
                Statement statement = administrator.createStatement()) {
            while (true) {
                try (ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_auth_members m"
                        + " JOIN pg_roles r ON r.oid = m.roleid AND r.rolname = '" + READER + "'"
                        + " JOIN pg_roles l ON l.oid = m.member AND l.rolcanlogin")) {
                    row.next();
                    if (row.getLong(1) == readers && number(waiting) == 0) {
                        return;
                    }
                    if (System.nanoTime() > end) {
                        throw new IllegalStateException("%d readers instead of %d, %d waiting:%n%s"
                                .formatted(row.getLong(1), readers, number(waiting), app.output()));
                    }
                }
                Thread.sleep(20);
            }
        }
    }

    /// Reads the rows of the store that a look at everybody needs.
    void readStore() throws SQLException {
        for (String query : List.of(
                "SELECT id, document ->> 'userName', document -> 'active' FROM resource WHERE type = 'User'",
                "SELECT id, document ->> 'displayName' FROM resource WHERE type = 'Group'",
                "SELECT group_id, member_id FROM membership",
                "SELECT person, name, look, server_id, state, since, held, settled, error, due FROM login")) {
            try (Statement statement = memory.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                TargetFloor.read(rows);
            }
        }
    }

    void tidyStore() throws SQLException {
        BenchTarget.run(memory, "VACUUM ANALYZE", "CHECKPOINT");
    }

    /// What lives on the application's heap, after a collection that this forces.
    long liveBytes() throws IOException {
        Process histogram = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(app.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader reader = histogram.inputReader(StandardCharsets.UTF_8)) {
            String text = reader.lines().reduce("", (before, line) -> before + (line.startsWith("Total") ? line : ""));
            Matcher live = LIVE.matcher(text);
            if (!live.find()) {
                throw new IllegalStateException("no histogram of the heap");
            }
            return Long.parseLong(live.group(1));
        }
    }

    long residentMebibytes() throws IOException {
        return ScimBench.residentMebibytes(app);
    }

    private Connection memory() throws SQLException {
        return DriverManager.getConnection(store.getJdbcUrl("postgres", "postgres"));
    }

    private static String id(Lane.Answer answer) {
        Matcher id = ID.matcher(answer.text());
        if (!id.find()) {
            throw new AssertionError("no id in " + answer.text());
        }
        return id.group(1);
    }

    @Override
    public void close() throws Exception {
        memory.close();
        app.close();
    }
}
