package dev.rolewright.contract;

import dev.rolewright.contract.GroupSelector.Name;
import dev.rolewright.contract.Snapshot.Group;
import dev.rolewright.contract.Snapshot.Person;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Wildcards;
import dev.rolewright.scim.schema.Folding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// Who is in a group, directly or through other groups, and how. Groups that contain each other do no harm.
final class Circles {

    private static final Comparator<Group> ORDER =
            Comparator.comparing(Group::displayName).thenComparing(Group::id);

    private static final String WILD = "*?";

    private final Snapshot snapshot;
    private final Map<UUID, Map<PersonId, List<String>>> known = new HashMap<>();
    private final Map<GroupSelector, List<Group>> selected = new HashMap<>();

    /// By what selectors ask for, because there are many of both. Names are folded.
    private final NavigableMap<String, List<Group>> byName = new TreeMap<>();

    private final Map<String, List<Group>> byExternalId = new HashMap<>();

    Circles(Snapshot snapshot) {
        this.snapshot = snapshot;
        snapshot.groups().values().stream().sorted(ORDER).forEach(group -> {
            byName.computeIfAbsent(Folding.fold(group.displayName()), _ -> new ArrayList<>())
                    .add(group);
            group.externalId()
                    .ifPresent(id -> byExternalId
                            .computeIfAbsent(id, _ -> new ArrayList<>())
                            .add(group));
        });
    }

    /// The groups that a selector means, by name.
    List<Group> selected(GroupSelector selector) {
        return selected.computeIfAbsent(selector, this::select);
    }

    private List<Group> select(GroupSelector selector) {
        List<Group> called = called(selector.name());
        return selector.source().isEmpty()
                ? called
                : called.stream()
                        .filter(group -> selector.isFrom(group.source()))
                        .toList();
    }

    private List<Group> called(Name name) {
        return switch (name) {
            case Name.DisplayName(String text) -> byName.getOrDefault(Folding.fold(text), List.of());
            case Name.ExternalId(String id) -> byExternalId.getOrDefault(id, List.of());
            case Name.Matches(String pattern) -> matching(Folding.fold(pattern));
        };
    }

    private List<Group> matching(String pattern) {
        int end = 0;
        while (end < pattern.length() && WILD.indexOf(pattern.charAt(end)) < 0) {
            end++;
        }
        String start = pattern.substring(0, end);
        return byName.tailMap(start).entrySet().stream()
                .takeWhile(name -> name.getKey().startsWith(start))
                .filter(name -> Wildcards.matches(pattern, name.getKey()))
                .flatMap(name -> name.getValue().stream())
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
