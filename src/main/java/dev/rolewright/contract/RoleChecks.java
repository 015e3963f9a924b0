package dev.rolewright.contract;

import dev.rolewright.model.Grant;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleKind;
import dev.rolewright.model.RoleName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Holds the roles of a contract to what they promise.
final class RoleChecks {

    private final Contract contract;
    private final Findings findings;

    private RoleChecks(Contract contract, Findings findings) {
        this.contract = contract;
        this.findings = findings;
    }

    static void check(Contract contract, Findings findings) {
        RoleChecks checks = new RoleChecks(contract, findings);
        contract.roles().values().stream().sorted().forEach(checks::check);
        checks.names();
    }

    /// Who reads a name should not have to look twice which role it is.
    private void names() {
        Map<String, RoleName> folded = new HashMap<>();
        Map<Look, RoleName> looks = new HashMap<>();
        contract.roles().values().stream().sorted().forEach(role -> {
            RoleName same = folded.putIfAbsent(role.name().folded(), role.name());
            RoleName alike = looks.putIfAbsent(Look.of(role.name()), role.name());
            if (same != null) {
                findings.error(
                        role.place(),
                        "Role " + role.name() + " differs from " + same + " in upper and lower case only.",
                        "Rename one of the two.");
            } else if (alike != null) {
                findings.warning(
                        role.place(),
                        "Role " + role.name() + " looks like " + alike + ".",
                        "Rename one of the two, so that nobody takes it for the other.");
            }
        });
    }

    private void check(Role role) {
        if (contract.protection().covers(role.name())) {
            findings.error(
                    role.place(),
                    "Role " + role.name() + " is protected, so it can never be made.",
                    "Rename the role or narrow \"protected\".");
        }
        if (contract.target(role.target())
                .heir()
                .filter(heir -> heir.folded().equals(role.name().folded()))
                .isPresent()) {
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
        if (Promises.allows(RoleKind.READ_ONLY, role.kind())) {
            role.grants().forEach(entry -> functions(role, entry));
        }
    }

    /// What a function does is not in its privileges.
    private void functions(Role role, RoleGrant entry) {
        if (entry.objects().stream().anyMatch(ObjectRef.EveryFunction.class::isInstance)) {
            findings.warning(
                    entry.place(),
                    "Role " + role.name() + " is " + Words.spelling(role.kind())
                            + " and may execute every function of a schema, also one that writes.",
                    "Name the functions.");
        } else if (entry.objects().stream().anyMatch(ObjectRef.Function.class::isInstance)) {
            findings.note(
                    entry.place(),
                    "Role " + role.name() + " is " + Words.spelling(role.kind())
                            + " as far as the functions are that it may execute; one with the rights of its owner"
                            + " may write.",
                    "Make sure that they only read.");
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
                        .filter(grant -> PowerChecks.passesBy(grant, row.policy()))
                        .forEach(grant -> findings.error(
                                row.place(),
                                "Role " + role.name() + " sees some rows of "
                                        + row.policy().table().label() + " and has " + grant.label()
                                        + ", which no row rule limits.",
                                "Take the privilege or the row rule away.")));
        role.rows().stream()
                .filter(row -> role.grants().stream()
                        .flatMap(RoleGrant::grants)
                        .noneMatch(grant -> PowerChecks.isOn(grant, row.policy())))
                .forEach(row -> findings.warning(
                        row.place(),
                        "Role " + role.name() + " has no grant of its own on "
                                + row.policy().table().label() + ", so its row rule limits nothing.",
                        "Put the rule where the grant is."));
    }
}
