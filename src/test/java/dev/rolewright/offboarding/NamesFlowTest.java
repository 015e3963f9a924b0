package dev.rolewright.offboarding;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.directory.Identity;
import dev.rolewright.directory.Identity.Key;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.Fact.Kind;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whom the names lead to that HR systems give, whatever becomes of people meanwhile.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@Timeout(600)
class NamesFlowTest extends HrRig {

    @Inject
    Subjects subjects;

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

    /// Leads the sender's name to somebody, as another process does, and lets something happen before it commits.
    private void whileAnotherLeadsTheNameTo(PersonId person, Meanwhile meanwhile) throws Exception {
        try (Connection other = store.getConnection()) {
            other.setAutoCommit(false);
            try (PreparedStatement lead =
                    other.prepareStatement("UPDATE hr_subject SET person = ? WHERE sender = ? AND person IS NULL")) {
                lead.setObject(1, person.value());
                lead.setString(2, sender);
                assertThat(lead.executeUpdate()).isEqualTo(1);
            }
            sql.run("DELETE FROM touched WHERE resource = ?", person.value()); // the mark is the other's, too
            meanwhile.happens(other);
        }
    }

    private interface Meanwhile {
        void happens(Connection other) throws Exception;
    }

    @Test
    void aNameThatWasLedToSomebodyWhoWentAtThatMomentLeadsToWhoComesNext() throws Exception {
        take(leaves("e"));
        PersonId first = people.hiresByNumber(number);
        whileAnotherLeadsTheNameTo(first, other -> {
            people.deletes(first);
            drain();
            other.commit();
        });

        PersonId second = people.hiresByNumber(number);
        drain();

        assertThat(fencedBy(second)).containsExactly("e");
    }

    @Test
    void aNameThatWasLedToSomebodyWhoWentAtThatMomentLeadsToWhoIsThereAlready() throws Exception {
        take(leaves("e"));
        PersonId first = people.hiresByNumber(number);
        List<PersonId> second = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> looking = new ArrayList<>();
            whileAnotherLeadsTheNameTo(first, other -> {
                people.deletes(first);
                drain();
                second.add(people.hiresByNumber(number));
                looking.add(threads.submit(this::drain));
                await().until(() -> somebodyWaitsFor("hr_subject"));
                other.commit();
            });
            looking.getFirst().get();
        }

        assertThat(fencedBy(second.getFirst())).containsExactly("e");
    }

    @Test
    void peopleWhoGoAreLetGoInTheOrderInWhichEverybodyTakesNames() throws Exception {
        PersonId one = people.hiresByNumber(number);
        PersonId other = people.hiresByNumber("other-" + number);
        kept(leaves("e"));
        kept(says(Identity.of(Key.ID, other.toString()), "e2", Kind.LEAVER, new When.At(PAST)));
        sql.run("UPDATE hr_subject SET person = NULL WHERE person = ?", one.value());
        sql.run(
                "UPDATE hr_subject SET person = ? WHERE sender = ? AND person IS NULL",
                one.value(),
                sender); // lies behind

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection feed = store.getConnection()) {
            feed.setAutoCommit(false);
            hold(feed, one);
            people.deletes(one);
            people.deletes(other);
            Future<?> looking = threads.submit(this::drain);
            await().until(() -> somebodyWaitsFor("hr_subject"));
            hold(feed, other); // who waits does not hold it
            feed.commit();
            looking.get();
        }

        assertThat(fences.all()).doesNotContainKeys(one, other);
    }

    private static void hold(Connection feed, PersonId person) throws Exception {
        try (PreparedStatement hold =
                feed.prepareStatement("SELECT FROM hr_subject WHERE person = ? FOR UPDATE NOWAIT")) {
            hold.setObject(1, person.value());
            assertThat(hold.executeQuery().next()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "ID", mode = EnumSource.Mode.EXCLUDE)
    void theLongestNameThatThereIsCanBeKept(Key key) {
        Random random = new Random(1);
        StringBuilder name = new StringBuilder(); // nothing that a store could write shorter
        while (Identity.isName(name + "\u9fff")) {
            name.appendCodePoint(0x4e00 + random.nextInt(0x5000));
        }
        assertThat(name.toString().getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(1_990);

        assertThat(kept(says(Identity.of(key, name.toString()), "e", Kind.LEAVER, new When.At(PAST)))
                        .person())
                .isEmpty();
        assertThatThrownBy(() -> Identity.of(key, name + "more".repeat(3)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
