package dev.rolewright.reconcile;

import static java.util.stream.Collectors.toMap;

import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Snapshot;
import dev.rolewright.directory.PeopleAndGroups;
import dev.rolewright.directory.Snapshots;
import dev.rolewright.model.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/// The directory in the words of the contract.
@ApplicationScoped
public class People {

    private final Snapshots directory;

    People(Snapshots directory) {
        this.directory = directory;
    }

    public Snapshot whole(Contract contract) {
        return snapshot(directory.whole(contract.attributes()));
    }

    public Snapshot some(Contract contract, Set<PersonId> people) {
        return snapshot(directory.some(people, contract.attributes()));
    }

    private static Snapshot snapshot(PeopleAndGroups known) {
        return new Snapshot(
                known.people().stream()
                        .collect(toMap(
                                person -> person.id(), person -> new Snapshot.Person(person.id(), person.document()))),
                known.groups().stream()
                        .collect(toMap(
                                group -> group.id(),
                                group -> new Snapshot.Group(
                                        group.id(), group.displayName(), group.externalId(), group.members()))));
    }
}
