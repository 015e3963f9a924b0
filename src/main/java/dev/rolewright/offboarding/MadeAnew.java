package dev.rolewright.offboarding;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.rolewright.directory.Identities;
import dev.rolewright.directory.Identities.Known;
import dev.rolewright.directory.Identity;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.FactBook.Spoken;
import dev.rolewright.offboarding.NameBook.Name;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds people who are gone among those who came, whom the identity provider has made anew under another id. What HR
/// said goes with them, all of it: whoever is a leaver and was taken back is both again.
@ApplicationScoped
class MadeAnew {

    private final AliasBook aliases;
    private final FactBook facts;
    private final Identities directory;

    MadeAnew(AliasBook aliases, FactBook facts, Identities directory) {
        this.aliases = aliases;
        this.facts = facts;
        this.directory = directory;
    }

    /// Who may be the same as who is gone; several of whom it is not clear who it is.
    ///
    /// @param waiting all names that wait for one of those who are gone
    Map<PersonId, Set<PersonId>> same(Collection<Name> waiting) {
        Map<PersonId, Set<Identity>> given = waiting.stream()
                .filter(name -> name.was().isPresent())
                .collect(groupingBy(name -> name.was().orElseThrow(), mapping(Name::identity, toSet())));
        if (given.isEmpty()) {
            return Map.of();
        }
        Map<PersonId, Set<Alias>> gone = aliases.of(given.keySet());
        Map<PersonId, Spoken> spoken = facts.spokenOf(given.keySet());
        Map<PersonId, Set<PersonId>> named = named(given, gone);
        Map<PersonId, Set<PersonId>> same = new HashMap<>();
        Map<PersonId, Known> known = new HashMap<>();
        directory
                .known(named.values().stream().flatMap(Set::stream).collect(toSet()))
                .forEach(each -> known.put(each.person(), each));
        given.forEach((person, names) -> same.put(
                person,
                SamePerson.of(
                        gone.getOrDefault(person, Set.of()),
                        names,
                        spoken.getOrDefault(person, Spoken.NEVER),
                        named.getOrDefault(person, Set.of()).stream()
                                .flatMap(it -> Optional.ofNullable(known.get(it)).stream())
                                .toList())));
        return same;
    }

    /// Everybody who has one of the names, by who had it.
    private Map<PersonId, Set<PersonId>> named(Map<PersonId, Set<Identity>> given, Map<PersonId, Set<Alias>> gone) {
        Map<PersonId, List<Identity>> all = new HashMap<>();
        given.forEach((person, names) -> all.put(
                person,
                Stream.concat(
                                names.stream(),
                                gone.getOrDefault(person, Set.of()).stream().map(Alias::identity))
                        .distinct()
                        .toList()));
        Map<Identity, Set<PersonId>> people =
                directory.people(all.values().stream().flatMap(List::stream).collect(toSet()));
        Map<PersonId, Set<PersonId>> named = new HashMap<>();
        all.forEach((person, names) -> {
            Set<PersonId> found = new HashSet<>();
            names.forEach(name -> found.addAll(people.getOrDefault(name, Set.of())));
            named.put(person, found);
        });
        return named;
    }
}
