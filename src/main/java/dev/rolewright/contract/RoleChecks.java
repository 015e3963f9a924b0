package dev.rolewright.contract;

import dev.rolewright.model.Grant;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleKind;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RowPolicy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Holds the roles of a contract to what they promise, and finds those that say the same.
final class RoleChecks {

    private static final int ALIKE_PERCENT = 90;

    private final Contract contract;
    private final Findings findings;

    private RoleChecks(Contract contract, Findings findings) {
        this.contract = contract;
        this.findings = findings;
    }

    static void check(Contract contract, Findings findings) {
        RoleChecks checks = new RoleChecks(contract, findings);
        contract.roles().values().stream().sorted().forEach(checks::check);
        contract.targets().keySet().stream()
                .sorted()
                .forEach(target -> checks.compare(contract.rolesOf(target).toList()));
    }

    private void check(Role role) {
        if (contract.protection().covers(role.name())) {
            findings.error(
                    role.place(),
                    "Role " + role.name() + " is protected, so it can never be made.",
                    "Rename the role or narrow \"protected\".");
        }
        if (contract.target(role.target()).heir().filter(role.name()::equals).isPresent()) {
            findings.error(
                    role.place(),
                    "Role " + role.name() + " is also the heir of " + role.target() + ".",
                    "Name an heir that the contract does not define.");
        }
        includes(role);
        promise(role);
        rows(role);
    }

    private void includes(Role role) {
        for (RoleName name : role.includes().stream().sorted().toList()) {
            Role included = contract.role(name);
            if (!included.target().equals(role.target())) {
                findings.error(
                        role.place(),
                        "Role " + role.name() + " of " + role.target() + " includes " + name + " of "
                                + included.target() + ".",
                        "Include roles of the same target.");
            }
            if (Inheritance.closure(contract, name).contains(role.name())) {
                findings.error(
                        role.place(),
                        "Role " + role.name() + " includes itself through " + name + ".",
                        "Take one of the includes away.");
            }
            if (!Promises.allows(role.kind(), included.kind())) {
                findings.error(
                        role.place(),
                        "Role " + role.name() + " is " + Words.spelling(role.kind()) + " and includes " + name
                                + ", which is " + Words.spelling(included.kind()) + ": a hidden escalation.",
                        "Take the include away or say that the role is " + Words.spelling(included.kind()) + ".");
            }
        }
    }

    private void promise(Role role) {
        Inheritance.roles(contract, role.name())
                .forEach(holder -> holder.grants()
                        .forEach(entry -> entry.grants()
                                .sorted()
                                .filter(grant -> !Promises.allows(
                                        role.kind(), Promises.needed(grant.object(), grant.privilege())))
                                .forEach(grant -> broken(role, holder, entry, grant))));
        if (role.kind() == RoleKind.READ_ONLY || role.kind() == RoleKind.BACKUP) {
            role.grants().stream()
                    .filter(entry -> entry.objects().stream().anyMatch(ObjectRef.EveryFunction.class::isInstance))
                    .forEach(entry -> findings.warning(
                            entry.place(),
                            "Role " + role.name() + " is " + Words.spelling(role.kind())
                                    + " and may execute every function of a schema, also one that writes.",
                            "Name the functions."));
        }
    }

    private void broken(Role role, Role holder, RoleGrant entry, Grant grant) {
        String through = holder.equals(role) ? "" : " through " + holder.name();
        RoleKind needed = Promises.needed(grant.object(), grant.privilege());
        findings.error(
                holder.equals(role) ? entry.place() : role.place(),
                "Role " + role.name() + " is " + Words.spelling(role.kind()) + " and has " + grant.label() + through
                        + ".",
                "Take the privilege away or say that the role is " + Words.spelling(needed) + ".");
    }

    /// TRUNCATE and REFERENCES pass by row-level security.
    private void rows(Role role) {
        List<Grant> all = Inheritance.roles(contract, role.name())
                .flatMap(it -> it.grants().stream())
                .flatMap(RoleGrant::grants)
                .toList();
        Inheritance.roles(contract, role.name())
                .flatMap(it -> it.rows().stream())
                .forEach(row -> all.stream()
                        .filter(grant -> grant.privilege().value().equals("TRUNCATE")
                                || grant.privilege().value().equals("REFERENCES"))
                        .filter(grant -> isOn(grant, row.policy()))
                        .forEach(grant -> findings.error(
                                row.place(),
                                "Role " + role.name() + " sees some rows of "
                                        + row.policy().table().label() + " and has " + grant.label()
                                        + ", which no row rule limits.",
                                "Take the privilege or the row rule away.")));
        role.rows().stream()
                .filter(row ->
                        role.grants().stream().flatMap(RoleGrant::grants).noneMatch(grant -> isOn(grant, row.policy())))
                .forEach(row -> findings.warning(
                        row.place(),
                        "Role " + role.name() + " has no grant of its own on "
                                + row.policy().table().label() + ", so its row rule limits nothing.",
                        "Put the rule where the grant is."));
    }

    private static boolean isOn(Grant grant, RowPolicy policy) {
        ObjectRef.Table table = policy.table();
        boolean covers = grant.object().equals(table)
                || grant.object().equals(new ObjectRef.EveryTable(table.schema()))
                || (grant.object() instanceof ObjectRef.Column column
                        && column.schema().equals(table.schema())
                        && column.table().equals(table.table()));
        return covers && grant.database().equals(policy.database());
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
