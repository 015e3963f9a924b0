package dev.rolewright.contract;

import dev.rolewright.contract.Snapshot.Group;
import dev.rolewright.contract.Snapshot.Person;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import dev.rolewright.scim.filter.Matcher;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which roles people earn through mappings, and why.
final class Earnings {

    private static final Comparator<Reason.Mapped> ORDER =
            Comparator.comparing(Reason.Mapped::mapping).thenComparing(reason -> String.join("\0", reason.path()));

    private Earnings() {}

    /// Everybody who earns a wanted role; neither the inactive nor the fenced do.
    static Map<PersonId, SortedMap<RoleName, List<Reason.Mapped>>> of(
            Contract contract, Facts facts, Predicate<RoleName> wanted) {
        Circles circles = new Circles(facts.snapshot());
        Map<PersonId, SortedMap<RoleName, List<Reason.Mapped>>> earned = new HashMap<>();
        for (Mapping mapping : contract.mappings()) {
            List<RoleName> roles = mapping.roles().stream().filter(wanted).toList();
            if (roles.isEmpty() || mapping.isOver(facts.now())) {
                continue;
            }
            for (Group group : circles.selected(mapping.group())) {
                circles.people(group).forEach((id, path) -> {
                    if (isEntitled(facts, id)
                            && meets(mapping, facts.snapshot().people().get(id))) {
                        roles.forEach(role -> earned.computeIfAbsent(id, _ -> new TreeMap<>())
                                .merge(
                                        role,
                                        List.of(new Reason.Mapped(id, path, mapping.name(), role, contract.version())),
                                        Earnings::both));
                    }
                });
            }
        }
        return earned;
    }

    private static List<Reason.Mapped> both(List<Reason.Mapped> some, List<Reason.Mapped> more) {
        return Stream.concat(some.stream(), more.stream())
                .distinct()
                .sorted(ORDER)
                .toList();
    }

    private static boolean isEntitled(Facts facts, PersonId id) {
        Person person = facts.snapshot().people().get(id);
        return person != null
                && person.isActive()
                && facts.concern(id)
                && !facts.fenced().contains(id);
    }

    private static boolean meets(Mapping mapping, @Nullable Person person) {
        return person != null
                && mapping.when()
                        .map(when -> Matcher.matches(when.filter(), person.document()))
                        .orElse(true);
    }

    /// The roles of everybody, without the reasons.
    static Map<PersonId, Set<RoleName>> roles(Contract contract, Facts facts) {
        Map<PersonId, Set<RoleName>> roles = new HashMap<>();
        of(contract, facts, _ -> true).forEach((person, earned) -> roles.put(person, Set.copyOf(earned.keySet())));
        return roles;
    }
}
