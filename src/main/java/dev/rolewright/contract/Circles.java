package dev.rolewright.contract;

import dev.rolewright.contract.Snapshot.Group;
import dev.rolewright.contract.Snapshot.Person;
import dev.rolewright.model.PersonId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Who is in a group, directly or through other groups, and how. Groups that contain each other do no harm.
final class Circles {

    private static final Comparator<Group> ORDER =
            Comparator.comparing(Group::displayName).thenComparing(Group::id);

    private final Snapshot snapshot;
    private final Map<UUID, Map<PersonId, List<String>>> known = new HashMap<>();

    Circles(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /// The groups that a selector means, by name.
    List<Group> selected(GroupSelector selector) {
        return snapshot.groups().values().stream()
                .filter(group -> selector.selects(group.displayName(), group.externalId()))
                .sorted(ORDER)
                .toList();
    }

    /// Each person of a group with the shortest way: the names of the groups from the one the person is in to this.
    Map<PersonId, List<String>> people(Group group) {
        return known.computeIfAbsent(group.id(), _ -> walk(group));
    }

    private Map<PersonId, List<String>> walk(Group top) {
        Map<PersonId, List<String>> people = new HashMap<>();
        Map<UUID, List<String>> ways = new HashMap<>();
        Set<UUID> seen = new HashSet<>(Set.of(top.id()));
        Deque<Group> open = new ArrayDeque<>(List.of(top));
        ways.put(top.id(), List.of(top.displayName()));
        while (!open.isEmpty()) {
            Group group = open.remove();
            List<String> way = ways.getOrDefault(group.id(), List.of());
            List<Group> inner = new ArrayList<>();
            for (UUID member : group.members()) {
                Group nested = snapshot.groups().get(member);
                if (nested != null) {
                    inner.add(nested);
                    continue;
                }
                Person person = snapshot.people().get(new PersonId(member));
                if (person != null) {
                    people.putIfAbsent(person.id(), way);
                }
            }
            inner.sort(ORDER);
            for (Group nested : inner) {
                if (seen.add(nested.id())) {
                    List<String> longer = new ArrayList<>(List.of(nested.displayName()));
                    longer.addAll(way);
                    ways.put(nested.id(), longer);
                    open.add(nested);
                }
            }
        }
        return people;
    }
}
