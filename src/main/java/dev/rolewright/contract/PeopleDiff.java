package dev.rolewright.contract;

import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.TargetName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// Tells two contracts apart by what people gain and lose. Rules that limit nobody's privileges (separations,
/// approvals, brakes …) are not people's and not told here.
public final class PeopleDiff {

    private static final Comparator<Change> ORDER =
            Comparator.comparing(Change::target).thenComparing(Change::person);

    /// What one person gains and loses on one target; one of the two is not empty.
    public record Change(PersonId person, TargetName target, Access gained, Access lost) {}

    private PeopleDiff() {}

    /// The changes by target and person; whoever keeps the same is not among them.
    public static List<Change> between(Contract before, Contract after, Facts facts) {
        Map<PersonId, Map<TargetName, Access>> had = access(before, facts);
        Map<PersonId, Map<TargetName, Access>> has = access(after, facts);
        Set<PersonId> people = new HashSet<>(had.keySet());
        people.addAll(has.keySet());
        List<Change> changes = new ArrayList<>();
        for (PersonId person : people) {
            Map<TargetName, Access> old = had.getOrDefault(person, Map.of());
            Map<TargetName, Access> now = has.getOrDefault(person, Map.of());
            Set<TargetName> targets = new TreeSet<>(old.keySet());
            targets.addAll(now.keySet());
            for (TargetName target : targets) {
                Access one = Objects.requireNonNullElse(old.get(target), Access.NONE);
                Access other = Objects.requireNonNullElse(now.get(target), Access.NONE);
                if (!one.equals(other)) {
                    changes.add(new Change(person, target, other.without(one), one.without(other)));
                }
            }
        }
        return changes.stream().sorted(ORDER).toList();
    }

    private static Map<PersonId, Map<TargetName, Access>> access(Contract contract, Facts facts) {
        Map<Set<RoleName>, Access> known = new HashMap<>();
        Map<PersonId, Map<TargetName, Access>> all = new HashMap<>();
        Earnings.roles(contract, facts).forEach((person, roles) -> {
            Map<TargetName, Set<RoleName>> byTarget = new HashMap<>();
            roles.forEach(role -> byTarget.computeIfAbsent(contract.role(role).target(), _ -> new HashSet<>())
                    .add(role));
            Map<TargetName, Access> access = new HashMap<>();
            byTarget.forEach((target, held) ->
                    access.put(target, known.computeIfAbsent(Set.copyOf(held), it -> Access.of(contract, it))));
            all.put(person, access);
        });
        return all;
    }
}
