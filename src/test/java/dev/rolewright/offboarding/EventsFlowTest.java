package dev.rolewright.offboarding;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.directory.Identity;
import dev.rolewright.directory.Identity.Key;
import dev.rolewright.model.Fence;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.Fact.Kind;
import dev.rolewright.ops.TestPostgres;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What HR systems say, kept in a real store, about people in a real directory.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@Timeout(600)
class EventsFlowTest extends HrRig {

    @Inject
    FenceClock clock;

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
    void whoIsOutStaysOutHoweverFarWestTheIdentityProviderSaysTheyAre() {
        PersonId person = people.hiresByNumber(number);
        people.changes(person, "timezone", "\"Pacific/Kiritimati\"");
        LocalDate last = LocalDate.now(ZoneId.of("Pacific/Kiritimati")).minusDays(1);
        take(says(
                Identity.of(Key.EMPLOYEE_NUMBER, number), "e", Kind.LEAVER, new When.LastDay(last, Optional.empty())));
        drain();
        assertThat(fencedBy(person)).containsExactly("e");

        people.changes(person, "timezone", "\"Pacific/Pago_Pago\""); // a day behind: the last day is not over there
        drain();

        assertThat(fencedBy(person)).containsExactly("e");
        take(says(
                Identity.of(Key.EMPLOYEE_NUMBER, number),
                "back",
                Kind.REHIRE,
                new When.FirstDay(last.plusDays(1), Optional.empty())));
        assertThat(fencedBy(person)).isEmpty();
    }

    @Test
    void aFenceIsThereWithinASecondOfItsMomentAndTheRequestIsNamed() {
        PersonId person = people.hiresByNumber(number);
        Instant moment = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MICROS);
        take(says(Identity.of(Key.EMPLOYEE_NUMBER, number), "e", Kind.LEAVER, new When.At(moment)));
        drain();
        assertThat(fencedBy(person)).isEmpty();

        await().pollInterval(Duration.ofMillis(20)).until(() -> rows("hr.fenced", person.toString()) == 1);

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
