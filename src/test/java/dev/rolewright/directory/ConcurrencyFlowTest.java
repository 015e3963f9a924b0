package dev.rolewright.directory;

import static dev.rolewright.Patience.await;
import static dev.rolewright.directory.Patches.add;
import static dev.rolewright.directory.Patches.ops;
import static dev.rolewright.directory.Patches.remove;
import static dev.rolewright.scim.schema.StandardCatalog.ENTERPRISE_URN;
import static dev.rolewright.scim.schema.StandardCatalog.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.audit.AuditEntry;
import dev.rolewright.audit.AuditQuery;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.patch.PatchOp;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.ResourceType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever many say at once, nothing is lost and nobody waits for the wrong one.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@Timeout(600)
class ConcurrencyFlowTest extends SourceFlow {

    private static final int THREADS = 16;

    @Inject
    PendingReferences pending;

    @Test
    void patchesOfOneGroupLoseNothing() throws Exception {
        List<UUID> people = people(THREADS * 20);
        UUID crew = group();
        long version = version(crew);

        together(thread -> {
            for (int i = thread; i < people.size(); i += THREADS) {
                patch(crew, add(people.get(i)));
                // Every second one leaves again.
                if (i / THREADS % 2 == 1) {
                    patch(crew, remove(people.get(i)));
                }
            }
            return null;
        });

        Set<UUID> expected = new HashSet<>();
        for (int i = 0; i < people.size(); i++) {
            if (i / THREADS % 2 == 0) {
                expected.add(people.get(i));
            }
        }
        assertThat(members(crew)).hasSameSizeAs(expected).hasSameElementsAs(expected);
        assertThat(version(crew)).isEqualTo(version + people.size() + people.size() / 2);
        assertThat(trail(crew).stream()
                        .filter(row -> row.action().equals("members.changed"))
                        .count())
                .isEqualTo(people.size() + people.size() / 2);
    }

    @Test
    void manyMembersInAnyOrderMeetWithoutHarm() throws Exception {
        List<UUID> people = people(60);
        UUID crew = group();

        together(thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < 10; i++) {
                Object[] some = random.ints(12, 0, people.size())
                        .mapToObj(people::get)
                        .distinct()
                        .toArray();
                patch(crew, random.nextBoolean() ? add(some) : remove(some));
            }
            return null;
        });
        patch(crew, add(people.toArray()));

        assertThat(members(crew)).hasSize(60);
    }

    @Test
    void patchesOfOnePersonLoseNothing() throws Exception {
        UUID ada = person(0);

        together(thread -> {
            for (int i = 0; i < 5; i++) {
                directory.patch(
                        source.caller(),
                        user,
                        ada.toString(),
                        ops("{\"op\": \"add\", \"path\": \"emails\", \"value\": [{\"value\": \"%d-%d@x\"}]}"
                                .formatted(thread, i)),
                        Precondition.NONE);
            }
            return null;
        });

        Entry entry =
                directory.find(source.id(), user, ada.toString(), View.PLAIN).orElseThrow();
        assertThat(entry.document().path("emails")).hasSize(THREADS * 5);
        assertThat(entry.version()).isEqualTo(1 + THREADS * 5);
        List<AuditEntry> rows = trail(ada).reversed();
        for (int i = 1; i < rows.size(); i++) {
            assertThat(rows.get(i).before()).isEqualTo(rows.get(i - 1).after());
        }
    }

    @Test
    void ofManyThatMeanOneVersionOneWins() throws Exception {
        for (ResourceType type : List.of(user, group)) {
            UUID id = type.equals(user) ? person(77) : group();
            AtomicInteger won = new AtomicInteger();
            AtomicInteger lost = new AtomicInteger();

            together(thread -> {
                try {
                    directory.patch(
                            source.caller(),
                            type,
                            id.toString(),
                            ops("{\"op\": \"replace\", \"path\": \"displayName\", \"value\": \"by %d\"}"
                                    .formatted(thread)),
                            new Precondition.Versions(Set.of(1L)));
                    won.incrementAndGet();
                } catch (ScimProblem e) {
                    assertThat(e.status()).isEqualTo(412);
                    lost.incrementAndGet();
                }
                return null;
            });

            assertThat(won).hasValue(1);
            assertThat(lost).hasValue(THREADS - 1);
        }
    }

    @Test
    void aVersionOfAGroupIsNotMissedByAMemberWhoJoinsMeanwhile() throws Exception {
        List<UUID> people = people(THREADS);
        UUID crew = group();
        AtomicInteger changed = new AtomicInteger();

        together(thread -> {
            for (int i = 0; i < 10; i++) {
                if (thread % 2 == 0) {
                    patch(crew, i % 2 == 0 ? add(people.get(thread)) : remove(people.get(thread)));
                    changed.incrementAndGet();
                } else {
                    long seen = version(crew);
                    try {
                        Entry entry = directory.patch(
                                source.caller(),
                                group,
                                crew.toString(),
                                add(people.get(thread)),
                                new Precondition.Versions(Set.of(seen)));
                        assertThat(entry.version()).isIn(seen, seen + 1);
                        if (entry.version() == seen + 1) {
                            changed.incrementAndGet();
                        }
                    } catch (ScimProblem e) {
                        assertThat(e.status()).isEqualTo(412);
                    }
                }
            }
            return null;
        });

        assertThat(version(crew)).isEqualTo(1 + changed.get());
    }

    @Test
    void aUserNameIsGivenOnce() throws Exception {
        AtomicInteger created = new AtomicInteger();

        together(thread -> {
            try {
                directory.create(source.caller(), user, Ids.next(), Intake.create(user, body("Same" + thread % 2, "")));
                created.incrementAndGet();
            } catch (ScimProblem e) {
                assertThat(e.type()).isEqualTo(ScimProblem.Type.uniqueness);
            }
            return null;
        });

        assertThat(created).hasValue(2);
        assertThat(total(user)).isEqualTo(2);
    }

    @Test
    void whoAppearsWhileBeingReferredToIsFound() throws Exception {
        for (int round = 0; round < 10; round++) {
            UUID late = Ids.next();
            List<UUID> groups = new ArrayList<>();
            for (int i = 0; i < THREADS - 1; i++) {
                groups.add(group());
            }
            String name = "late" + round;

            together(thread -> {
                if (thread == 0) {
                    directory.create(source.caller(), user, late, Intake.create(user, body(name, "")));
                } else {
                    patch(groups.get(thread - 1), add(late));
                }
                return null;
            });

            await().until(() -> pending.list(source.name(), 10).isEmpty());
            for (UUID each : groups) {
                assertThat(members(each)).containsExactly(late);
            }
        }
    }

    @Test
    void whoIsReferredToUnseenWhileAppearingIsFoundSoon() throws Exception {
        UUID late = Ids.next();
        UUID crew = group();
        try (Connection other = store.getConnection();
                Statement statement = other.createStatement();
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            other.setAutoCommit(false);
            // Somebody has the same name for a moment: the statement that creates has begun, and waits.
            statement.execute("INSERT INTO resource VALUES ('" + Ids.next() + "', " + source.id()
                    + ", 'User', 1, now(), now(), '{}', '{\"userName\": \"late\"}')");
            Future<?> created = executor.submit(
                    () -> directory.create(source.caller(), user, late, Intake.create(user, body("late", ""))));
            await().until(() -> waitingStatements(statement) > 0);
            patch(crew, add(late));
            other.rollback();
            other.setAutoCommit(true);
            created.get();
        }

        await().until(() -> pending.list(source.name(), 10).isEmpty());

        assertThat(members(crew)).containsExactly(late);
    }

    private static int waitingStatements(Statement statement) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void peopleAndGroupsThatGoWhileTheyAreJoinedLeaveNothingBroken() throws Exception {
        List<UUID> people = people(120);
        List<UUID> groups = Stream.generate(this::group).limit(20).toList();
        AtomicInteger next = new AtomicInteger();

        together(thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < 30; i++) {
                UUID somewhere = groups.get(random.nextInt(groups.size()));
                try {
                    if (thread % 4 == 0) {
                        int goes = next.getAndIncrement();
                        if (goes < people.size() / 2) {
                            directory.delete(
                                    source.caller(), user, people.get(goes).toString(), Precondition.NONE);
                        } else if (goes < people.size() / 2 + 5) {
                            directory.delete(
                                    source.caller(),
                                    group,
                                    groups.get(goes % 20).toString(),
                                    Precondition.NONE);
                        }
                    } else {
                        patch(
                                somewhere,
                                add(
                                        people.get(random.nextInt(people.size())),
                                        people.get(random.nextInt(people.size()))));
                    }
                } catch (ScimProblem e) {
                    assertThat(e.status()).as(e.detail()).isEqualTo(404);
                }
            }
            return null;
        });

        assertThat(total(user)).isEqualTo(60);
        Set<UUID> alive = new HashSet<>(people.subList(60, 120));
        for (UUID each : groups) {
            if (directory.find(source.id(), group, each.toString(), View.PLAIN).isPresent()) {
                assertThat(alive).containsAll(members(each));
            }
        }
    }

    @Test
    void joiningAGroupDoesNotWaitForAChangeOfTheProfile() throws Exception {
        UUID ada = person(0);
        UUID crew = group();
        try (Connection other = store.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            // Somebody changes the profile of the person and the name of the group, and takes their time.
            statement.execute("UPDATE resource SET document = document, search = search WHERE id = '" + ada + "'");
            statement.execute("SELECT 1 FROM resource WHERE id = '" + crew + "' FOR NO KEY UPDATE");
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> joined = executor.submit(() -> patch(crew, add(ada)));
                joined.get(10, TimeUnit.SECONDS);
            } finally {
                other.rollback();
                other.setAutoCommit(true);
            }
        }
        assertThat(members(crew)).containsExactly(ada);
    }

    @Test
    void aManagerCanBeToldByManyAtOnce() throws Exception {
        UUID boss = Ids.next();

        together(thread -> {
            if (thread == 0) {
                directory.create(
                        source.caller(), user, boss, Intake.create(user, body("boss", "\"externalId\": \"E\"")));
            } else {
                directory.create(
                        source.caller(),
                        user,
                        Ids.next(),
                        Intake.create(
                                user,
                                body(
                                        "worker" + thread,
                                        "\"%s\": {\"manager\": {\"value\": \"%s\"}}"
                                                .formatted(ENTERPRISE_URN, thread % 2 == 0 ? boss : "E"))));
            }
            return null;
        });

        assertThat(pending.list(source.name(), 10)).isEmpty();
        ResultPage page = directory.search(
                source.id(),
                new Query(List.of(user), null, null, new Paging.Index(1, 100), View.FULL, "https://example.org"));
        assertThat(page.entries().stream()
                        .filter(entry -> entry.manager() != null)
                        .count())
                .isEqualTo(THREADS - 1);
    }

    // --- words ---

    private interface Work {
        Object run(int thread) throws Exception;
    }

    private static void together(Work work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Object>> all = IntStream.range(0, THREADS)
                    .mapToObj(thread -> executor.submit((Callable<Object>) () -> {
                        start.await();
                        return work.run(thread);
                    }))
                    .toList();
            for (Future<Object> each : all) {
                each.get();
            }
        }
    }

    private List<UUID> people(int number) {
        return IntStream.range(0, number).mapToObj(this::person).toList();
    }

    private UUID person(int number) {
        UUID id = Ids.next();
        directory.create(source.caller(), user, id, Intake.create(user, body("p" + number, "")));
        return id;
    }

    private UUID group() {
        UUID id = Ids.next();
        directory.create(
                source.caller(),
                group,
                id,
                Intake.create(
                        group,
                        json("{\"schemas\": [\"%s\"], \"displayName\": \"crew\"}"
                                .formatted(group.core().id()))));
        return id;
    }

    private Entry patch(UUID id, List<PatchOp> operations) {
        return directory.patch(source.caller(), group, id.toString(), operations, Precondition.NONE);
    }

    private long version(UUID id) {
        return directory
                .find(source.id(), group, id.toString(), View.PLAIN)
                .orElseThrow()
                .version();
    }

    private List<AuditEntry> trail(UUID id) {
        return log.read(new AuditQuery(source.name(), id.toString(), null, null, null, null, null, null, 10_000));
    }
}
