package dev.rolewright.engine.postgres;

import dev.rolewright.engine.Needs;
import dev.rolewright.engine.Reach;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Check;
import dev.rolewright.plan.Check.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an examination of a server comes to, by the names of its checks.
public record Examined(List<Check> checks) {

    /// What the contract of these tests speaks of.
    public static final Needs NEEDS = new Needs(
            Map.of("orders", Set.of(new ObjectRef.Database(), new ObjectRef.Schema("sales"), Acts.ORDERS)),
            Set.of(new RoleName("orders_owner")));

    /// As that contract needs it.
    public static Examined of(Scene scene) {
        return of(scene.reach(), Optional.of(NEEDS));
    }

    public static Examined of(Reach reach, Optional<Needs> needs) {
        return new Examined(new PostgresEngine().check(reach, needs));
    }

    /// But for room that the server would have to be started anew for.
    public Set<String> wrong() {
        return toMend().filter(check -> !check.found().equals("the server keeps none"))
                .map(Check::name)
                .collect(Collectors.toSet());
    }

    public Stream<Check> toMend() {
        return checks.stream()
                .filter(check -> check.verdict() == Verdict.MISSING || check.verdict() == Verdict.DANGEROUS);
    }

    public List<String> unknown() {
        return checks.stream()
                .filter(check -> check.verdict() == Verdict.UNKNOWN)
                .map(Check::name)
                .toList();
    }

    public String found(String name) {
        return first(name).found();
    }

    /// The statement that mends it.
    public String remedy(String name) {
        return first(name).remedy().orElseThrow().statement();
    }

    private Check first(String name) {
        return checks.stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
