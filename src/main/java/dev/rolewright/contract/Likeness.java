package dev.rolewright.contract;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.rolewright.model.Grant;
import dev.rolewright.model.RoleName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds roles of one target that say the same, or nearly.
///
/// Of the roles that a role is like the first is told, and of those that it contains the largest, so that there are not
/// more findings than somebody can mend.
final class Likeness {

    private static final int ALIKE_PERCENT = 90;

    private final Contract contract;
    private final Findings findings;

    /// @param closure itself and all that it includes
    private record Compared(Role role, Set<Grant> privileges, Set<RoleName> closure) {

        int size() {
            return privileges.size();
        }

        int percent(Compared other, int common) {
            return 100 * common / (size() + other.size() - common);
        }

        boolean isRelatedTo(Compared other) {
            return closure.contains(other.role.name()) || other.closure.contains(role.name());
        }
    }

    private Likeness(Contract contract, Findings findings) {
        this.contract = contract;
        this.findings = findings;
    }

    static void check(Contract contract, Findings findings) {
        Likeness likeness = new Likeness(contract, findings);
        contract.targets()
                .keySet()
                .forEach(target -> likeness.compare(contract.rolesOf(target)
                        .map(likeness::compared)
                        .filter(it -> !it.privileges().isEmpty())
                        .toList()));
    }

    /// Only roles that share a privilege are compared: of very many roles few do.
    private void compare(List<Compared> roles) {
        Map<Grant, List<Integer>> holders = new HashMap<>();
        List<List<Compared>> contained = new ArrayList<>();
        for (Compared role : roles) {
            SortedMap<Integer, Integer> common = new TreeMap<>();
            for (Grant grant : role.privileges()) {
                List<Integer> before = holders.computeIfAbsent(grant, _ -> new ArrayList<>());
                before.forEach(other -> common.merge(other, 1, Integer::sum));
                before.add(contained.size());
            }
            contained.add(new ArrayList<>());
            boolean told = false;
            for (Map.Entry<Integer, Integer> shared : common.entrySet()) {
                Compared other = roles.get(shared.getKey());
                int percent = role.percent(other, shared.getValue());
                if (role.isRelatedTo(other)) {
                    continue;
                }
                if (percent >= ALIKE_PERCENT && !told) {
                    told = true;
                    alike(role.role(), other.role(), percent);
                } else if (percent < ALIKE_PERCENT && shared.getValue() == other.size()) {
                    contained.getLast().add(other);
                } else if (percent < ALIKE_PERCENT && shared.getValue() == role.size()) {
                    contained.get(shared.getKey()).add(role);
                }
            }
        }
        for (int number = 0; number < roles.size(); number++) {
            contained(roles.get(number).role(), contained.get(number));
        }
    }

    private void alike(Role role, Role other, int percent) {
        findings.warning(
                role.place(),
                "Role " + role.name() + " is " + percent + " % equal to " + other.name() + ".",
                "Make one of the two, or let one include the other.");
    }

    private void contained(Role large, List<Compared> small) {
        List<Compared> told = new ArrayList<>();
        small.sort(Comparator.comparingInt(Compared::size).reversed().thenComparing(Compared::role));
        for (Compared each : small) {
            if (told.stream().noneMatch(it -> it.privileges().containsAll(each.privileges()))) {
                told.add(each);
                RoleName name = each.role().name();
                findings.note(
                        large.place(),
                        "Role " + large.name() + " has all that " + name + " has.",
                        "Let it include " + name + " and list the rest only.");
            }
        }
    }

    /// Row rules count: the same privileges on other rows are not the same.
    private Compared compared(Role role) {
        List<Role> all = Inheritance.roles(contract, role.name()).toList();
        boolean limited = all.stream().anyMatch(it -> !it.rows().isEmpty());
        return new Compared(
                role,
                limited
                        ? Set.of()
                        : all.stream()
                                .flatMap(it -> it.grants().stream())
                                .flatMap(RoleGrant::grants)
                                .collect(toUnmodifiableSet()),
                all.stream().map(Role::name).collect(toUnmodifiableSet()));
    }
}
