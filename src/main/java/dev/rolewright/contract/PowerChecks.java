package dev.rolewright.contract;

import dev.rolewright.contract.Environment.Power;
import dev.rolewright.model.Grant;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.TargetName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Holds the roles of an environment to the powers that it forbids.
///
/// No role of the language is superuser, makes roles or databases, replicates or passes by row rules in name. Two of
/// these powers can be had in effect: by code that others run, and by privileges that row rules do not limit.
final class PowerChecks {

    private static final Set<String> PASS_BY_ROW_RULES = Set.of("TRUNCATE", "REFERENCES");

    /// In it everybody looks for functions and operators, unless told otherwise.
    private static final ObjectRef EVERYBODYS_SCHEMA = new ObjectRef.Schema("public");

    private final Contract contract;
    private final Findings findings;

    /// The roles of each target that see only some rows.
    private final Map<TargetName, List<Role>> limited;

    private PowerChecks(Contract contract, Findings findings) {
        this.contract = contract;
        this.findings = findings;
        this.limited = contract.roles().values().stream()
                .filter(role -> !role.rows().isEmpty())
                .sorted()
                .collect(Collectors.groupingBy(Role::target));
    }

    static void check(Contract contract, Findings findings) {
        PowerChecks checks = new PowerChecks(contract, findings);
        contract.roles().values().stream().sorted().forEach(role -> {
            Environment environment = Objects.requireNonNull(
                    contract.environments().get(contract.target(role.target()).environment()));
            role.grants()
                    .forEach(entry -> entry.grants().sorted().forEach(grant -> {
                        if (environment.forbid().contains(Power.SUPERUSER)) {
                            checks.code(role, entry, grant, environment);
                        }
                        if (environment.forbid().contains(Power.BYPASSRLS)) {
                            checks.rows(role, entry, grant, environment);
                        }
                    }));
        });
    }

    private void code(Role role, RoleGrant entry, Grant grant, Environment environment) {
        boolean hangsCode = grant.privilege().value().equals("TRIGGER")
                || (grant.privilege().value().equals("CREATE") && grant.object().equals(EVERYBODYS_SCHEMA));
        if (hangsCode) {
            findings.error(
                    entry.place(),
                    "Role " + role.name() + " has " + grant.label()
                            + ", and so can make others run its code, a superuser too; " + environment.name()
                            + " forbids superuser.",
                    "Take the privilege away.");
        }
    }

    private void rows(Role role, RoleGrant entry, Grant grant, Environment environment) {
        if (!PASS_BY_ROW_RULES.contains(grant.privilege().value())) {
            return;
        }
        Set<RoleName> own = Inheritance.closure(contract, role.name());
        limited.getOrDefault(role.target(), List.of()).stream()
                .filter(limited -> !own.contains(limited.name()))
                .flatMap(limited -> limited.rows().stream())
                .map(Role.RowRule::policy)
                .filter(policy -> passesBy(grant, policy))
                .findFirst()
                .ifPresent(policy -> findings.error(
                        entry.place(),
                        "Role " + role.name() + " has " + grant.label() + ", which passes by the row rules on "
                                + policy.table().label() + "; " + environment.name() + " forbids bypassrls.",
                        "Take the privilege away."));
    }

    /// Whether a privilege is one that a rule on these rows does not limit.
    static boolean passesBy(Grant grant, RowPolicy policy) {
        return PASS_BY_ROW_RULES.contains(grant.privilege().value()) && isOn(grant, policy);
    }

    /// Whether a privilege is on a table, on all tables of its schema or on one of its columns.
    static boolean isOn(Grant grant, RowPolicy policy) {
        ObjectRef.Table table = policy.table();
        boolean covers = grant.object().equals(table)
                || grant.object().equals(new ObjectRef.EveryTable(table.schema()))
                || (grant.object() instanceof ObjectRef.Column column
                        && column.schema().equals(table.schema())
                        && column.table().equals(table.table()));
        return covers && grant.database().equals(policy.database());
    }
}
