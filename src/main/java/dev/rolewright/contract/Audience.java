package dev.rolewright.contract;

import dev.rolewright.contract.Snapshot.Group;
import dev.rolewright.contract.Snapshot.Person;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Whom one mapping reaches: its groups as the directory has them, and everybody in them, also those who get nothing.
///
/// @param over whether its last day has passed
/// @param groups by name
/// @param people by id
public record Audience(Mapping mapping, boolean over, List<Group> groups, List<Reached> people) {

    /// What comes of a mapping for one person of its groups.
    public enum Outcome {
        /// The person gets its roles, but for those that are kept apart from others.
        GIVEN,
        /// The mapping's last day has passed.
        OVER,
        /// The identity provider says that the person is not active.
        INACTIVE,
        /// A fact of another system stops the person.
        FENCED,
        /// The person does not meet the condition.
        UNMET
    }

    /// @param path the groups from the one the person is in to the one that the mapping names
    /// @param roles what the person gets by it
    /// @param withheld what the person would get if it were not kept apart from something else
    public record Reached(
            Person person,
            List<String> path,
            Outcome outcome,
            SortedSet<RoleName> roles,
            Map<RoleName, List<Reason.Separated>> withheld) {

        public Reached {
            path = List.copyOf(path);
            withheld = Map.copyOf(withheld);
        }
    }

    public Audience {
        groups = List.copyOf(groups);
        people = List.copyOf(people);
    }

    /// The mappings of a contract, in its order, with those people of theirs whom the facts are about.
    public static List<Audience> of(Contract contract, Facts facts) {
        Circles circles = new Circles(facts.snapshot());
        Earnings earnings = Earnings.of(contract, facts, _ -> true);
        return contract.mappings().stream()
                .map(mapping -> {
                    List<Group> groups = circles.selected(mapping.group());
                    Map<PersonId, List<String>> ways = new TreeMap<>();
                    groups.forEach(group -> circles.people(group).forEach((person, way) -> {
                        if (facts.concern(person)) {
                            ways.merge(person, way, Audience::better);
                        }
                    }));
                    List<Reached> people = new ArrayList<>();
                    ways.forEach((person, way) -> people.add(reached(mapping, person, way, facts, earnings)));
                    return new Audience(mapping, mapping.isOver(facts.now()), groups, people);
                })
                .toList();
    }

    private static List<String> better(List<String> one, List<String> other) {
        Comparator<List<String>> order =
                Comparator.<List<String>>comparingInt(List::size).thenComparing(way -> String.join("\0", way));
        return order.compare(one, other) <= 0 ? one : other;
    }

    private static Reached reached(Mapping mapping, PersonId id, List<String> way, Facts facts, Earnings earnings) {
        Person person = Objects.requireNonNull(facts.snapshot().people().get(id));
        Outcome outcome = outcome(mapping, person, facts);
        SortedSet<RoleName> roles = new TreeSet<>();
        Map<RoleName, List<Reason.Separated>> withheld = new TreeMap<>();
        if (outcome == Outcome.GIVEN) {
            roles.addAll(mapping.roles());
            Map<RoleName, List<Reason.Separated>> apart = earnings.withheld().getOrDefault(id, new TreeMap<>());
            Set<RoleName> taken = new HashSet<>(mapping.roles());
            taken.retainAll(apart.keySet());
            taken.forEach(role -> withheld.put(role, apart.getOrDefault(role, List.of())));
            roles.removeAll(taken);
        }
        return new Reached(person, way, outcome, roles, withheld);
    }

    private static Outcome outcome(Mapping mapping, Person person, Facts facts) {
        if (mapping.isOver(facts.now())) {
            return Outcome.OVER;
        }
        if (!person.isActive()) {
            return Outcome.INACTIVE;
        }
        if (facts.snapshot().isFenced(person.id())) {
            return Outcome.FENCED;
        }
        return mapping.isMetBy(person) ? Outcome.GIVEN : Outcome.UNMET;
    }
}
