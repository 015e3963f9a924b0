package dev.rolewright.offboarding;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.rolewright.directory.Identity;
import dev.rolewright.model.PersonId;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Everything that was ever said, only ever added to.
@ApplicationScoped
class FactBook {

    private static final String COLUMNS = "f.sender, f.event, f.kind, f.moment, f.first_day, f.last_day, f.zone";

    private final Store store;

    FactBook(Store store) {
        this.store = store;
    }

    /// A fact in the store.
    record Row(Statement statement, Instant received, Optional<PersonId> person, List<PersonId> candidates) {}

    Optional<Row> find(String sender, String event) {
        return store.first(
                "SELECT " + COLUMNS + ", s.key, s.value, f.received, s.person, s.candidates FROM hr_fact f"
                        + " JOIN hr_subject s ON s.id = f.subject WHERE f.sender = ? AND f.event = ?",
                row -> new Row(
                        new Statement(
                                new Identity(Identity.Key.valueOf(word(row.getString(8))), row.getString(9)),
                                fact(row)),
                        Store.instant(row, 10),
                        Optional.ofNullable(row.getObject(11, UUID.class)).map(PersonId::new),
                        Arrays.stream((UUID[]) row.getArray(12).getArray())
                                .map(PersonId::new)
                                .toList()),
                sender,
                event);
    }

    Map<PersonId, List<Fact>> of(Collection<PersonId> people) {
        record Of(PersonId person, Fact fact) {}
        return store
                .all(
                        "SELECT " + COLUMNS + ", s.person FROM hr_subject s JOIN hr_fact f ON f.subject = s.id"
                                + " WHERE s.person = ANY (?)",
                        row -> new Of(new PersonId(row.getObject(8, UUID.class)), fact(row)),
                        (Object) ids(people))
                .stream()
                .collect(groupingBy(Of::person, mapping(Of::fact, toList())));
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

    /// Adds a fact, unless the sender used its name already.
    ///
    /// @return whether it is new
    boolean add(long subject, Fact fact, String request) {
        When when = fact.when();
        return store.run(
                        "INSERT INTO hr_fact (sender, event, subject, kind, moment, first_day, last_day, zone, request)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sender, event) DO NOTHING",
                        fact.sender(),
                        fact.event(),
                        subject,
                        column(fact.kind()),
                        when instanceof When.At(Instant moment) ? moment : null,
                        when instanceof When.FirstDay(LocalDate day, var _) ? day : null,
                        when instanceof When.LastDay(LocalDate day, var _) ? day : null,
                        zone(when).map(ZoneId::getId).orElse(null),
                        request)
                == 1;
    }

    static UUID[] ids(Collection<PersonId> people) {
        return people.stream().map(PersonId::value).toArray(UUID[]::new);
    }

    /// How a choice is written in a column.
    static String column(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    static String word(String column) {
        return column.toUpperCase(Locale.ROOT);
    }

    private static Optional<ZoneId> zone(When when) {
        return switch (when) {
            case When.At _ -> Optional.empty();
            case When.FirstDay(var _, Optional<ZoneId> zone) -> zone;
            case When.LastDay(var _, Optional<ZoneId> zone) -> zone;
        };
    }

    private static Fact fact(ResultSet row) throws SQLException {
        return new Fact(row.getString(1), row.getString(2), Fact.Kind.valueOf(word(row.getString(3))), when(row));
    }

    private static When when(ResultSet row) throws SQLException {
        Optional<Instant> moment = Store.time(row, 4);
        if (moment.isPresent()) {
            return new When.At(moment.get());
        }
        Optional<ZoneId> zone = Optional.ofNullable(row.getString(7)).map(ZoneId::of);
        LocalDate first = row.getObject(5, LocalDate.class);
        return first == null
                ? new When.LastDay(row.getObject(6, LocalDate.class), zone)
                : new When.FirstDay(first, zone);
    }
}
