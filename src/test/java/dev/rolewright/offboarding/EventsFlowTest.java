package dev.rolewright.offboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.directory.Directory;
import dev.rolewright.directory.Identity;
import dev.rolewright.directory.Identity.Key;
import dev.rolewright.directory.Touched;
import dev.rolewright.model.Fence;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.Fact.Kind;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.store.Store;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What HR systems say, kept in a real store, about people in a real directory.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@Timeout(60)
class EventsFlowTest {

    private static final Instant PAST = Instant.parse("2026-01-31T12:00:00Z");

    @Inject
    Events events;

    @Inject
    Fences fences;

    @Inject
    FenceClock clock;

    @Inject
    Subjects subjects;

    @Inject
    Store sql;

    @Inject
    ChangeFeed feed;

    @Inject
    Directory directory;

    @Inject
    Catalog catalog;

    @Inject
    DataSource store;

    private final String sender = "hr-" + UUID.randomUUID();
    private final String number = "N" + UUID.randomUUID();
    private TestPeople people;

    @BeforeEach
    void openASource() {
        people = new TestPeople(directory, catalog, store);
        drain();
    }

    /// What the reconciler does with marks, but for the reconciling.
    private Set<PersonId> drain() {
        Set<PersonId> touched = new HashSet<>();
        while (feed.drain(100_000, some -> some.stream().map(Touched::person).forEach(touched::add)) > 0) {
            // The marks that looking itself has left.
        }
        return touched;
    }

    private Statement says(Identity person, String event, Kind kind, When when) {
        return new Statement(person, new Fact(sender, event, kind, when));
    }

    private Statement leaves(String event) {
        return says(Identity.of(Key.EMPLOYEE_NUMBER, number), event, Kind.LEAVER, new When.At(PAST));
    }

    private Answer take(Statement statement) {
        return events.take(statement, "req-" + statement.fact().event());
    }

    private EventState kept(Statement statement) {
        assertThat(take(statement)).isInstanceOf(Answer.Kept.class);
        return events.find(sender, statement.fact().event()).orElseThrow();
    }

    private List<String> fencedBy(PersonId person) {
        return fences.of(Set.of(person)).getOrDefault(person, List.of()).stream()
                .map(Fence::event)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void findsAPersonByEachName(Key key) {
        String tag = UUID.randomUUID().toString();
        PersonId person = people.hires("User-" + tag, """
                , "externalId": "Ext-%1$s", "emails": [{"value": "Ada-%1$s@example.org"}, {"value": "x%1$s@example.org"}],
                  "%2$s": {"employeeNumber": "No-%1$s"}""".formatted(tag, TestPeople.ENTERPRISE));
        String name = switch (key) {
            case ID -> person.toString();
            case EMPLOYEE_NUMBER -> "NO-" + tag;
            case EMAIL -> "ada-" + tag + "@EXAMPLE.org";
            case USER_NAME -> "USER-" + tag;
            case EXTERNAL_ID -> "Ext-" + tag;
        };

        EventState state = kept(says(Identity.of(key, name), "e", Kind.LEAVER, new When.At(PAST)));

        assertThat(state.person()).contains(person);
        assertThat(fencedBy(person)).containsExactly("e");
        assertThat(drain()).contains(person);
        assertThat(fences.all()).containsKey(person);
    }

    @Test
    void sayingItAgainChangesNothing() {
        PersonId person = people.hiresByNumber(number);
        Answer first = take(leaves("e"));
        drain();

        assertThat(take(leaves("e"))).isEqualTo(first);

        assertThat(drain()).isEmpty();
        assertThat(rows("hr.received", sender + "/e")).isEqualTo(1);
        assertThat(rows("hr.applied", person.toString())).isEqualTo(1);
    }

    @Test
    void aNameOfAnEventIsUsedOnce() {
        PersonId person = people.hiresByNumber(number);
        take(leaves("e"));

        assertThat(take(says(Identity.of(Key.EMPLOYEE_NUMBER, number), "e", Kind.REHIRE, new When.At(PAST))))
                .isEqualTo(new Answer.Taken());
        assertThat(take(says(Identity.of(Key.EMPLOYEE_NUMBER, "other"), "e", Kind.LEAVER, new When.At(PAST))))
                .isEqualTo(new Answer.Taken());

        assertThat(fencedBy(person)).containsExactly("e");
    }

    @Test
    void manyAtOnceSayItOnce() throws Exception {
        PersonId person = people.hiresByNumber(number);
        List<Callable<Answer>> calls = Collections.nCopies(16, () -> take(leaves("e")));

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isInstanceOf(Answer.Kept.class);
            }
        }

        assertThat(fencedBy(person)).containsExactly("e");
        assertThat(rows("hr.received", sender + "/e")).isEqualTo(1);
        assertThat(rows("hr.applied", person.toString())).isEqualTo(1);
    }

    @Test
    void theOrderOfArrivalDoesNotMatterAlsoForManyAtOnce() throws Exception {
        PersonId person = people.hiresByNumber(number);
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int day = 0; day < 20; day++) {
            Statement statement = says(
                    Identity.of(Key.EMPLOYEE_NUMBER, number),
                    "e" + day,
                    day % 2 == 0 ? Kind.LEAVER : Kind.REHIRE,
                    new When.At(PAST.plus(Duration.ofDays(day))));
            calls.add(() -> take(statement));
        }
        Collections.shuffle(calls, new Random(7));

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isInstanceOf(Answer.Kept.class);
            }
        }

        assertThat(fencedBy(person)).isEmpty();
        assertThat(sql.all(
                        "SELECT event, until - since = interval '1 day' FROM fence WHERE person = ? ORDER BY since",
                        row -> row.getString(1) + row.getBoolean(2),
                        person.value()))
                .containsExactly(
                        "e0true", "e2true", "e4true", "e6true", "e8true", "e10true", "e12true", "e14true", "e16true",
                        "e18true");
    }

    @Test
    void twoPeopleOfOneNameAreNeverGuessedAbout() {
        PersonId one = people.hiresByNumber(number);
        PersonId other = new TestPeople(directory, catalog, store).hiresByNumber(number);
        drain();

        assertThat(take(leaves("e"))).isEqualTo(new Answer.Ambiguous(List.of(one, other)));

        assertThat(events.find(sender, "e")).isEmpty();
        assertThat(drain()).isEmpty();
        assertThat(kept(says(Identity.of(Key.ID, other.toString()), "e", Kind.LEAVER, new When.At(PAST)))
                        .person())
                .contains(other);
        assertThat(fencedBy(one)).isEmpty();
    }

    @Test
    void whoIsNotThereYetIsFencedWhenTheyAppear() {
        assertThat(kept(leaves("e")).person()).isEmpty();

        PersonId person = people.hiresByNumber(number);
        assertThat(drain()).contains(person);

        assertThat(fencedBy(person)).containsExactly("e");
        assertThat(events.find(sender, "e").orElseThrow().person()).contains(person);
        assertThat(rows("hr.applied", person.toString())).isEqualTo(1);
    }

    @Test
    void whoIsGivenTheNameLaterIsFencedThen() {
        take(leaves("e"));
        PersonId person = people.hiresByNumber("other-" + number);
        drain();
        assertThat(fencedBy(person)).isEmpty();

        people.numbers(person, number);
        drain();

        assertThat(fencedBy(person)).containsExactly("e");
    }

    @Test
    void noRenameSlipsThroughAFence() {
        PersonId person = people.hiresByNumber(number);
        take(leaves("e"));

        people.numbers(person, "other-" + number);
        people.changes(person, "userName", "\"renamed-" + number + "\"");
        drain();

        assertThat(fencedBy(person)).containsExactly("e");
    }

    @Test
    void whoIsDeletedAndMadeAnewIsFencedAgain() {
        PersonId first = people.hiresByNumber(number);
        take(leaves("e"));
        people.deletes(first);
        drain();
        assertThat(fences.all()).doesNotContainKey(first);

        PersonId second = people.hiresByNumber(number);
        drain();

        assertThat(fencedBy(second)).containsExactly("e");
    }

    @Test
    void aNameThatMovedOnToSomebodyElseIsNotGuessedAbout() {
        PersonId leaver = people.hiresByNumber(number);
        take(leaves("e"));
        people.numbers(leaver, "old-" + number);
        PersonId heir = people.hiresByNumber(number);
        drain();
        assertThat(fencedBy(heir)).isEmpty();

        assertThat(take(says(Identity.of(Key.EMPLOYEE_NUMBER, number), "e2", Kind.REHIRE, new When.At(Instant.now()))))
                .isEqualTo(new Answer.Ambiguous(List.of(leaver, heir)));
    }

    @Test
    void whatWaitsForOneOfTwoWaitsUntilItIsClearWho() {
        take(leaves("e"));
        PersonId one = people.hiresByNumber(number);
        TestPeople others = new TestPeople(directory, catalog, store);
        PersonId other = others.hiresByNumber(number);
        drain();
        assertThat(events.find(sender, "e").orElseThrow().candidates()).containsExactlyInAnyOrder(one, other);
        assertThat(fencedBy(one)).isEmpty();
        assertThat(fencedBy(other)).isEmpty();

        others.numbers(other, "other-" + number);
        drain();

        assertThat(fencedBy(one)).containsExactly("e");
        assertThat(events.find(sender, "e").orElseThrow().candidates()).isEmpty();
    }

    @Test
    void whatAProcessDiedOverIsFoundByTheSweep() {
        PersonId person = people.hiresByNumber(number);
        take(leaves("e"));
        sql.run("UPDATE hr_subject SET person = NULL WHERE sender = ?", sender);
        sql.run("DELETE FROM hr_person WHERE person = ?", person.value());
        assertThat(fencedBy(person)).isEmpty();

        subjects.sweep();

        assertThat(fencedBy(person)).containsExactly("e");
    }

    @Test
    void aLastDayEndsWhereThePersonIsAndMovesWithThem() {
        LocalDate last = LocalDate.now(ZoneOffset.UTC).plusDays(30);
        PersonId person = people.hiresByNumber(number);
        Statement statement = says(
                Identity.of(Key.EMPLOYEE_NUMBER, number), "e", Kind.LEAVER, new When.LastDay(last, Optional.empty()));
        assertThat(kept(statement).effective())
                .isEqualTo(last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());

        people.changes(person, "timezone", "\"Asia/Tokyo\"");
        drain();

        Instant inTokyo = last.plusDays(1).atStartOfDay(ZoneId.of("Asia/Tokyo")).toInstant();
        assertThat(events.find(sender, "e").orElseThrow().effective()).isEqualTo(inTokyo);
        assertThat(due(person)).contains(inTokyo);
    }

    @Test
    void aFenceIsThereWithinASecondOfItsMomentAndTheRequestIsNamed() {
        PersonId person = people.hiresByNumber(number);
        Instant moment = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MICROS);
        take(says(Identity.of(Key.EMPLOYEE_NUMBER, number), "e", Kind.LEAVER, new When.At(moment)));
        drain();
        assertThat(fencedBy(person)).isEmpty();

        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(5))
                .until(() -> rows("hr.fenced", person.toString()) == 1);

        assertThat(Duration.between(moment, Instant.now())).isBetween(Duration.ZERO, Duration.ofSeconds(1));
        assertThat(drain()).containsExactly(person);
        assertThat(fencedBy(person)).containsExactly("e");
        assertThat(sql.all(
                        "SELECT request_id FROM audit_event WHERE action = 'hr.fenced' AND subject_id = ?",
                        row -> row.getString(1),
                        person.toString()))
                .containsExactly("req-e");
    }

    @Test
    void whatWasDueWhileNobodyWasRunningIsDueStill() {
        PersonId person = people.hiresByNumber(number);
        Instant soon = Instant.now().plus(Duration.ofDays(1));
        take(says(Identity.of(Key.EMPLOYEE_NUMBER, number), "e", Kind.LEAVER, new When.At(soon)));
        take(says(
                Identity.of(Key.EMPLOYEE_NUMBER, number),
                "e2",
                Kind.REHIRE,
                new When.At(soon.plus(Duration.ofDays(5)))));
        drain();

        // Three days pass in one statement that fires nothing itself.
        sql.run(
                "UPDATE fence SET since = since - interval '3 days', until = until - interval '3 days' WHERE person = ?",
                person.value());
        sql.run("UPDATE hr_person SET due = due - interval '3 days' WHERE person = ?", person.value());
        clock.fire();

        assertThat(drain()).containsExactly(person);
        assertThat(fencedBy(person)).containsExactly("e");
        assertThat(due(person)).hasValueSatisfying(next -> assertThat(next).isAfter(Instant.now()));
        await().untilAsserted(
                        () -> assertThat(rows("hr.fenced", person.toString())).isEqualTo(1));
    }

    @Test
    void whatWasSaidStaysSaid() {
        take(leaves("e"));

        assertThatThrownBy(() -> sql.run("UPDATE hr_fact SET kind = 'rehire' WHERE sender = ?", sender))
                .hasRootCauseMessage("ERROR: hr_fact is append-only: UPDATE is refused");
        assertThatThrownBy(() -> sql.run("DELETE FROM hr_fact")).hasRootCauseInstanceOf(SQLException.class);
    }

    private Optional<Instant> due(PersonId person) {
        return sql.first("SELECT due FROM hr_person WHERE person = ?", row -> Store.time(row, 1), person.value())
                .flatMap(due -> due);
    }

    private int rows(String action, String subject) {
        return sql.first(
                        "SELECT count(*) FROM audit_event WHERE action = ? AND subject_id = ?",
                        row -> row.getInt(1),
                        action,
                        subject)
                .orElseThrow();
    }

    @Test
    void fencesOfManyAreReadTogether() {
        PersonId person = people.hiresByNumber(number);
        PersonId free = people.hiresByNumber("free-" + number);
        take(leaves("e"));
        take(says(Identity.of(Key.EMPLOYEE_NUMBER, number), "e1", Kind.LEAVE_BEGINS, new When.At(PAST)));

        Map<PersonId, List<Fence>> found = fences.of(Set.of(person, free));

        assertThat(found).containsOnlyKeys(person);
        assertThat(found.get(person))
                .extracting(Fence::kind)
                .containsExactlyInAnyOrder(Fence.Kind.LEAVER, Fence.Kind.LEAVE);
    }
}
