package dev.rolewright.offboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rolewright.directory.Identity;
import dev.rolewright.directory.Identity.Key;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.Contradiction.Kind;
import dev.rolewright.ops.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// About whom HR and the directory do not agree, and since when.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ContradictionsFlowTest extends HrRig {

    @Inject
    Contradictions contradictions;

    @Inject
    ContradictionMeter meter;

    @Inject
    MeterRegistry meters;

    private PersonId person;

    @BeforeEach
    void hireSomebody() {
        person = people.hiresByNumber(number);
    }

    private void says(Fact.Kind kind, Instant at) {
        says(byId(person), kind, at);
    }

    private void says(Identity who, Fact.Kind kind, Instant at) {
        kept(says(who, kind.name(), kind, new When.At(at)));
    }

    private List<Contradiction> found() {
        return contradictions.all().stream()
                .filter(it -> it.sender().equals(sender))
                .toList();
    }

    @Test
    void whoIsGoneForHrAndActiveForTheIdentityProvider() {
        Instant moment = Instant.now().truncatedTo(ChronoUnit.MICROS);
        says(Fact.Kind.LEAVER, moment);

        assertThat(found())
                .containsExactly(new Contradiction(Kind.GONE_BUT_ACTIVE, List.of(person), sender, "LEAVER", moment));

        people.changes(person, "active", "false");
        assertThat(found()).isEmpty();
    }

    @Test
    void howManyThereAreAndForHowLongIsMeasured() {
        says(Fact.Kind.LEAVER, Instant.now());

        meter.look();

        assertThat(meters.get("contradictions_open").gauge().value())
                .isEqualTo(contradictions.all().size())
                .isPositive();
        assertThat(meters.get("contradictions_oldest").timeGauge().value(TimeUnit.SECONDS))
                .isCloseTo(
                        Duration.between(
                                        ContradictionMeter.oldest(contradictions.all())
                                                .orElseThrow(),
                                        Instant.now())
                                .toSeconds(),
                        within(5.0));
    }

    /// Many identity providers leave somebody active who is away for months: that is to page nobody.
    @Test
    void whoIsOnlyAwayIsListedAndNotMissed() {
        says(Fact.Kind.LEAVE_BEGINS, Instant.now());

        assertThat(found()).singleElement().satisfies(it -> {
            assertThat(it.kind()).isEqualTo(Kind.AWAY_BUT_ACTIVE);
            assertThat(ContradictionMeter.oldest(List.of(it))).isEmpty();
        });

        says(Fact.Kind.LEAVER, Instant.now());
        assertThat(found()).singleElement().satisfies(it -> {
            assertThat(it.kind()).isEqualTo(Kind.GONE_BUT_ACTIVE);
            assertThat(it.event()).isEqualTo("LEAVER");
            assertThat(ContradictionMeter.oldest(List.of(it))).contains(it.since());
        });
    }

    @Test
    void itDidNotBeginBeforeTheDirectoryKnewThePerson() {
        says(Fact.Kind.LEAVER, Instant.parse("2020-01-01T00:00:00Z"));

        assertThat(found())
                .singleElement()
                .satisfies(it ->
                        assertThat(it.since()).isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now()));
    }

    @Test
    void whoIsToLeaveIsNoContradictionYet() {
        says(Fact.Kind.LEAVER, Instant.now().plus(Duration.ofDays(1)));

        assertThat(found()).isEmpty();
    }

    @Test
    void whoIsBackForHrAndInactiveForTheIdentityProvider() {
        Instant back = Instant.now().truncatedTo(ChronoUnit.MICROS);
        says(Fact.Kind.LEAVER, Instant.parse("2026-01-01T00:00:00Z"));
        says(Fact.Kind.REHIRE, back);
        assertThat(found()).isEmpty();

        Instant before = Instant.now();
        people.changes(person, "active", "false");

        began(Kind.BACK_BUT_INACTIVE, before);
    }

    private void began(Kind kind, Instant before) {
        assertThat(found()).singleElement().satisfies(it -> {
            assertThat(it.since()).isBetween(before, Instant.now());
            assertThat(it).isEqualTo(new Contradiction(kind, List.of(person), sender, "LEAVER", it.since()));
        });
    }

    @Test
    void itDidNotBeginBeforeTheIdentityProviderSaidOtherwise() {
        people.changes(person, "active", "false");
        says(Fact.Kind.LEAVER, Instant.now());
        assertThat(found()).isEmpty();

        Instant before = Instant.now();
        people.changes(person, "active", "true");

        Instant last = Instant.now();
        people.changes(person, "displayName", "\"somebody\"");
        began(Kind.GONE_BUT_ACTIVE, before);
        assertThat(found().getFirst().since())
                .as("not by what is said of something else")
                .isBefore(last);
    }

    /// @return somebody else of the same name, so that it is unclear who leaves
    private PersonId isUnclearSince(Instant leaves) {
        people.numbers(person, "other-" + number);
        says(Identity.of(Key.EMPLOYEE_NUMBER, number), Fact.Kind.LEAVER, leaves);
        assertThat(found()).isEmpty();

        people.numbers(person, number);
        PersonId other = new TestPeople(directory, catalog, store).hiresByNumber(number);
        drain();
        return other;
    }

    private void unclear(PersonId... candidates) {
        assertThat(found()).singleElement().satisfies(it -> {
            assertThat(it.kind()).isEqualTo(Kind.UNCLEAR);
            assertThat(it.people()).containsExactlyInAnyOrder(candidates);
        });
    }

    private void answers(String event, PersonId who, Fact.Kind kind, Instant at) {
        kept(says(byId(who), event, kind, new When.At(at)));
    }

    @Test
    void ofWhomItIsNotClearWhoIsMeant() {
        PersonId other = isUnclearSince(Instant.now());

        unclear(person, other);
        meter.look();
        assertThat(meters.get("contradictions_unclear").gauge().value())
                .isEqualTo(contradictions.all().stream()
                        .filter(it -> it.kind() == Kind.UNCLEAR)
                        .count())
                .isPositive();

        answers("there", other, Fact.Kind.REHIRE, Instant.now());
        unclear(person); // who may still be meant
        answers("there-too", person, Fact.Kind.REHIRE, Instant.now());
        assertThat(found()).isEmpty();
    }

    @Test
    void theSameOfOneWhoMayBeMeantIsTheAnswer() {
        Instant leaves = Instant.now().plus(Duration.ofDays(1));
        PersonId other = isUnclearSince(leaves);

        answers("it-is-them", other, Fact.Kind.LEAVER, leaves);

        assertThat(found()).isEmpty();
    }

    @Test
    void whateverElseIsSaidOfOneOfThemIsNoAnswer() {
        Instant leaves = Instant.now().plus(Duration.ofDays(1));
        PersonId other = isUnclearSince(leaves);

        answers("leaves-later", other, Fact.Kind.LEAVER, leaves.plus(Duration.ofDays(100)));
        answers("is-away", other, Fact.Kind.LEAVE_BEGINS, leaves);
        answers("is-back", other, Fact.Kind.LEAVE_ENDS, leaves);
        answers("was-back-before", other, Fact.Kind.REHIRE, Instant.now());

        unclear(person, other);
    }
}
