package dev.rolewright.contract;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.RoleName;
import dev.rolewright.scim.filter.Bound;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks who gets roles: mappings, separations, elevations and services.
final class RuleChecks {

    private static final String PRODUCTION = "production";
    private static final String STAGING = "staging";

    private final Contract contract;
    private final Findings findings;

    private RuleChecks(Contract contract, Findings findings) {
        this.contract = contract;
        this.findings = findings;
    }

    static void check(Contract contract, Findings findings) {
        RuleChecks checks = new RuleChecks(contract, findings);
        checks.separations();
        checks.repeated();
        checks.covered();
        checks.staging();
        checks.unheld();
        contract.elevations().forEach(checks::elevation);
        contract.services().forEach(checks::service);
        contract.environments().values().forEach(checks::unused);
    }

    private void separations() {
        Apart apart = new Apart(contract);
        contract.roles()
                .values()
                .forEach(role ->
                        separation(apart, role.place(), "Role " + role.name() + " includes", Set.of(role.name())));
        contract.mappings()
                .forEach(mapping -> separation(
                        apart, mapping.place(), "Mapping \"" + mapping.name() + "\" gives", mapping.roles()));
        contract.services()
                .forEach(service ->
                        separation(apart, service.place(), "Service " + service.name() + " has", service.roles()));
    }

    private void separation(Apart apart, Place place, String who, Set<RoleName> roles) {
        apart.conflicts(roles)
                .forEach(conflict -> findings.error(
                        place,
                        who + " " + words(conflict.held()) + ", which \""
                                + conflict.separation().name() + "\" keeps apart.",
                        "Give one of them only."));
    }

    static String words(Collection<RoleName> roles) {
        return roles.stream().sorted().map(RoleName::value).collect(Collectors.joining(" and "));
    }

    private void repeated() {
        Map<List<Object>, Mapping> seen = new HashMap<>();
        for (Mapping mapping : contract.mappings()) {
            mapping.when()
                    .filter(when -> when.filter() instanceof Bound.Constant(boolean value) && !value)
                    .ifPresent(_ -> findings.warning(
                            mapping.place(),
                            "The condition of mapping \"" + mapping.name() + "\" is never true.",
                            "Mend the condition or take the mapping away."));
            mapping.roles().stream().sorted().forEach(role -> {
                Mapping before = seen.putIfAbsent(
                        List.of(mapping.group(), mapping.when().map(Mapping.Condition::text), role), mapping);
                if (before != null) {
                    findings.warning(
                            mapping.place(),
                            "Mapping \"" + mapping.name() + "\" gives " + role + " to the same people as \""
                                    + before.name() + "\".",
                            "Keep one of the two.");
                }
            });
        }
    }

    /// A condition leaves nobody out to whom another rule gives the same without asking.
    private void covered() {
        Map<List<Object>, Mapping> open = new HashMap<>();
        contract.mappings().stream()
                .filter(mapping -> mapping.when().isEmpty())
                .forEach(mapping -> mapping.roles()
                        .forEach(role -> open.merge(
                                List.of(mapping.group(), role),
                                mapping,
                                (one, other) -> lasts(other, one) ? other : one)));
        contract.mappings().stream()
                .filter(mapping -> mapping.when().isPresent())
                .forEach(mapping -> mapping.roles().stream().sorted().forEach(role -> {
                    Mapping broader = open.get(List.of(mapping.group(), role));
                    if (broader != null && lasts(broader, mapping)) {
                        findings.warning(
                                mapping.place(),
                                "Mapping \"" + mapping.name() + "\" gives " + role + " to some to whom \""
                                        + broader.name() + "\" gives it anyway.",
                                "Take one of the two away, or give the other one a condition.");
                    }
                }));
    }

    /// Whether a rule goes on as long as another one, or longer.
    private static boolean lasts(Mapping one, Mapping other) {
        return one.until()
                .map(last -> other.until().filter(end -> !end.isAfter(last)).isPresent())
                .orElse(true);
    }

    /// What nobody has tried in staging, nobody should have in production.
    private void staging() {
        boolean staged = contract.targets().values().stream()
                .anyMatch(it -> it.environment().equals(STAGING));
        Set<GroupSelector> tried = groups(STAGING);
        if (staged) {
            contract.mappings().stream()
                    .filter(mapping -> reaches(mapping, PRODUCTION) && !tried.contains(mapping.group()))
                    .forEach(mapping -> findings.warning(
                            mapping.place(),
                            "Mapping \"" + mapping.name() + "\" gives "
                                    + mapping.group().label() + " something in production and nothing in staging.",
                            "Give the group a role in staging too."));
        }
    }

    private Set<GroupSelector> groups(String environment) {
        return contract.mappings().stream()
                .filter(mapping -> reaches(mapping, environment))
                .map(Mapping::group)
                .collect(Collectors.toSet());
    }

    private boolean reaches(Mapping mapping, String environment) {
        return mapping.roles().stream()
                .map(role -> contract.target(contract.role(role).target()).environment())
                .anyMatch(environment::equals);
    }

    private void unheld() {
        Set<RoleName> given = new HashSet<>();
        contract.mappings().forEach(it -> given.addAll(it.roles()));
        contract.services().forEach(it -> given.addAll(it.roles()));
        contract.elevations().forEach(it -> given.add(it.role()));
        Set<RoleName> held = Inheritance.closure(contract, given);
        contract.roles().values().stream()
                .filter(role -> !held.contains(role.name()))
                .forEach(role -> findings.warning(
                        role.place(),
                        "Nobody can hold role " + role.name() + ".",
                        "Map a group to it or take it away."));
    }

    private void elevation(Elevation elevation) {
        Environment environment = contract.environments()
                .get(contract.target(contract.role(elevation.role()).target()).environment());
        if (environment != null
                && environment
                        .maxLease()
                        .filter(most -> elevation.atMost().compareTo(most) > 0)
                        .isPresent()) {
            findings.error(
                    elevation.place(),
                    "Role " + elevation.role() + " is lent for longer than " + environment.name() + " allows.",
                    "Lower \"atMost\" or raise \"maxLease\".");
        }
        if (elevation.who().equals(elevation.approvers())) {
            findings.warning(
                    elevation.place(),
                    "Those who may ask for " + elevation.role() + " approve it themselves.",
                    "Name other approvers.");
        }
    }

    private void service(Service service) {
        if (contract.protection().covers(new LoginName(service.name()))) {
            findings.error(
                    service.place(),
                    "Service " + service.name() + " is protected, so it can never be made.",
                    "Rename the service or narrow \"protected\".");
        }
        if (contract.roles().keySet().stream().anyMatch(role -> role.folded().equals(service.name()))) {
            findings.error(
                    service.place(),
                    "Service " + service.name() + " has the name of a role.",
                    "Rename one of the two.");
        }
    }

    private void unused(Environment environment) {
        if (contract.targets().values().stream()
                .noneMatch(it -> it.environment().equals(environment.name()))) {
            findings.note(
                    environment.place(),
                    "No target is in environment " + environment.name() + ".",
                    "Take it away if it is not needed.");
        }
    }
}
