package dev.rolewright.offboarding;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.directory.Identity;
import dev.rolewright.directory.Identity.Key;
import dev.rolewright.directory.Touched;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.Fact.Kind;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.store.Store;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// When a fence begins, whatever happens to the person or is said of them just then.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@Timeout(600)
class MomentsFlowTest extends HrRig {

    private static final LocalDate LAST = LocalDate.now(ZoneOffset.UTC).plusDays(30);

    @Inject
    FenceClock clock;

    @Inject
    Intake intake;

    private PersonId inZone(String zone) {
        PersonId person = people.hiresByNumber(number);
        people.changes(person, "timezone", "\"" + zone + "\"");
        return person;
    }

    private Statement says(String event, Kind kind, When when) {
        return says(Identity.of(Key.EMPLOYEE_NUMBER, number), event, kind, when);
    }

    private static Instant endOfLast(String zone) {
        return LAST.plusDays(1).atStartOfDay(ZoneId.of(zone)).toInstant();
    }

    private List<Instant> begins(PersonId person) {
        return sql.all(
                "SELECT since FROM fence WHERE person = ? ORDER BY since",
                row -> Store.instant(row, 1),
                person.value());
    }

    private Optional<Instant> due(PersonId person) {
        return sql.first("SELECT due FROM hr_person WHERE person = ?", row -> Store.time(row, 1), person.value())
                .flatMap(due -> due);
    }

    @Test
    void nobodyGainsADayBecauseTheDirectorySaysThatTheyAreFurtherWest() {
        PersonId person = inZone("Asia/Tokyo");
        take(says("e", Kind.LEAVER, new When.LastDay(LAST, Optional.empty())));

        people.changes(person, "timezone", "\"Pacific/Pago_Pago\"");
        drain();

        assertThat(begins(person)).containsExactly(endOfLast("Asia/Tokyo"));
        assertThat(due(person)).contains(endOfLast("Asia/Tokyo"));
        assertThat(events.find(sender, "e").orElseThrow().effective()).isEqualTo(endOfLast("Asia/Tokyo"));
    }

    @Test
    void whoStaysAfterAllStaysAlsoWhenTheyMovedMeanwhile() {
        PersonId person = inZone("Asia/Tokyo");
        take(says("e", Kind.LEAVER, new When.LastDay(LAST, Optional.empty())));
        people.changes(person, "timezone", "\"Pacific/Pago_Pago\"");
        drain();

        take(says("stays", Kind.REHIRE, new When.FirstDay(LAST.plusDays(1), Optional.empty())));
        assertThat(begins(person)).isEmpty();

        take(says("later", Kind.LEAVER, new When.LastDay(LAST.plusDays(7), Optional.empty())));
        assertThat(begins(person))
                .containsExactly(LAST.plusDays(8)
                        .atStartOfDay(ZoneId.of("Pacific/Pago_Pago"))
                        .toInstant());
    }

    @Test
    void aMoveWhileHrSpeaksForTheFirstTimeIsSeen() throws Exception {
        PersonId person = inZone("Pacific/Pago_Pago");
        drain();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> move = sql.together(() -> {
                take(says("e", Kind.LEAVER, new When.LastDay(LAST, Optional.empty())));
                return threads.submit(() -> {
                    people.changes(person, "timezone", "\"Asia/Tokyo\""); // waits for what HR is saying
                    drain();
                });
            });
            move.get();
        }

        assertThat(begins(person)).containsExactly(endOfLast("Asia/Tokyo"));
        assertThat(due(person)).contains(endOfLast("Asia/Tokyo"));
    }

    @Test
    void whoIsFoundWhileHrSpeaksIsFencedByWhatItSays() {
        take(says(Identity.of(Key.EMPLOYEE_NUMBER, number), "back", Kind.LEAVE_ENDS, new When.At(PAST)));
        List<Statement> said = List.of(leaves("e"));
        List<Intake.Verdict> verdicts = intake.weigh(sender, said);

        PersonId person = people.hiresByNumber(number);
        drain();
        sql.together(() -> intake.keep(sender, said, verdicts, "req-e"));

        assertThat(fencedBy(person)).containsExactly("e");
        assertThat(rows("hr.applied", person.toString())).isEqualTo(2);
    }

    @Test
    void namesOfWhoIsFencedAreLookedAtWhenThePersonIsAnother() {
        Set<PersonId> looked = ConcurrentHashMap.newKeySet();
        feed.tellFirst(some -> some.stream().map(Touched::person).forEach(looked::add));
        PersonId person = people.hiresByNumber(number);
        drain();
        assertThat(looked).contains(person);
        looked.clear();

        take(leaves("e"));
        assertThat(drain()).contains(person);
        assertThat(looked).doesNotContain(person);

        take(leaves("e2"));
        take(says(Identity.of(Key.EMPLOYEE_NUMBER, number), "back", Kind.REHIRE, new When.At(Instant.now())));
        people.numbers(person, "other-" + number);
        assertThat(drain()).contains(person);
        assertThat(looked).contains(person);
    }

    @Test
    void whatBecameDueIsToldAlsoWhenSomethingElseIsSaidBeforeAnybodyLooked() {
        PersonId person = people.hiresByNumber(number);
        Instant soon = Instant.now().plus(Duration.ofDays(1));
        take(says("e", Kind.LEAVER, new When.At(soon)));
        drain();

        sql.together(
                () -> { // before the clock sees it
                    sql.run("UPDATE fence SET since = since - interval '2 days' WHERE person = ?", person.value());
                    sql.run("UPDATE hr_person SET due = due - interval '2 days' WHERE person = ?", person.value());
                    take(says("e2", Kind.LEAVE_BEGINS, new When.At(soon.plus(Duration.ofDays(300)))));
                });
        clock.fire();

        assertThat(rows("hr.fenced", person.toString())).isEqualTo(1);
        assertThat(drain()).containsExactly(person);
    }

    @Test
    void whatBecomesDueWhileHrGoesOnSpeakingIsToldOnce() throws Exception {
        List<PersonId> crew = IntStream.range(0, 20)
                .mapToObj(i -> people.hiresByNumber(number + "-" + i))
                .toList();
        Instant soon = Instant.now().plusSeconds(1);
        for (int i = 0; i < crew.size(); i++) {
            take(says(byId(crew.get(i)), "e" + i, Kind.LEAVER, new When.At(soon.plusMillis(i * 10L))));
        }

        List<Callable<Boolean>> speakers = IntStream.range(0, 4)
                .mapToObj(speaker -> (Callable<Boolean>) () -> {
                    for (int i = 0; Instant.now().isBefore(soon.plusMillis(500)); i++) {
                        take(says(
                                byId(crew.get(i % crew.size())),
                                speaker + "-" + i,
                                Kind.LEAVE_BEGINS,
                                new When.At(soon.plus(Duration.ofDays(30)))));
                        clock.fire();
                    }
                    return true;
                })
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> spoken : threads.invokeAll(speakers)) {
                assertThat(spoken.get()).isTrue();
            }
        }

        assertThat(crew)
                .allSatisfy(person -> await().untilAsserted(() ->
                        assertThat(rows("hr.fenced", person.toString())).isEqualTo(1)));
    }
}
