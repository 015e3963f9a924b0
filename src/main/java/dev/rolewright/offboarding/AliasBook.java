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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// By which names the directory ever knew people of whom HR has spoken: the rows. Triggers write them when somebody
/// loses a name, and when somebody goes.
@ApplicationScoped
class AliasBook {

    private final Store store;

    AliasBook(Store store) {
        this.store = store;
    }

    private record Row(PersonId person, Alias alias) {}

    Map<PersonId, Set<Alias>> of(Collection<PersonId> people) {
        return store
                .all(
                        "SELECT person, key, value, source FROM hr_alias WHERE person = ANY (?)",
                        row -> Identity.isName(row.getString(3))
                                ? Optional.of(new Row(
                                        new PersonId(row.getObject(1, UUID.class)),
                                        new Alias(
                                                new Identity(Store.word(Key.class, row.getString(2)), row.getString(3)),
                                                row.getInt(4))))
                                : Optional.<Row>empty(),
                        (Object) PersonId.ids(people))
                .stream()
                .flatMap(Optional::stream)
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
