package dev.rolewright.offboarding;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.directory.Identity;
import dev.rolewright.directory.Identity.Key;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.Fact.Kind;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What HR said of people whom the identity provider deletes and makes anew under another id, and of whoever is given
/// their names.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@Timeout(600)
class MadeAnewFlowTest extends HrRig {

    @Inject
    Contradictions contradictions;

    @Inject
    Subjects subjects;

    @Inject
    Intake intake;

    @ParameterizedTest
    @ValueSource(strings = {"number", "userName", "email", "externalId"})
    void whoWasNamedByIdIsFencedAgainUnderTheNextOne(String name) {
        PersonId first = makes(ada, number(number) + email("1" + ada) + ", \"externalId\": \"" + ada + "\"");
        kept(leaver(byId(first), "e"));
        deletes(first);

        PersonId second = switch (name) {
            case "number" -> makes("other-" + ada, number(number));
            case "userName" -> makes(ada, "");
            case "email" -> makes("other-" + ada, email("1" + ada));
            default -> makes("other-" + ada, ", \"externalId\": \"" + ada + "\"");
        };

        assertThat(fencedBy(second)).containsExactly("e");
        assertThat(events.find(sender, "e").orElseThrow().person()).contains(second);
        assertThat(rows("hr.applied", second.toString())).isEqualTo(1);
    }

    @Test
    void whoIsMadeAnewOverAndOverIsFencedOverAndOver() {
        PersonId first = makes(ada, number(number));
        kept(leaver(byId(first), "e"));
        deletes(first);
        PersonId second = makes("second-" + ada, number(number));
        deletes(second);

        PersonId third = makes("second-" + ada, "");

        assertThat(fencedBy(third)).containsExactly("e");
    }

    @Test
    void noRenameBeforeTheDeletionLetsAnybodyIn() {
        PersonId first = makes(ada, "");
        kept(leaver(byId(first), "e"));
        people.changes(first, "userName", "\"deleted-" + ada + "\"");
        drain();
        deletes(first);

        assertThat(fencedBy(makes(ada, ""))).containsExactly("e");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noNameIsLostWhileHrSpeaks(boolean renamed) throws Exception {
        PersonId first = makes(ada, "");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> losing = sql.together(() -> {
                intake.take(sender, List.of(leaver(byId(first), "e")), "req-e");
                Future<?> now = threads.submit(() -> {
                    if (renamed) {
                        people.changes(first, "userName", "\"deleted-" + ada + "\"");
                    } else {
                        people.deletes(first);
                    }
                });
                await().until(() -> now.isDone() || somebodyWaitsFor("resource"));
                return now;
            });
            losing.get();
        }
        if (renamed) {
            people.deletes(first);
        }
        drain();

        assertThat(fencedBy(makes(ada, ""))).containsExactly("e");
    }

    @Test
    void whoIsThereAlreadyUnderTheNextIdIsFencedWhenTheFirstGoes() {
        PersonId first = makes(ada, number(number));
        kept(leaver(byId(first), "e"));
        PersonId second = makes("second-" + ada, number(number));
        kept(leaver(byId(first), "e2"));

        deletes(first);

        assertThat(fencedBy(second)).containsExactly("e");
    }

    @Test
    void aComingLeaverGoesAlsoWhenMadeAnewBefore() {
        PersonId first = makes(ada, "");
        Instant soon = Instant.now().plusSeconds(100_000);
        kept(says(byId(first), "e", Kind.LEAVER, new When.At(soon)));
        deletes(first);

        PersonId second = makes(ada, "");

        assertThat(events.find(sender, "e").orElseThrow().person()).contains(second);
        assertThat(sql.first("SELECT count(*) FROM fence WHERE person = ?", row -> row.getInt(1), second.value()))
                .contains(1);
    }

    @Test
    void whoeverGetsTheNamesWithAnotherNumberIsSomebodyElse() {
        PersonId first = makes(ada, number(number) + email(ada));
        kept(leaver(byId(first), "e"));
        kept(leaver(Identity.of(Key.EMAIL, ada), "e2"));
        deletes(first);

        PersonId heir = makes(ada, number("new-" + number) + email(ada));

        assertThat(fencedBy(heir)).isEmpty();
        assertThat(events.find(sender, "e").orElseThrow().candidates()).isEmpty();
    }

    @Test
    void whatHrSaysOfTheNextOwnerOfAnAddressIsOfThatOne() {
        PersonId first = makes(ada, number(number) + email(ada));
        kept(leaver(Identity.of(Key.EMAIL, ada), "e"));
        deletes(first);
        PersonId heir = makes(ada, number("new-" + number) + email(ada));

        assertThat(kept(leaver(Identity.of(Key.EMAIL, ada), "e2")).person()).contains(heir);

        assertThat(fencedBy(heir)).containsExactly("e2");
        PersonId back = makes("back-" + ada, number(number));
        assertThat(fencedBy(back)).containsExactly("e");
    }

    @Test
    void whoWasThereWhenHrSpokeAndInheritsTheAddressIsNotMeant() {
        PersonId manager = makes("manager-" + ada, "");
        PersonId first = makes(ada, email(ada));
        kept(leaver(Identity.of(Key.EMAIL, ada), "e"));
        deletes(first);

        people.changes(manager, "emails", "[{\"value\": \"" + ada + "\"}]");
        drain();

        assertThat(fencedBy(manager)).isEmpty();
        assertThat(fencedBy(makes("new-" + ada, email("new-" + ada)))).isEmpty();
    }

    @Test
    void whoseNumberTheLeaverHadByMistakeStays() {
        PersonId chief = makes("chief-" + ada, "");
        PersonId first = makes(ada, number(number));
        kept(leaver(byId(first), "e"));
        people.numbers(first, "chief-" + number);
        drain();
        people.numbers(first, number);
        people.numbers(chief, "chief-" + number);
        drain();

        deletes(first);

        assertThat(fencedBy(chief)).isEmpty();
        assertThat(fencedBy(makes("again-" + ada, number(number)))).containsExactly("e");
    }

    @Test
    void namesThatNobodyCanSayStandInNobodysWay() {
        PersonId first = makes(ada, """
                , "externalId": "x", "emails": [{"value": " "}, {"type": "work"}, {"value": "%s"}]""".formatted("x".repeat(1_900)));
        kept(leaver(byId(first), "e"));
        people.changes(first, "externalId", "\" \"");
        deletes(first);

        assertThat(fencedBy(makes(ada, ""))).containsExactly("e");
    }

    @Test
    void whoMayBeOneOfTwoIsNotGuessedAboutAndIsTold() {
        PersonId first = makes(ada, email("1" + ada));
        kept(leaver(byId(first), "e"));
        deletes(first);

        PersonId one = people.hires("one-" + ada, email("1" + ada));
        PersonId other = people.hires("other-" + ada, email("1" + ada));
        drain();

        assertThat(fencedBy(one)).isEmpty();
        assertThat(fencedBy(other)).isEmpty();
        assertThat(contradictions.all()).anySatisfy(each -> {
            assertThat(each.kind()).isEqualTo(Contradiction.Kind.UNCLEAR);
            assertThat(each.people()).containsExactlyInAnyOrder(one, other);
        });

        people.changes(other, "emails", "[]");
        drain();
        assertThat(fencedBy(one)).containsExactly("e");
    }

    @Test
    void whoWasTakenBackIsTakenBackAlsoUnderTheNextId() {
        PersonId first = makes(ada, "");
        kept(leaver(byId(first), "e"));
        people.changes(first, "emails", "[{\"value\": \"" + ada + "\"}]");
        drain();
        kept(says(Identity.of(Key.EMAIL, ada), "back", Kind.REHIRE, new When.At(Instant.now())));
        deletes(first);

        assertThat(fencedBy(makes(ada, ""))).isEmpty(); // by the name of which only the leaver was known
    }

    @Test
    void whoIsFencedByMistakeIsFreedByHr() {
        PersonId first = makes(ada, "");
        kept(leaver(byId(first), "e"));
        deletes(first);
        PersonId namesake = makes(ada, "");
        assertThat(fencedBy(namesake)).containsExactly("e");

        kept(says(byId(namesake), "there", Kind.REHIRE, new When.At(Instant.now())));

        assertThat(fencedBy(namesake)).isEmpty();
    }

    @Test
    void theLastWordOfHrAboutAnOldIdCountsForTheNextOne() {
        PersonId first = makes(ada, "");
        kept(leaver(byId(first), "e"));
        deletes(first);
        kept(says(byId(first), "back", Kind.REHIRE, new When.At(Instant.now())));

        assertThat(fencedBy(makes(ada, ""))).isEmpty();
    }

    @Test
    void whoCameAndWentWithoutSeeingEachOtherIsFoundByTheSweep() {
        PersonId first = makes(ada, "");
        kept(leaver(byId(first), "e"));
        people.deletes(first);
        sql.run("DELETE FROM touched WHERE resource = ?", first.value());
        PersonId second = makes(ada, "");
        sql.run("UPDATE hr_subject SET was = person, person = NULL WHERE person = ?", first.value()); // another process
        assertThat(fencedBy(second)).isEmpty();

        subjects.sweep();

        assertThat(fencedBy(second)).containsExactly("e");
    }
}
