package dev.rolewright.offboarding;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import dev.rolewright.directory.Identity;
import dev.rolewright.model.PersonId;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Everything that was ever said, only ever added to.
@ApplicationScoped
class FactBook {

    private static final String COLUMNS = "f.sender, f.event, f.kind, f.moment, f.first_day, f.last_day, f.zone";

    private final Store store;

    FactBook(Store store) {
        this.store = store;
    }

    /// A fact in the store.
    ///
    /// @param fenced when the fence begins whose reason it is
    record Row(
            Statement statement,
            Instant received,
            Optional<PersonId> person,
            List<PersonId> candidates,
            Optional<Instant> fenced) {}

    Optional<Row> find(String sender, String event) {
        return store.first(
                "SELECT " + COLUMNS + ", s.key, s.value, f.received, s.person, s.candidates,"
                        + " (SELECT min(since) FROM fence WHERE person = s.person AND sender = f.sender"
                        + " AND event = f.event) FROM hr_fact f"
                        + " JOIN hr_subject s ON s.id = f.subject WHERE f.sender = ? AND f.event = ?",
                row -> new Row(
                        statement(row),
                        Store.instant(row, 10),
                        Optional.ofNullable(row.getObject(11, UUID.class)).map(PersonId::new),
                        Arrays.stream((UUID[]) row.getArray(12).getArray())
                                .map(PersonId::new)
                                .toList(),
                        Store.time(row, 13)),
                sender,
                event);
    }

    /// @param received when it was said
    record Heard(Fact fact, Instant received) {}

    Map<PersonId, List<Fact>> of(Collection<PersonId> people) {
        Map<PersonId, List<Fact>> facts = new HashMap<>();
        heard(people)
                .forEach((person, heard) ->
                        facts.put(person, heard.stream().map(Heard::fact).toList()));
        return facts;
    }

    Map<PersonId, List<Heard>> heard(Collection<PersonId> people) {
        record Of(PersonId person, Heard heard) {}
        return store
                .all(
                        "SELECT " + COLUMNS + ", s.person, f.received FROM unnest(?) p (person) CROSS JOIN LATERAL"
                                + " (SELECT * FROM hr_subject WHERE person = p.person OFFSET 0) s"
                                + " CROSS JOIN LATERAL (SELECT * FROM hr_fact WHERE subject = s.id OFFSET 0) f",
                        row -> new Of(
                                new PersonId(row.getObject(8, UUID.class)),
                                new Heard(fact(row), Store.instant(row, 9))),
                        (Object) PersonId.ids(people))
                .stream()
                .collect(groupingBy(Of::person, mapping(Of::heard, toList())));
    }

    /// When something was said of somebody, for the first and for the last time.
    record Spoken(Instant first, Instant last) {

        static final Spoken NEVER = new Spoken(Instant.MAX, Instant.MAX);
    }

    /// When HR spoke of people who are gone.
    Map<PersonId, Spoken> spokenOf(Collection<PersonId> gone) {
        record Of(PersonId person, Spoken spoken) {}
        return store
                .all(
                        "SELECT s.was, min(f.received), max(f.received) FROM hr_subject s"
                                + " JOIN hr_fact f ON f.subject = s.id"
                                + " WHERE s.was = ANY (?) AND s.person IS NULL GROUP BY s.was",
                        row -> new Of(
                                new PersonId(row.getObject(1, UUID.class)),
                                new Spoken(Store.instant(row, 2), Store.instant(row, 3))),
                        (Object) PersonId.ids(gone))
                .stream()
                .collect(toMap(Of::person, Of::spoken));
    }

    /// A fact by its sender's name for it, and the request that brought it.
    record Said(String event, String request) {}

    /// What was said under a name of a person.
    List<Said> under(long name) {
        return store.all(
                "SELECT event, request FROM hr_fact WHERE subject = ? ORDER BY id",
                row -> new Said(row.getString(1), row.getString(2)),
                name);
    }

    /// What the sender said under these names of events.
    Map<String, Statement> said(String sender, Collection<String> events) {
        return store
                .all(
                        "SELECT " + COLUMNS + ", s.key, s.value FROM unnest(?) e (event) CROSS JOIN LATERAL"
                                + " (SELECT * FROM hr_fact WHERE event = e.event AND sender = ? OFFSET 0) f"
                                + " CROSS JOIN LATERAL (SELECT * FROM hr_subject WHERE id = f.subject OFFSET 0) s",
                        FactBook::statement,
                        events.toArray(String[]::new),
                        sender)
                .stream()
                .collect(toMap(said -> said.fact().event(), said -> said));
    }

    /// Adds facts of one sender, each under a name, but for those whose own name the sender used already.
    ///
    /// @return the names of the events that are new
    Set<String> add(String sender, List<Fact> facts, List<Long> subjects, String request) {
        return Set.copyOf(store.all(
                "INSERT INTO hr_fact (sender, request, event, subject, kind, moment, first_day, last_day, zone)"
                        + " SELECT ?, ?, * FROM unnest(?, ?, ?, ?, ?::date[], ?::date[], ?)"
                        + " ON CONFLICT (sender, event) DO NOTHING RETURNING event",
                row -> row.getString(1),
                sender,
                request,
                facts.stream().map(Fact::event).toArray(String[]::new),
                subjects.toArray(Long[]::new),
                facts.stream().map(fact -> Store.word(fact.kind())).toArray(String[]::new),
                whens(facts).map(WhenColumns::moment).toArray(OffsetDateTime[]::new),
                whens(facts).map(WhenColumns::firstDay).toArray(String[]::new),
                whens(facts).map(WhenColumns::lastDay).toArray(String[]::new),
                whens(facts).map(WhenColumns::zone).toArray(String[]::new)));
    }

    private static Stream<WhenColumns> whens(List<Fact> facts) {
        return facts.stream().map(fact -> WhenColumns.of(fact.when()));
    }

    private static Statement statement(ResultSet row) throws SQLException {
        return new Statement(
                new Identity(Store.word(Identity.Key.class, row.getString(8)), row.getString(9)), fact(row));
    }

    private static Fact fact(ResultSet row) throws SQLException {
        return new Fact(
                row.getString(1),
                row.getString(2),
                Store.word(Fact.Kind.class, row.getString(3)),
                WhenColumns.read(row, 4));
    }
}
