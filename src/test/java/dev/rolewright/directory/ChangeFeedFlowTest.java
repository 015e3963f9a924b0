package dev.rolewright.directory;

import static dev.rolewright.Patience.await;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.schema.Catalog;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever a push does to somebody's access leaves a mark, and no mark is lost.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@Timeout(600)
class ChangeFeedFlowTest {

    private static final int ALL = 1_000_000;

    @Inject
    Directory directory;

    @Inject
    ChangeFeed feed;

    @Inject
    PendingReferences pending;

    @Inject
    Catalog catalog;

    @Inject
    DirectoryStore sql;

    @Inject
    DataSource store;

    private Pushes pushes;

    @BeforeEach
    void openASource() {
        pushes = Pushes.into(directory, catalog, TestSource.create(store));
    }

    @Test
    void everyChangeOfAPersonTouchesThePerson() {
        UUID ada = Ids.next();

        assertThat(touchedBy(() -> pushes.person(ada, "ada"))).containsExactly(ada);
        assertThat(touchedBy(() -> pushes.patchPerson(ada, Pushes.replace("active", "false"))))
                .containsExactly(ada);
        assertThat(touchedBy(() -> pushes.put(ada, "ada2"))).containsExactly(ada);
        assertThat(touchedBy(() -> pushes.put(ada, "ada2"))).isEmpty();
        assertThat(touchedBy(() -> pushes.deletePerson(ada))).containsExactly(ada);
    }

    @Test
    void whoComesOrGoesIsTouchedAndNobodyElseInTheGroup() {
        List<UUID> people = pushes.people(4);
        UUID crew = pushes.group("crew", people.subList(0, 2));

        assertThat(touchedBy(() -> pushes.patchGroup(crew, Pushes.add(people.get(2)))))
                .containsExactly(people.get(2));
        assertThat(touchedBy(() -> pushes.patchGroup(crew, Pushes.add(people.get(2)))))
                .isEmpty();
        assertThat(touchedBy(() -> pushes.patchGroup(crew, Pushes.remove(people.get(0)))))
                .containsExactly(people.get(0));
        assertThat(touchedBy(
                        () -> pushes.patchGroup(crew, Pushes.replaceMembers(List.of(people.get(1), people.get(3))))))
                .containsExactlyInAnyOrder(people.get(2), people.get(3));
        assertThat(touchedBy(() -> pushes.patchGroup(crew, Pushes.removeAll())))
                .containsExactlyInAnyOrder(people.get(1), people.get(3));
        assertThat(touchedBy(() -> pushes.group("more", people))).containsExactlyInAnyOrderElementsOf(people);
    }

    @Test
    void aGroupStandsForEverybodyBelowItWhereItsNameOrExternalIdChanges() {
        List<UUID> people = pushes.people(4);
        UUID inner = pushes.group("inner", people.subList(0, 2));
        UUID outer = pushes.group("outer", List.of(inner, people.get(2)));
        pushes.patchGroup(inner, Pushes.add(outer));
        pushes.group("elsewhere", List.of(people.get(3)));
        List<UUID> below = people.subList(0, 3);

        assertThat(touchedBy(() -> pushes.patchGroup(outer, Pushes.replace("displayName", "\"renamed\""))))
                .containsExactlyInAnyOrderElementsOf(below);
        assertThat(touchedBy(() -> pushes.patchGroup(outer, Pushes.replace("externalId", "\"E-1\""))))
                .containsExactlyInAnyOrderElementsOf(below);
        assertThat(touchedBy(() -> pushes.patchGroup(inner, Pushes.remove(outer))))
                .containsExactlyInAnyOrderElementsOf(below);
        assertThat(touchedBy(() -> pushes.patchGroup(outer, Pushes.remove(inner))))
                .containsExactlyInAnyOrderElementsOf(people.subList(0, 2));
        assertThat(touchedBy(() -> pushes.patchGroup(outer, Pushes.add(inner))))
                .containsExactlyInAnyOrderElementsOf(people.subList(0, 2));
        assertThat(touchedBy(() -> pushes.deleteGroup(outer))).containsExactlyInAnyOrderElementsOf(below);
    }

    @Test
    void whoeverAGroupThatGoesHadBelowItIsTouchedAlsoWhenAllGoAtOnce() {
        List<UUID> people = pushes.people(3);
        UUID inner = pushes.group("inner", people.subList(0, 2));
        UUID outer = pushes.group("outer", List.of(inner));
        pushes.patchGroup(outer, Pushes.add(people.get(2)));

        Set<UUID> touched = touchedBy(() -> {
            pushes.deleteGroup(inner);
            pushes.deletePerson(people.get(0));
            pushes.deleteGroup(outer);
        });

        assertThat(touched).containsExactlyInAnyOrderElementsOf(people);
    }

    @Test
    void aPersonWhoGoesIsHandedOnOnceWhateverGroupsThereWere() {
        UUID ada = pushes.people(1).getFirst();
        pushes.group("one", List.of(ada));
        pushes.group("two", List.of(ada));

        assertThat(touchedBy(() -> pushes.deletePerson(ada))).containsExactly(ada);
    }

    @Test
    void whoWasAwaitedIsTouchedWhenTheReferenceMeetsThem() {
        UUID late = Ids.next();
        pushes.group("crew", List.of(late));
        pushes.people(1);
        drainAll();
        // as if the process had ended between the change and the look that follows it
        sql.run(Sql.of("""
                INSERT INTO resource (id, source_id, type, version, created, last_modified, document, search)
                VALUES (?, ?, 'User', 1, now(), now(), '{"userName": "late"}', '{"userName": "late"}')""", late, pushes.source().id()));
        drainAll();

        pending.sweep();

        assertThat(drainAll()).containsKey(late);
    }

    @Test
    void aPushThatIsTakenBackLeavesNoMark() {
        UUID ada = pushes.people(1).getFirst();
        UUID crew = pushes.group("crew", List.of());
        drainAll();

        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    pushes.patchPerson(ada, Pushes.replace("active", "false"));
                    pushes.patchGroup(crew, Pushes.add(ada));
                    throw new IllegalStateException("taken back");
                }))
                .hasMessageContaining("taken back");

        assertThat(drainAll()).doesNotContainKey(ada);
    }

    @Test
    void aMarkSaysWhenTheFirstChangeCame() {
        UUID ada = pushes.people(1).getFirst();
        UUID bob = pushes.people(1).getFirst();
        UUID crew = pushes.group("crew", List.of(ada));
        drainAll();
        pushes.patchPerson(ada, Pushes.replace("active", "false"));
        Instant first = marks(ada).getFirst();

        pushes.patchPerson(ada, Pushes.replace("active", "true"));
        pushes.patchGroup(crew, Pushes.replace("displayName", "\"renamed\""));
        pushes.patchPerson(bob, Pushes.replace("active", "false"));

        Map<UUID, Instant> touched = drainAll();
        assertThat(touched.get(ada)).isEqualTo(first);
        assertThat(touched.get(bob)).isAfter(first);
    }

    @Test
    void marksStayWhenTheConsumerFails() {
        UUID ada = pushes.people(1).getFirst();

        assertThatThrownBy(() -> feed.drain(ALL, _ -> {
                    throw new IllegalStateException("killed here");
                }))
                .hasMessageContaining("killed here");

        assertThat(drainAll()).containsKey(ada);
    }

    @Test
    void marksStayWhenTheConnectionDiesBetween() {
        UUID ada = pushes.people(1).getFirst();

        assertThatThrownBy(() -> feed.drain(
                        ALL, _ -> sql.all(Sql.of("SELECT pg_terminate_backend(pg_backend_pid())"), row -> 1)))
                .isInstanceOf(RuntimeException.class);

        await().ignoreExceptionsInstanceOf(ScimProblem.class)
                .untilAsserted(() -> assertThat(drainAll()).containsKey(ada));
    }

    @Test
    void whatTheConsumerWritesAndTheMarksAreOneTransaction() {
        UUID ada = pushes.people(1).getFirst();
        UUID note = UUID.randomUUID();
        Consumed consumed = new Consumed(note);
        drainAll();
        pushes.patchPerson(ada, Pushes.replace("active", "false"));

        assertThatThrownBy(() -> feed.drain(ALL, people -> {
                    consumed.write();
                    throw new IllegalStateException("killed here");
                }))
                .hasMessageContaining("killed here");
        assertThat(consumed.stands()).isFalse();
        feed.drain(ALL, people -> consumed.write());

        assertThat(consumed.stands()).isTrue();
        assertThat(marks(ada)).isEmpty();
    }

    @Test
    void manyDrainersLoseNothingAndShareTheWork() throws Exception {
        List<UUID> people = pushes.people(200);
        UUID crew = pushes.group("crew", List.of());
        drainAll();
        Map<UUID, Integer> wanted = new HashMap<>();
        people.forEach(person -> wanted.put(person, 0));
        ConcurrentLinkedQueue<UUID> handed = new ConcurrentLinkedQueue<>();
        AtomicBoolean pushing = new AtomicBoolean(true);
        AtomicInteger rounds = new AtomicInteger();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> drainers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                drainers.add(threads.submit(() -> {
                    while (true) {
                        boolean last = !pushing.get();
                        int taken = drainSometimesFailing(rounds, handed);
                        if (last && taken == 0) {
                            return;
                        }
                    }
                }));
            }
            List<Future<?>> pushers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                List<UUID> own = people.subList(i * 50, i * 50 + 50);
                pushers.add(threads.submit(() -> own.forEach(person -> pushes.patchGroup(crew, Pushes.add(person)))));
            }
            for (Future<?> pusher : pushers) {
                pusher.get();
            }
            pushing.set(false);
            for (Future<?> drainer : drainers) {
                drainer.get();
            }
        }

        assertThat(new HashSet<>(handed)).containsAll(people);
        // Each addition left one mark, and nobody takes a mark that somebody else has taken.
        assertThat(handed.stream().filter(wanted::containsKey).count()).isEqualTo(people.size());
    }

    private int drainSometimesFailing(AtomicInteger rounds, Collection<UUID> handed) {
        List<UUID> own = new ArrayList<>();
        try {
            int taken = feed.drain(7, people -> {
                people.forEach(touched -> own.add(touched.person().value()));
                if (rounds.incrementAndGet() % 5 == 0) {
                    throw new IllegalStateException("killed here");
                }
            });
            handed.addAll(own);
            return taken;
        } catch (IllegalStateException e) {
            return 1;
        }
    }

    @Test
    void tellsAfterTheCommitAndNeverInThePush() throws Exception {
        UUID ada = Ids.next();
        ConcurrentLinkedQueue<Set<UUID>> seen = new ConcurrentLinkedQueue<>();
        AtomicBoolean listening = new AtomicBoolean(true);
        CountDownLatch slow = new CountDownLatch(1);
        AtomicInteger rounds = new AtomicInteger();
        feed.listen(() -> {
            if (listening.get()) {
                rounds.incrementAndGet();
                Set<UUID> people = Set.copyOf(drainAll().keySet());
                seen.add(people);
                if (people.contains(ada)) {
                    uninterruptibly(slow);
                }
            }
        });
        feed.listen(() -> {
            if (listening.get()) {
                throw new IllegalStateException("a listener that fails harms nobody");
            }
        });
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                pushes.person(ada, "ada");
                assertThat(seen).noneMatch(people -> people.contains(ada));
            });
            await().until(() -> seen.stream().anyMatch(people -> people.contains(ada)));

            // The listener is held up; these pushes are not, and are worth one more round. Others may ring, too.
            List<UUID> late = pushes.people(50);
            int before = rounds.get();
            slow.countDown();

            await().until(() -> seen.stream().flatMap(Set::stream).toList().containsAll(late));
            assertThat(seen.stream().filter(people -> late.stream().anyMatch(people::contains)))
                    .hasSizeBetween(1, 2);
            assertThat(rounds.get()).isLessThan(before + 10);
        } finally {
            listening.set(false);
            slow.countDown();
        }
    }

    @Test
    void aLargeGroupIsResolvedAtOnce() {
        UUID crew = pushes.group("crew", List.of());
        List<UUID> people = IntStream.range(0, 20_000).mapToObj(_ -> Ids.next()).toList();
        sql.run(Sql.of(
                "INSERT INTO resource (id, source_id, type, version, created, last_modified, document, search)"
                        + " SELECT p, ?, 'User', 1, now(), now(), '{}', jsonb_build_object('userName', p) FROM unnest(?) p",
                pushes.source().id(),
                Sql.ids(people)));
        sql.run(Sql.of("INSERT INTO membership SELECT ?, p FROM unnest(?) p", crew, Sql.ids(people)));
        drainAll();
        pushes.patchGroup(crew, Pushes.replace("displayName", "\"renamed\""));

        long start = System.nanoTime();
        Set<UUID> touched = new HashSet<>();
        int taken = feed.drain(
                10, marked -> marked.forEach(each -> touched.add(each.person().value())));
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(taken).isEqualTo(1);
        assertThat(touched.equals(new HashSet<>(people))).as("exactly these").isTrue();
        assertThat(took).isLessThan(Duration.ofSeconds(2));
        sql.run(Sql.of(
                "DELETE FROM resource WHERE source_id = ?", pushes.source().id()));
        drainAll();
    }

    /// Something of somebody else's in the same store.
    private final class Consumed {

        private final UUID id;

        Consumed(UUID id) {
            this.id = id;
        }

        void write() {
            sql.run(Sql.of("INSERT INTO application_key (purpose, secret) VALUES (?, '\\x00')", "test " + id));
        }

        boolean stands() {
            return sql.first(Sql.of("SELECT 1 FROM application_key WHERE purpose = ?", "test " + id), row -> true)
                    .isPresent();
        }
    }

    /// Who is touched by a change, looked at in its own transaction, before anybody else can see the marks.
    private Set<UUID> touchedBy(Runnable change) {
        return QuarkusTransaction.requiringNew().call(() -> {
            drainAll();
            change.run();
            Set<PersonId> untaken = feed.untaken();
            Set<UUID> touched = Set.copyOf(drainAll().keySet());
            assertThat(untaken).isEqualTo(touched.stream().map(PersonId::new).collect(toSet()));
            return touched;
        });
    }

    private Map<UUID, Instant> drainAll() {
        Map<UUID, Instant> touched = new HashMap<>();
        feed.drain(
                ALL,
                people -> people.forEach(
                        each -> assertThat(touched.put(each.person().value(), each.at()))
                                .as("handed on twice at once")
                                .isNull()));
        return touched;
    }

    private List<Instant> marks(UUID person) {
        return sql.all(Sql.of("SELECT at FROM touched WHERE resource = ?", person), row -> Columns.time(row, 1));
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
