package dev.rolewright.offboarding;

import dev.rolewright.directory.Identities;
import dev.rolewright.directory.Identities.Known;
import dev.rolewright.model.Fence;
import dev.rolewright.model.PersonId;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// Keeps what facts settle to, so that nobody has to settle all of them to know who is fenced, or when that changes.
///
/// It writes what is different and nothing else: every other fence is another access, and leaves a mark.
@ApplicationScoped
class FenceBook {

    private static final String DUE = """
            (SELECT min(t) FROM fence f CROSS JOIN LATERAL (VALUES (f.since), (f.until)) v (t)
             WHERE f.person = hr_person.person AND t > statement_timestamp())""";

    private final Store store;
    private final FactBook facts;
    private final Identities identities;
    private final ZoneId company;

    FenceBook(Store store, FactBook facts, Identities identities, HrConfig config) {
        this.store = store;
        this.facts = facts;
        this.identities = identities;
        this.company = config.timeZone();
    }

    private record Row(PersonId person, Span span) {}

    /// Settles everything that was said of these people, in the caller's transaction. Whoever does so for one of
    /// them at the same time waits, and then reads what the other one wrote.
    void settle(Collection<PersonId> people) {
        if (people.isEmpty()) {
            return;
        }
        UUID[] ids = FactBook.ids(new TreeSet<>(people)); // in one order, so that nobody waits in a circle
        store.run(
                "INSERT INTO hr_person (person) SELECT unnest(?) ON CONFLICT (person) DO UPDATE SET person = excluded.person",
                (Object) ids);
        Map<PersonId, String> zones = new HashMap<>();
        for (Known known : identities.known(people)) {
            known.timezone().ifPresent(zone -> zones.put(known.person(), zone));
        }
        Set<Row> wanted = new HashSet<>();
        facts.of(people)
                .forEach((person, said) -> Settlement.of(said, zone(Optional.ofNullable(zones.get(person))))
                        .forEach(span -> wanted.add(new Row(person, span))));
        Set<Row> written = new HashSet<>(store.all(
                "SELECT person, sender, kind, event, since, until FROM fence WHERE person = ANY (?)",
                FenceBook::row,
                (Object) ids));
        delete(without(written, wanted));
        insert(without(wanted, written));
        store.run(
                "UPDATE hr_person SET zone = t.zone, due = " + DUE + " FROM unnest(?, ?) AS t (person, zone)"
                        + " WHERE hr_person.person = t.person",
                ids,
                Arrays.stream(ids).map(PersonId::new).map(zones::get).toArray(String[]::new));
    }

    /// Who is in another time zone than when their facts were settled.
    List<PersonId> moved(Collection<Known> people) {
        return store.all(
                "SELECT p.person FROM hr_person p JOIN unnest(?, ?) AS t (person, zone) ON t.person = p.person"
                        + " WHERE p.zone IS DISTINCT FROM t.zone",
                row -> new PersonId(row.getObject(1, UUID.class)),
                FactBook.ids(people.stream().map(Known::person).toList()),
                people.stream().map(each -> each.timezone().orElse(null)).toArray(String[]::new));
    }

    /// Forgets people whom the directory does not know any more.
    void forget(Collection<PersonId> people) {
        store.run("DELETE FROM hr_person WHERE person = ANY (?)", (Object) FactBook.ids(people));
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
                            .map(row -> FactBook.column(row.span().fence().kind()))
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
                            .map(row -> FactBook.column(row.span().fence().kind()))
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
                                Fence.Kind.valueOf(FactBook.word(row.getString(3))),
                                Store.instant(row, 5)),
                        Store.time(row, 6)));
    }
}
