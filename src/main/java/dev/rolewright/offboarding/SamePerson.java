package dev.rolewright.offboarding;

import static java.util.stream.Collectors.toSet;

import dev.rolewright.directory.Identities.Known;
import dev.rolewright.directory.Identity;
import dev.rolewright.directory.Identity.Key;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.FactBook.Spoken;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Says who of the people that the directory knows is somebody whom it knew before, under another id.
///
/// An employee number is given once: who has the one that HR gave is meant, and who has another one is somebody else.
/// Any other name may be given to somebody else when its owner is gone, or was theirs by mistake. So it counts only for
/// who came after HR spoke of the owner, and where no number says otherwise: who was there already is another one, to
/// whom an address was handed on.
final class SamePerson {

    /// The names by which somebody is the same, the surest first.
    private static final List<Set<Key>> SURER =
            List.of(Set.of(Key.EMPLOYEE_NUMBER), Set.of(Key.USER_NAME, Key.EXTERNAL_ID), Set.of(Key.EMAIL));

    private SamePerson() {}

    /// @param gone the names of who is gone
    /// @param given those of them that HR gave, which mean the same in every source
    /// @param spoken when HR spoke of them
    /// @param people everybody who may be the same
    /// @return one person, nobody, or several of whom it is not clear who it is
    static Set<PersonId> of(
            Collection<Alias> gone, Collection<Identity> given, Spoken spoken, Collection<Known> people) {
        Set<Identity> numbers = numbers(gone.stream().map(Alias::identity).collect(toSet()));
        numbers.addAll(numbers(given));
        for (Set<Key> keys : SURER) {
            Set<PersonId> same = people.stream()
                    .filter(person -> Alias.of(person)
                            .filter(alias -> keys.contains(alias.identity().key()))
                            .anyMatch(alias -> isGivenOnce(alias.identity(), given)
                                    || (cameAfter(person, alias, spoken, numbers)
                                            && (gone.contains(alias) || given.contains(alias.identity())))))
                    .map(Known::person)
                    .collect(toSet());
            if (!same.isEmpty()) {
                return same;
            }
        }
        return Set.of();
    }

    private static boolean isGivenOnce(Identity identity, Collection<Identity> given) {
        return identity.key() == Key.EMPLOYEE_NUMBER && given.contains(identity);
    }

    /// Somebody else does not have the same number, so whoever has it need not have come after all that was said.
    private static boolean cameAfter(Known person, Alias alias, Spoken spoken, Set<Identity> numbers) {
        boolean numbered = alias.identity().key() == Key.EMPLOYEE_NUMBER;
        Set<Identity> theirs = numbers(person.identities());
        boolean another =
                !numbers.isEmpty() && !theirs.isEmpty() && theirs.stream().noneMatch(numbers::contains);
        return person.created().isAfter(numbered ? spoken.first() : spoken.last()) && !another;
    }

    private static Set<Identity> numbers(Collection<Identity> identities) {
        return identities.stream()
                .filter(identity -> identity.key() == Key.EMPLOYEE_NUMBER)
                .collect(toSet());
    }
}
