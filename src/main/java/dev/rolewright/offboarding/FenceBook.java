package dev.rolewright.offboarding;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.rolewright.directory.Identities;
import dev.rolewright.directory.Identities.Known;
import dev.rolewright.model.Fence;
import dev.rolewright.model.PersonId;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/// Keeps what facts settle to, so that nobody has to settle all of them to know who is fenced, or when that changes.
///
/// It writes what is different and nothing else: every other fence is another access, and leaves a mark.
@ApplicationScoped
class FenceBook {

    /// No clock is as far off as that.
    private static final Duration FAR_OFF = Duration.ofDays(2);

    /// Writes what is different only: most people have no fence ahead, and are where they were. What became
    /// due since the row is held is left to the clock.
    private static final String SETTLED = """
            UPDATE hr_person p SET zone = d.zone, due = d.due FROM (
                SELECT o.place, t.zone, n.due FROM unnest(?, ?, ?) t (person, zone, held)
                CROSS JOIN LATERAL (SELECT ctid AS place, * FROM hr_person WHERE person = t.person OFFSET 0) o
                CROSS JOIN LATERAL (
                    SELECT min(v.t) AS due FROM fence f CROSS JOIN LATERAL (VALUES (f.since), (f.until)) v (t)
                    WHERE f.person = t.person AND v.t > t.held) n
                WHERE (o.zone, o.due) IS DISTINCT FROM (t.zone, n.due)) d
            WHERE p.ctid = d.place""";

    private final Store store;
    private final FactBook facts;
    private final Identities identities;
    private final Dues dues;
    private final ZoneId company;
    private final Clock clock = Clock.systemUTC();

    FenceBook(Store store, FactBook facts, Identities identities, Dues dues, HrConfig config) {
        this.store = store;
        this.facts = facts;
        this.identities = identities;
        this.dues = dues;
        this.company = config.timeZone();
    }

    private record Row(PersonId person, Span span) {}

    /// The row of a person that is held from a moment on.
    ///
    /// @param before whether there was one: only such a row has ever been held by anybody
    /// @param due when a fence was to begin or end next
    private record Held(PersonId person, boolean before, Optional<Instant> due, Instant at) {

        Optional<Dues.Due> past() {
            return due.filter(was -> !was.isAfter(at)).map(was -> new Dues.Due(person, was, at));
        }
    }

    /// Settles everything that was said of these people, in the caller's transaction. Whoever does so for one of
    /// them at the same time waits, and then reads what the other one wrote.
    ///
    /// What became due before is told first: from here on the clock does not find it any more.
    void settle(Collection<PersonId> people) {
        if (people.isEmpty()) {
            return;
        }
        SortedSet<PersonId> sorted = new TreeSet<>(people);
        Map<PersonId, String> zones = new HashMap<>(identities.timezones(sorted));
        Map<PersonId, Held> held = lock(sorted, zones);
        // Somebody else may have settled these meanwhile, from what the directory says now.
        Set<PersonId> spokenOf = spokenOf(held);
        zones.keySet().removeAll(spokenOf);
        zones.putAll(identities.timezones(spokenOf));
        settle(held, spokenOf, facts.of(people), zones);
    }

    /// As above, of people whom the directory holds for the caller.
    ///
    /// @param said what the caller has just added; of whom nothing was said before there is nothing else
    /// @param zones the time zones of those who are there
    void settle(Map<PersonId, List<Fact>> said, Map<PersonId, Optional<String>> zones) {
        if (said.isEmpty()) {
            return;
        }
        Map<PersonId, String> known = new HashMap<>();
        zones.forEach((person, zone) -> zone.ifPresent(it -> known.put(person, it)));
        Map<PersonId, Held> held = lock(new TreeSet<>(said.keySet()), known);
        Set<PersonId> spokenOf = spokenOf(held);
        Map<PersonId, List<Fact>> all = new HashMap<>(said);
        if (!spokenOf.isEmpty()) {
            all.putAll(facts.of(spokenOf));
        }
        settle(held, spokenOf, all, known);
    }

    private static Set<PersonId> spokenOf(Map<PersonId, Held> held) {
        return held.values().stream().filter(Held::before).map(Held::person).collect(toSet());
    }

    private void settle(
            Map<PersonId, Held> held,
            Set<PersonId> spokenOf,
            Map<PersonId, List<Fact>> said,
            Map<PersonId, String> zones) {
        dues.tell(held.values().stream().flatMap(it -> it.past().stream()).toList());
        Set<Row> written = new HashSet<>();
        if (!spokenOf.isEmpty()) {
            written.addAll(read(spokenOf));
        }
        Map<PersonId, List<Fence>> known = written.stream()
                .collect(groupingBy(Row::person, mapping(row -> row.span().fence(), toList())));
        Set<Row> wanted = new HashSet<>();
        said.forEach((person, each) -> Settlement.of(
                        each, zone(Optional.ofNullable(zones.get(person))), known.getOrDefault(person, List.of()))
                .forEach(span -> wanted.add(new Row(person, span))));
        delete(without(written, wanted));
        insert(without(wanted, written));
        Set<PersonId> ahead = new TreeSet<>(spokenOf);
        wanted.stream().filter(row -> isAhead(row.span())).forEach(row -> ahead.add(row.person()));
        if (!ahead.isEmpty()) {
            store.run(
                    SETTLED,
                    PersonId.ids(ahead),
                    zones(ahead, zones),
                    ahead.stream()
                            .map(person -> Optional.ofNullable(held.get(person))
                                    .map(it -> Store.offset(it.at()))
                                    .orElseThrow())
                            .toArray(OffsetDateTime[]::new));
        }
    }

    private List<Row> read(Set<PersonId> people) {
        return store.all(
                "SELECT person, sender, kind, event, since, until FROM fence WHERE person = ANY (?)",
                FenceBook::row,
                (Object) PersonId.ids(people));
    }

    /// Whether something of it may be ahead by the store's clock, which is the one that counts.
    private boolean isAhead(Span span) {
        Instant longAgo = clock.instant().minus(FAR_OFF);
        return span.fence().since().isAfter(longAgo)
                || span.until().filter(longAgo::isBefore).isPresent();
    }

    /// Holds the rows of these people, and makes those that are missing.
    ///
    /// @param people in one order, so that nobody waits in a circle
    private Map<PersonId, Held> lock(SortedSet<PersonId> people, Map<PersonId, String> zones) {
        return store
                .all(
                        "INSERT INTO hr_person (person, zone) SELECT * FROM unnest(?, ?)"
                                + " ON CONFLICT (person) DO UPDATE SET person = excluded.person"
                                + " RETURNING person, xmax <> 0, due, clock_timestamp()",
                        row -> new Held(
                                new PersonId(row.getObject(1, UUID.class)),
                                row.getBoolean(2),
                                Store.time(row, 3),
                                Store.instant(row, 4)),
                        PersonId.ids(people),
                        zones(people, zones))
                .stream()
                .collect(toMap(Held::person, it -> it));
    }

    private static String[] zones(Collection<PersonId> people, Map<PersonId, String> zones) {
        return people.stream().map(zones::get).toArray(String[]::new);
    }

    /// Who is in another time zone than when their facts were settled.
    List<PersonId> moved(Collection<Known> people) {
        return store.all(
                "SELECT p.person FROM unnest(?, ?) AS t (person, zone) CROSS JOIN LATERAL"
                        + " (SELECT * FROM hr_person WHERE person = t.person OFFSET 0) p"
                        + " WHERE p.zone IS DISTINCT FROM t.zone",
                row -> new PersonId(row.getObject(1, UUID.class)),
                PersonId.ids(people.stream().map(Known::person).toList()),
                people.stream().map(each -> each.timezone().orElse(null)).toArray(String[]::new));
    }

    /// Forgets people whom the directory does not know any more.
    void forget(Collection<PersonId> people) {
        store.run("DELETE FROM hr_person WHERE person = ANY (?)", (Object) PersonId.ids(people));
    }

    /// In which time zones the facts of people were settled.
    Map<PersonId, ZoneId> zones(Collection<PersonId> people) {
        record Of(PersonId person, ZoneId zone) {}
        return store
                .all(
                        "SELECT person, zone FROM hr_person WHERE person = ANY (?)",
                        row -> new Of(new PersonId(row.getObject(1, UUID.class)), zone(Store.text(row, 2))),
                        (Object) PersonId.ids(people))
                .stream()
                .collect(toMap(Of::person, Of::zone));
    }

    /// The time zone of somebody of whom the directory says this.
    ZoneId zone(Optional<String> timezone) {
        try {
            return timezone.map(ZoneId::of).orElse(company);
        } catch (DateTimeException unknown) {
            return company;
        }
    }

    private void delete(List<Row> rows) {
        if (!rows.isEmpty()) {
            store.run(
                    "DELETE FROM fence f USING unnest(?, ?, ?, ?) AS t (person, sender, kind, since)"
                            + " WHERE f.person = t.person AND f.sender = t.sender AND f.kind = t.kind"
                            + " AND f.since = t.since",
                    rows.stream().map(row -> row.person().value()).toArray(UUID[]::new),
                    rows.stream().map(row -> row.span().fence().sender()).toArray(String[]::new),
                    rows.stream()
                            .map(row -> Store.word(row.span().fence().kind()))
                            .toArray(String[]::new),
                    rows.stream()
                            .map(row -> Store.offset(row.span().fence().since()))
                            .toArray(OffsetDateTime[]::new));
        }
    }

    private void insert(List<Row> rows) {
        if (!rows.isEmpty()) {
            store.run(
                    "INSERT INTO fence (person, sender, kind, event, since, until)"
                            + " SELECT * FROM unnest(?, ?, ?, ?, ?, ?)",
                    rows.stream().map(row -> row.person().value()).toArray(UUID[]::new),
                    rows.stream().map(row -> row.span().fence().sender()).toArray(String[]::new),
                    rows.stream()
                            .map(row -> Store.word(row.span().fence().kind()))
                            .toArray(String[]::new),
                    rows.stream().map(row -> row.span().fence().event()).toArray(String[]::new),
                    rows.stream()
                            .map(row -> Store.offset(row.span().fence().since()))
                            .toArray(OffsetDateTime[]::new),
                    rows.stream()
                            .map(row -> row.span().until().map(Store::offset).orElse(null))
                            .toArray(OffsetDateTime[]::new));
        }
    }

    private static List<Row> without(Set<Row> some, Set<Row> others) {
        return some.stream().filter(row -> !others.contains(row)).toList();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new PersonId(row.getObject(1, UUID.class)),
                new Span(
                        new Fence(
                                row.getString(2),
                                row.getString(4),
                                Store.word(Fence.Kind.class, row.getString(3)),
                                Store.instant(row, 5)),
                        Store.time(row, 6)));
    }
}
