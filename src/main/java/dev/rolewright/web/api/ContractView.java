package dev.rolewright.web.api;

import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Environment;
import dev.rolewright.contract.Lifecycle;
import dev.rolewright.contract.Mapping;
import dev.rolewright.contract.Role;
import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Limits;
import dev.rolewright.model.RoleKind;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Target;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A contract as it was understood.
record ContractView(
        List<EnvironmentView> environments,
        List<TargetEntry> targets,
        List<RoleView> roles,
        List<MappingView> mappings,
        List<SeparationView> separation,
        List<ElevationView> elevations,
        LifecycleView lifecycle,
        List<ServiceView> services,
        List<String> protectedNames,
        Limits brakes) {

    record EnvironmentView(
            String name,
            int approvals,
            Set<Environment.Power> forbid,
            @Nullable String maxLease) {}

    record TargetEntry(
            String name,
            String engine,
            String environment,
            List<String> databases,
            @Nullable String heir,
            Target.Drift drift) {}

    /// @param grants in words: `SELECT on table sales.orders in orders`
    /// @param future what it will have on what is made later
    /// @param rows which rows of a table it sees
    record RoleView(
            String name,
            RoleKind kind,
            String purpose,
            String owner,
            String target,
            List<String> includes,
            List<String> grants,
            List<String> future,
            List<String> rows) {}

    /// @param until the last day, in UTC, on which it gives anything
    record MappingView(
            String name,
            String group,
            @Nullable String when,
            List<String> roles,
            @Nullable LocalDate until) {

        static MappingView of(Mapping mapping) {
            return new MappingView(
                    mapping.name(),
                    mapping.group().label(),
                    mapping.when().map(Mapping.Condition::text).orElse(null),
                    names(mapping.roles()),
                    mapping.until().orElse(null));
        }
    }

    record SeparationView(String name, List<String> never) {}

    record ElevationView(String role, String who, String approvers, String atMost) {}

    /// @param login the template of login names
    record LifecycleView(
            String login,
            String grace,
            Lifecycle.Credentials credentials,
            @Nullable String rotateEvery) {}

    record ServiceView(
            String name,
            String owner,
            List<String> roles,
            @Nullable String rotateEvery,
            @Nullable Integer connections) {}

    static ContractView of(Contract contract) {
        return new ContractView(
                contract.environments().values().stream()
                        .sorted(Comparator.comparing(Environment::name))
                        .map(it -> new EnvironmentView(it.name(), it.approvals(), it.forbid(), text(it.maxLease())))
                        .toList(),
                contract.targets().values().stream()
                        .sorted(Comparator.comparing(Target::name))
                        .map(ContractView::target)
                        .toList(),
                contract.roles().values().stream()
                        .sorted()
                        .map(ContractView::role)
                        .toList(),
                contract.mappings().stream().map(MappingView::of).toList(),
                contract.separations().stream()
                        .map(it -> new SeparationView(it.name(), names(it.never())))
                        .toList(),
                contract.elevations().stream()
                        .map(it -> new ElevationView(
                                it.role().value(),
                                it.who().label(),
                                it.approvers().label(),
                                it.atMost().toString()))
                        .toList(),
                new LifecycleView(
                        contract.lifecycle().login().text(),
                        contract.lifecycle().grace().toString(),
                        contract.lifecycle().credentials(),
                        text(contract.lifecycle().rotateEvery())),
                contract.services().stream()
                        .map(it -> new ServiceView(
                                it.name(),
                                it.owner().label(),
                                names(it.roles()),
                                text(it.rotateEvery()),
                                it.connections().orElse(null)))
                        .toList(),
                contract.protection().patterns(),
                contract.brakes());
    }

    private static TargetEntry target(Target target) {
        return new TargetEntry(
                target.name().value(),
                target.engine(),
                target.environment(),
                target.databases().stream().sorted().toList(),
                target.heir().map(RoleName::value).orElse(null),
                target.drift());
    }

    private static RoleView role(Role role) {
        return new RoleView(
                role.name().value(),
                role.kind(),
                role.purpose(),
                role.owner(),
                role.target().value(),
                names(role.includes()),
                role.grants().stream()
                        .flatMap(it -> it.grants())
                        .sorted()
                        .map(Grant::label)
                        .toList(),
                role.grants().stream()
                        .flatMap(it -> it.defaults())
                        .sorted()
                        .map(DefaultGrant::label)
                        .toList(),
                role.rows().stream().map(it -> it.policy().label()).toList());
    }

    static List<String> names(Collection<RoleName> roles) {
        return roles.stream().sorted().map(RoleName::value).toList();
    }

    private static @Nullable String text(Optional<Duration> time) {
        return time.map(Duration::toString).orElse(null);
    }
}
