package dev.rolewright.contract;

import dev.rolewright.model.Grant;
import dev.rolewright.model.RoleName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Finds roles of one target that say the same, or nearly.
final class Likeness {

    private static final int ALIKE_PERCENT = 90;

    private final Contract contract;
    private final Findings findings;

    private Likeness(Contract contract, Findings findings) {
        this.contract = contract;
        this.findings = findings;
    }

    static void check(Contract contract, Findings findings) {
        Likeness likeness = new Likeness(contract, findings);
        contract.targets()
                .keySet()
                .forEach(target -> likeness.compare(contract.rolesOf(target).toList()));
    }

    private void compare(List<Role> roles) {
        Map<RoleName, Set<Grant>> privileges = roles.stream().collect(Collectors.toMap(Role::name, this::privileges));
        Map<RoleName, Set<RoleName>> closures = new HashMap<>(roles.stream()
                .collect(Collectors.toMap(Role::name, role -> Inheritance.closure(contract, role.name()))));
        Function<Role, Set<Grant>> of = role -> privileges.getOrDefault(role.name(), Set.of());
        for (int i = 0; i < roles.size(); i++) {
            for (int j = i + 1; j < roles.size(); j++) {
                Role one = roles.get(i);
                Role other = roles.get(j);
                boolean related = closures.getOrDefault(one.name(), Set.of()).contains(other.name())
                        || closures.getOrDefault(other.name(), Set.of()).contains(one.name());
                if (!related) {
                    compare(one, of.apply(one), other, of.apply(other));
                }
            }
        }
    }

    private void compare(Role one, Set<Grant> some, Role other, Set<Grant> more) {
        if (some.isEmpty() || more.isEmpty()) {
            return;
        }
        Set<Grant> common = new HashSet<>(some);
        common.retainAll(more);
        int union = some.size() + more.size() - common.size();
        int percent = 100 * common.size() / union;
        if (percent >= ALIKE_PERCENT) {
            findings.warning(
                    other.place(),
                    "Role " + other.name() + " is " + percent + " % equal to " + one.name() + ".",
                    "Make one of the two, or let one include the other.");
        } else if (common.size() == some.size()) {
            contained(one, other);
        } else if (common.size() == more.size()) {
            contained(other, one);
        }
    }

    private void contained(Role small, Role large) {
        findings.note(
                large.place(),
                "Role " + large.name() + " has all that " + small.name() + " has.",
                "Let it include " + small.name() + " and list the rest only.");
    }

    /// Row rules count: the same privileges on other rows are not the same.
    private Set<Grant> privileges(Role role) {
        boolean limited = Inheritance.roles(contract, role.name())
                .anyMatch(it -> !it.rows().isEmpty());
        return limited
                ? Set.of()
                : Inheritance.roles(contract, role.name())
                        .flatMap(it -> it.grants().stream())
                        .flatMap(RoleGrant::grants)
                        .collect(Collectors.toUnmodifiableSet());
    }
}
