package dev.rolewright.contract;

import static java.util.stream.Collectors.toSet;

import dev.rolewright.contract.Apart.Conflict;
import dev.rolewright.contract.Snapshot.Group;
import dev.rolewright.contract.Snapshot.Person;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
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
/// @param given everybody who gets a role
/// @param withheld by person and role
/// @param expired by person and role, of mappings that are newly over
record Earnings(
        Map<PersonId, Gain> given,
        Map<PersonId, SortedMap<RoleName, List<Reason.Separated>>> withheld,
        Map<PersonId, SortedMap<RoleName, List<Reason.Expired>>> expired) {

    /// Of the wanted roles. Neither the inactive nor the fenced get any. What roles of other targets keep apart
    /// counts too.
    static Earnings of(Contract contract, Facts facts, Predicate<RoleName> wanted) {
        Apart apart = new Apart(contract);
        Circles circles = new Circles(facts.snapshot());
        Map<PersonId, Gain> given = earned(contract, facts, circles, wanted.or(apart::concerns));
        Map<PersonId, SortedMap<RoleName, List<Reason.Separated>>> withheld = new HashMap<>();
        Map<Gain, List<Conflict>> known = new HashMap<>();
        given.forEach((person, gain) -> known.computeIfAbsent(gain, it -> apart.conflicts(it.roles()))
                .forEach(conflict -> {
                    Reason.Separated reason = new Reason.Separated(
                            person, conflict.separation().name(), conflict.held(), contract.version());
                    // None of them is given: nobody could say which one is meant, and it should not depend on
                    // what came first.
                    conflict.roles()
                            .forEach(role -> withheld.computeIfAbsent(person, _ -> new TreeMap<>())
                                    .merge(role, List.of(reason), Earnings::both));
                }));
        Map<Gain, Gain> left = new HashMap<>();
        given.replaceAll((person, gain) -> left.computeIfAbsent(gain, held -> {
            Set<RoleName> apartNow = known.getOrDefault(held, List.of()).stream()
                    .flatMap(conflict -> conflict.roles().stream())
                    .collect(toSet());
            return held.only(wanted.and(role -> !apartNow.contains(role)));
        }));
        given.values().removeIf(Gain::isEmpty);
        return new Earnings(given, only(wanted, withheld), expired(contract, facts, circles, wanted));
    }

    private static Map<PersonId, Gain> earned(
            Contract contract, Facts facts, Circles circles, Predicate<RoleName> wanted) {
        Map<PersonId, Gain> earned = new HashMap<>();
        Gain nothing = Gain.nothing();
        each(
                contract,
                facts,
                circles,
                mapping -> !mapping.isOver(facts.now()),
                wanted,
                (mapping, role, id, path) ->
                        earned.merge(id, nothing.and(role, mapping, path), (gain, _) -> gain.and(role, mapping, path)));
        return earned;
    }

    private static Map<PersonId, SortedMap<RoleName, List<Reason.Expired>>> expired(
            Contract contract, Facts facts, Circles circles, Predicate<RoleName> wanted) {
        String version = contract.version();
        Map<PersonId, SortedMap<RoleName, List<Reason.Expired>>> expired = new HashMap<>();
        each(
                contract,
                facts,
                circles,
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
            Contract contract,
            Facts facts,
            Circles circles,
            Predicate<Mapping> chosen,
            Predicate<RoleName> wanted,
            Way way) {
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

    private static <R> List<R> both(List<R> some, List<R> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static boolean isEntitled(Facts facts, PersonId id, Mapping mapping) {
        Person person = facts.snapshot().people().get(id);
        return person != null && facts.snapshot().isThere(id) && facts.concern(id) && mapping.isMetBy(person);
    }
}
