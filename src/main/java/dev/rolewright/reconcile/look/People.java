package dev.rolewright.reconcile.look;

import static java.util.stream.Collectors.toMap;

import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Snapshot;
import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.directory.PeopleAndGroups;
import dev.rolewright.directory.Snapshots;
import dev.rolewright.model.Fence;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.Fences;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The directory, and what HR says of it, in the words of the contract.
@ApplicationScoped
public class People {

    private final Snapshots directory;
    private final ChangeFeed feed;
    private final Fences fences;

    People(Snapshots directory, ChangeFeed feed, Fences fences) {
        this.directory = directory;
        this.feed = feed;
        this.fences = fences;
    }

    /// Fences are asked for last: whoever is in the picture and was spoken of before they came is fenced.
    public Snapshot whole(Contract contract) {
        PeopleAndGroups everybody = directory.whole(contract.attributes());
        feed.tellAhead();
        return snapshot(everybody, fences.all());
    }

    public Snapshot some(Contract contract, Set<PersonId> people) {
        return snapshot(directory.some(people, contract.attributes()), fences.of(people));
    }

    /// Whom the directory has said something about that is no mark on targets yet.
    public Set<PersonId> untaken() {
        return feed.untaken();
    }

    private static Snapshot snapshot(PeopleAndGroups known, Map<PersonId, List<Fence>> fences) {
        return new Snapshot(
                known.people().stream()
                        .collect(toMap(
                                person -> person.id(), person -> new Snapshot.Person(person.id(), person.document()))),
                known.groups().stream()
                        .collect(toMap(
                                group -> group.id(),
                                group -> new Snapshot.Group(
                                        group.id(),
                                        group.source(),
                                        group.displayName(),
                                        group.externalId(),
                                        group.members()))),
                fences);
    }
}
