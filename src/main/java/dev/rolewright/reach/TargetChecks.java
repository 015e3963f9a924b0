package dev.rolewright.reach;

import dev.rolewright.amendment.Contracts;
import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Deriver;
import dev.rolewright.contract.Facts;
import dev.rolewright.contract.KnownNames;
import dev.rolewright.contract.Snapshot;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Needs;
import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Looks whether a target is as our work needs it, before the contract names it or while it fails as well.
@ApplicationScoped
public class TargetChecks {

    private final Contracts contracts;
    private final Sessions sessions;

    TargetChecks(Contracts contracts, Sessions sessions) {
        this.contracts = contracts;
        this.sessions = sessions;
    }

    /// Asks the target now and changes nothing there. Empty when nothing says how to reach one of that name,
    /// or when nothing here speaks to it.
    ///
    /// @throws TargetAway when our own password cannot be had
    public Optional<TargetCheck> of(TargetName name) {
        Optional<Contract> contract = contracts
                .active()
                .map(active -> active.contract())
                .filter(active -> active.targets().containsKey(name));
        Optional<Target> target = contract.map(active -> active.target(name)).or(() -> sessions.uncontracted(name));
        Optional<Needs> needs = contract.map(active -> needs(active, name));
        try {
            return target.flatMap(it -> sessions.check(it, needs))
                    .map(checks -> new TargetCheck(name, contract.isPresent(), Instant.now(), checks));
        } catch (EngineFailure unasked) {
            throw new TargetAway(unasked);
        }
    }

    private static Needs needs(Contract contract, TargetName target) {
        Facts nobody = new Facts(new Snapshot(Map.of(), Map.of(), Map.of()), Optional.of(Set.of()), Instant.now());
        Collection<RoleState> roles = Deriver.of(contract, target, nobody)
                .derive(KnownNames.all(Map.of()))
                .desired()
                .roles()
                .values();
        Map<String, Set<ObjectRef>> objects = new HashMap<>();
        roles.forEach(role -> {
            role.grants().forEach(grant -> add(objects, grant.database(), grant.object()));
            role.policies().forEach(policy -> add(objects, policy.database(), policy.table()));
        });
        Set<RoleName> creators = roles.stream()
                .flatMap(role -> role.defaults().stream())
                .map(DefaultGrant::creator)
                .collect(Collectors.toSet());
        return new Needs(objects, creators);
    }

    private static void add(Map<String, Set<ObjectRef>> objects, String database, ObjectRef object) {
        objects.computeIfAbsent(database, _ -> new HashSet<>()).add(object);
    }
}
