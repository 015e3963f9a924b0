package dev.rolewright.contract;

import dev.rolewright.contract.Snapshot.Group;
import dev.rolewright.contract.Snapshot.Person;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which roles people get through mappings, and why; which they earn and do not get, because roles are kept apart;
/// and which they had until a mapping ended.
///
/// @param given by person and role, everybody who gets a role
/// @param withheld by person and role
/// @param expired by person and role, of mappings that are newly over
record Earnings(
        Map<PersonId, SortedMap<RoleName, List<Reason.Mapped>>> given,
        Map<PersonId, SortedMap<RoleName, List<Reason.Separated>>> withheld,
        Map<PersonId, SortedMap<RoleName, List<Reason.Expired>>> expired) {

    private static final Comparator<Reason.Mapped> ORDER =
            Comparator.comparing(Reason.Mapped::mapping).thenComparing(reason -> String.join("\0", reason.path()));

    /// Of the wanted roles. Neither the inactive nor the fenced get any. What roles of other targets keep apart
    /// counts too.
    static Earnings of(Contract contract, Facts facts, Predicate<RoleName> wanted) {
        Predicate<RoleName> apart = role -> contract.separations().stream()
                .anyMatch(separation -> !separation.held(contract, Set.of(role)).isEmpty());
        Map<PersonId, SortedMap<RoleName, List<Reason.Mapped>>> given = earned(contract, facts, wanted.or(apart));
        Map<PersonId, SortedMap<RoleName, List<Reason.Separated>>> withheld = new HashMap<>();
        Map<Set<RoleName>, List<Conflict>> known = new HashMap<>();
        given.forEach((person, roles) -> known.computeIfAbsent(
                        Set.copyOf(roles.keySet()), held -> conflicts(contract, held))
                .forEach(conflict -> {
                    Reason.Separated reason = conflict.of(person, contract);
                    conflict.roles()
                            .forEach(role -> withheld.computeIfAbsent(person, _ -> new TreeMap<>())
                                    .merge(role, List.of(reason), Earnings::both));
                }));
        withheld.forEach((person, roles) ->
                given.getOrDefault(person, new TreeMap<>()).keySet().removeAll(roles.keySet()));
        return new Earnings(only(wanted, given), only(wanted, withheld), expired(contract, facts, wanted));
    }

    /// @param held what is kept apart
    /// @param roles by which it is held: none of them is given, because nobody could say which of them is
    /// meant, and it should not depend on what came first
    private record Conflict(Separation separation, List<RoleName> held, List<RoleName> roles) {

        Reason.Separated of(PersonId person, Contract contract) {
            return new Reason.Separated(person, separation.name(), held, contract.version());
        }
    }

    private static List<Conflict> conflicts(Contract contract, Set<RoleName> roles) {
        return contract.separations().stream()
                .map(separation -> new Conflict(
                        separation,
                        List.copyOf(separation.held(contract, roles)),
                        roles.stream()
                                .filter(role ->
                                        !separation.held(contract, Set.of(role)).isEmpty())
                                .toList()))
                .filter(conflict -> conflict.held().size() > 1)
                .toList();
    }

    private static Map<PersonId, SortedMap<RoleName, List<Reason.Mapped>>> earned(
            Contract contract, Facts facts, Predicate<RoleName> wanted) {
        String version = contract.version();
        Map<PersonId, SortedMap<RoleName, List<Reason.Mapped>>> earned = new HashMap<>();
        each(
                contract,
                facts,
                mapping -> !mapping.isOver(facts.now()),
                wanted,
                (mapping, role, id, path) -> earned.computeIfAbsent(id, _ -> new TreeMap<>())
                        .merge(
                                role,
                                List.of(new Reason.Mapped(id, path, mapping.name(), role, version)),
                                Earnings::sorted));
        return earned;
    }

    private static Map<PersonId, SortedMap<RoleName, List<Reason.Expired>>> expired(
            Contract contract, Facts facts, Predicate<RoleName> wanted) {
        String version = contract.version();
        Map<PersonId, SortedMap<RoleName, List<Reason.Expired>>> expired = new HashMap<>();
        each(
                contract,
                facts,
                facts::isNewlyOver,
                wanted,
                (mapping, role, id, _) -> mapping.until()
                        .ifPresent(last -> expired.computeIfAbsent(id, _ -> new TreeMap<>())
                                .merge(
                                        role,
                                        List.of(new Reason.Expired(id, mapping.name(), last, role, version)),
                                        (some, more) -> both(some, more).stream()
                                                .distinct()
                                                .toList())));
        return expired;
    }

    private interface Way {
        void found(Mapping mapping, RoleName role, PersonId person, List<String> path);
    }

    /// Every way in which somebody is reached by one of the chosen mappings.
    private static void each(
            Contract contract, Facts facts, Predicate<Mapping> chosen, Predicate<RoleName> wanted, Way way) {
        Circles circles = new Circles(facts.snapshot());
        for (Mapping mapping : contract.mappings()) {
            List<RoleName> roles = mapping.roles().stream().filter(wanted).toList();
            if (roles.isEmpty() || !chosen.test(mapping)) {
                continue;
            }
            for (Group group : circles.selected(mapping.group())) {
                circles.people(group).forEach((id, path) -> {
                    if (isEntitled(facts, id, mapping)) {
                        roles.forEach(role -> way.found(mapping, role, id, path));
                    }
                });
            }
        }
    }

    private static <R> Map<PersonId, SortedMap<RoleName, R>> only(
            Predicate<RoleName> wanted, Map<PersonId, SortedMap<RoleName, R>> all) {
        all.values().forEach(roles -> roles.keySet().removeIf(wanted.negate()));
        all.values().removeIf(Map::isEmpty);
        return all;
    }

    private static List<Reason.Mapped> sorted(List<Reason.Mapped> some, List<Reason.Mapped> more) {
        return both(some, more).stream().distinct().sorted(ORDER).toList();
    }

    private static <R> List<R> both(List<R> some, List<R> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static boolean isEntitled(Facts facts, PersonId id, Mapping mapping) {
        Person person = facts.snapshot().people().get(id);
        return person != null
                && person.isActive()
                && facts.concern(id)
                && !facts.fenced().contains(id)
                && mapping.isMetBy(person);
    }
}
