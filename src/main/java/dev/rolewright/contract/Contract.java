package dev.rolewright.contract;

import dev.rolewright.model.Limits;
import dev.rolewright.model.Protection;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Roles and mappings as code, read and found sound.
///
/// @param digest SHA-256 over what the files say, in hex; layout, order and the split into files do not count
/// @param number of the version that it is kept as; 0 before it is kept
public record Contract(
        String digest,
        long number,
        Map<String, Environment> environments,
        Map<TargetName, Target> targets,
        Map<RoleName, Role> roles,
        List<Mapping> mappings,
        List<Separation> separations,
        List<Elevation> elevations,
        Lifecycle lifecycle,
        List<Service> services,
        Protection protection,
        Limits brakes) {

    public Contract {
        environments = Map.copyOf(environments);
        targets = Map.copyOf(targets);
        roles = Map.copyOf(roles);
        mappings = List.copyOf(mappings);
        separations = List.copyOf(separations);
        elevations = List.copyOf(elevations);
        services = List.copyOf(services);
    }

    /// The same as a kept version.
    public Contract numbered(long version) {
        return new Contract(
                digest,
                version,
                environments,
                targets,
                roles,
                mappings,
                separations,
                elevations,
                lifecycle,
                services,
                protection,
                brakes);
    }

    /// How reasons call this contract: short enough to be read out.
    public String version() {
        String start = digest.substring(0, 12);
        return number == 0 ? start : number + " (" + start + ")";
    }

    /// What the contract asks of a person: names of top attributes, and URNs of extensions whose attributes it
    /// asks for. Whoever makes a [Snapshot] may leave the others out, but for `userName` and `active`.
    public Set<String> attributes() {
        return Stream.concat(
                        Stream.concat(
                                lifecycle.login().attributes(),
                                services.stream()
                                        .flatMap(service -> service.owner().attributes())),
                        mappings.stream()
                                .flatMap(mapping -> mapping.when().stream())
                                .flatMap(Mapping.Condition::attributes))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// A role that is known to be defined; undefined ones do not get this far.
    public Role role(RoleName name) {
        return Objects.requireNonNull(roles.get(name), name + " is not defined");
    }

    public Target target(TargetName name) {
        Target target = targets.get(name);
        if (target == null) {
            throw new IllegalArgumentException("The contract has no target " + name + ".");
        }
        return target;
    }

    /// The roles of one target, by name.
    public Stream<Role> rolesOf(TargetName target) {
        return roles.values().stream()
                .filter(role -> role.target().equals(target))
                .sorted();
    }
}
