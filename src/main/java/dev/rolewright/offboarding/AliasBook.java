package dev.rolewright.offboarding;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.rolewright.directory.Identities.Known;
import dev.rolewright.directory.Identity;
import dev.rolewright.directory.Identity.Key;
import dev.rolewright.model.PersonId;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// By which names the directory ever knew people of whom HR has spoken: the rows.
@ApplicationScoped
class AliasBook {

    private static final String SPOKEN_OF = " WHERE EXISTS (SELECT FROM hr_subject s WHERE s.person = n.person)";

    private final Store store;

    AliasBook(Store store) {
        this.store = store;
    }

    private record Row(PersonId person, Alias alias) {}

    /// Keeps the names of those of these people of whom HR has spoken, besides those that are kept.
    void remember(Collection<Known> people) {
        List<Row> rows = people.stream()
                .flatMap(known -> Alias.of(known).map(alias -> new Row(known.person(), alias)))
                .sorted(Comparator.<Row, Key>comparing(
                                row -> row.alias().identity().key())
                        .thenComparing(row -> row.alias().identity().value())
                        .thenComparing(Row::person))
                .toList(); // in one order, so that nobody waits in a circle
        if (!rows.isEmpty()) {
            List<Alias> aliases = rows.stream().map(Row::alias).toList();
            store.run(
                    "INSERT INTO hr_alias (person, key, value, source)"
                            + " SELECT * FROM unnest(?, ?, ?, ?) n (person, key, value, source)" + SPOKEN_OF
                            + " ON CONFLICT DO NOTHING",
                    rows.stream().map(row -> row.person().value()).toArray(UUID[]::new),
                    keys(aliases),
                    values(aliases),
                    sources(aliases));
        }
    }

    Map<PersonId, Set<Alias>> of(Collection<PersonId> people) {
        return store
                .all(
                        "SELECT person, key, value, source FROM hr_alias WHERE person = ANY (?)",
                        row -> new Row(
                                new PersonId(row.getObject(1, UUID.class)),
                                new Alias(
                                        new Identity(Store.word(Key.class, row.getString(2)), row.getString(3)),
                                        row.getInt(4))),
                        (Object) PersonId.ids(people))
                .stream()
                .collect(groupingBy(Row::person, mapping(Row::alias, toSet())));
    }

    /// People who are gone, of whom something was said that waits, and who had a name that one of these has.
    Set<PersonId> goneBefore(Collection<Known> people) {
        List<Alias> aliases = people.stream().flatMap(Alias::of).distinct().toList();
        return new HashSet<>(store.all(
                "SELECT DISTINCT a.person FROM unnest(?, ?, ?) n (key, value, source)"
                        + " CROSS JOIN LATERAL (SELECT person FROM hr_alias WHERE key = n.key AND value = n.value"
                        + " AND source = n.source OFFSET 0) a"
                        + " WHERE EXISTS (SELECT FROM hr_subject s WHERE s.was = a.person AND s.person IS NULL)",
                row -> new PersonId(row.getObject(1, UUID.class)),
                keys(aliases),
                values(aliases),
                sources(aliases)));
    }

    /// Hands the names of somebody who is gone on to whoever is the same.
    void hand(PersonId gone, PersonId same) {
        store.run(
                "INSERT INTO hr_alias (person, key, value, source) SELECT ?, key, value, source FROM hr_alias"
                        + " WHERE person = ? ORDER BY key, value ON CONFLICT DO NOTHING",
                same.value(),
                gone.value());
        store.run("DELETE FROM hr_alias WHERE person = ?", gone.value());
    }

    private static String[] keys(List<Alias> aliases) {
        return aliases.stream().map(alias -> Store.word(alias.identity().key())).toArray(String[]::new);
    }

    private static String[] values(List<Alias> aliases) {
        return aliases.stream().map(alias -> alias.identity().value()).toArray(String[]::new);
    }

    private static Integer[] sources(List<Alias> aliases) {
        return aliases.stream().map(Alias::source).toArray(Integer[]::new);
    }
}
