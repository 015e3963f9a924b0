package dev.rolewright.contract;

import dev.rolewright.contract.Finding.Level;
import dev.rolewright.contract.GroupSelector.Name;
import dev.rolewright.contract.Snapshot.Group;
import dev.rolewright.contract.Snapshot.Person;
import dev.rolewright.model.PersonId;
import dev.rolewright.scim.schema.Folding;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the roles and services whose owners are not there: nobody answers for them.
public final class Owners {

    private static final String MISSING = " is not in the directory.";
    private static final String LEFT = " has left.";

    private final Snapshot snapshot;
    private final Circles circles;
    private final Map<PersonSelector, Person> people = new HashMap<>();

    private Owners(Snapshot snapshot, Circles circles) {
        this.snapshot = snapshot;
        this.circles = circles;
        snapshot.people().values().stream()
                .sorted(Comparator.comparing(Person::id))
                .forEach(person -> {
                    people.putIfAbsent(new PersonSelector.UserName(Folding.fold(person.userName())), person);
                    person.externalId().ifPresent(id -> people.putIfAbsent(new PersonSelector.ExternalId(id), person));
                });
    }

    /// @param what the role or service, the same whatever is said of its owner
    public record Ownerless(String what, Finding finding) {}

    /// @param snapshot of everybody; whoever is missing would look as if they were not there
    public static List<Ownerless> gone(Contract contract, Snapshot snapshot) {
        return gone(contract, snapshot, new Circles(snapshot));
    }

    static List<Ownerless> gone(Contract contract, Snapshot snapshot, Circles circles) {
        Owners owners = new Owners(snapshot, circles);
        return Stream.concat(
                        contract.roles().values().stream().map(owners::check),
                        contract.services().stream().map(owners::check))
                .flatMap(Optional::stream)
                .toList();
    }

    /// An owner is a person, by userName, or a group, by displayName.
    private Optional<Ownerless> check(Role role) {
        String owner = role.owner();
        String what = "role " + role.name();
        Optional<Person> person = person(new PersonSelector.UserName(owner));
        List<Group> groups = circles.selected(GroupSelector.ofAnySource(new Name.DisplayName(owner)));
        if (person.isEmpty() && groups.isEmpty()) {
            String fix = "Name a person's userName or a group's name.";
            return Optional.of(ownerless(Level.NOTE, role.place(), owner, what, MISSING, fix));
        }
        boolean somebody = person.map(it -> isThere(it.id()))
                .orElseGet(() -> groups.stream()
                        .flatMap(group -> circles.people(group).keySet().stream())
                        .anyMatch(this::isThere));
        return somebody
                ? Optional.empty()
                : Optional.of(ownerless(
                        Level.WARNING, role.place(), owner, what, LEFT, "Name somebody who answers for the role."));
    }

    private Optional<Ownerless> check(Service service) {
        Optional<Person> person = person(service.owner());
        return person.filter(it -> isThere(it.id())).isPresent()
                ? Optional.empty()
                : Optional.of(ownerless(
                        Level.WARNING,
                        service.place(),
                        service.owner().label(),
                        "service " + service.name(),
                        person.isEmpty() ? MISSING : LEFT,
                        "Name another owner."));
    }

    private static Ownerless ownerless(Level level, Place place, String owner, String what, String became, String fix) {
        return new Ownerless(what, Findings.visible(level, place, "Owner " + owner + " of " + what + became, fix));
    }

    private Optional<Person> person(PersonSelector selector) {
        return Optional.ofNullable(people.get(
                switch (selector) {
                    case PersonSelector.UserName(String name) -> new PersonSelector.UserName(Folding.fold(name));
                    case PersonSelector.ExternalId id -> id;
                }));
    }

    private boolean isThere(PersonId id) {
        return snapshot.isThere(id);
    }
}
