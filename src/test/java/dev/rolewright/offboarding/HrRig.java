package dev.rolewright.offboarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.directory.Directory;
import dev.rolewright.directory.Identity;
import dev.rolewright.directory.Identity.Key;
import dev.rolewright.directory.Touched;
import dev.rolewright.model.Fence;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.Fact.Kind;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.store.Store;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;

/// What tests of HR events begin with: a sender, a number of a person, and an identity provider. Nobody but a test
/// hands on marks.
abstract class HrRig {

    static final Instant PAST = Instant.parse("2026-01-31T12:00:00Z");

    @Inject
    Events events;

    @Inject
    Fences fences;

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

    final String sender = "hr-" + UUID.randomUUID();
    final String number = "N" + UUID.randomUUID();
    final String ada = "ada-" + number.toLowerCase(Locale.ROOT) + "@example.org";
    TestPeople people;

    @BeforeEach
    void openASource() {
        people = new TestPeople(directory, catalog, store);
        drain();
    }

    /// What the reconciler does with marks, but for the reconciling.
    Set<PersonId> drain() {
        Set<PersonId> touched = new HashSet<>();
        while (feed.drain(100_000, some -> some.stream().map(Touched::person).forEach(touched::add)) > 0) {
            // The marks that looking itself has left.
        }
        return touched;
    }

    Statement says(Identity person, String event, Kind kind, When when) {
        return new Statement(person, new Fact(sender, event, kind, when));
    }

    Statement leaves(String event) {
        return says(Identity.of(Key.EMPLOYEE_NUMBER, number), event, Kind.LEAVER, new When.At(PAST));
    }

    Answer take(Statement statement) {
        return events.take(statement, "req-" + statement.fact().event());
    }

    EventState kept(Statement statement) {
        assertThat(take(statement)).isInstanceOf(Answer.Kept.class);
        return events.find(sender, statement.fact().event()).orElseThrow();
    }

    List<String> fencedBy(PersonId person) {
        return fences.of(Set.of(person)).getOrDefault(person, List.of()).stream()
                .map(Fence::event)
                .toList();
    }

    int rows(String action, String subject) {
        return sql.first(
                        "SELECT count(*) FROM audit_event WHERE action = ? AND subject_id = ?",
                        row -> row.getInt(1),
                        action,
                        subject)
                .orElseThrow();
    }

    static String number(String number) {
        return ", \"%s\": {\"employeeNumber\": \"%s\"}".formatted(TestPeople.ENTERPRISE, number);
    }

    static String email(String address) {
        return ", \"emails\": [{\"value\": \"%s\"}]".formatted(address);
    }

    static Identity byId(PersonId person) {
        return Identity.of(Key.ID, person.toString());
    }

    Statement leaver(Identity person, String event) {
        return says(person, event, Kind.LEAVER, new When.At(PAST));
    }

    void deletes(PersonId person) {
        people.deletes(person);
        drain();
    }

    PersonId makes(String userName, String more) {
        PersonId person = people.hires(userName, more);
        drain();
        return person;
    }

    boolean somebodyWaitsFor(String table) {
        return sql.first(
                        "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE ?",
                        row -> row.getBoolean(1),
                        "%" + table + "%")
                .orElseThrow();
    }
}
