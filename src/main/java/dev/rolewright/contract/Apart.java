package dev.rolewright.contract;

import dev.rolewright.model.RoleName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What separations keep apart. Roles count with all that they include; what a role is part of is found once, because
/// very many people and rules ask for it.
final class Apart {

    /// @param separation what is not kept
    /// @param held its roles that somebody would hold: two or more
    /// @param roles through which they would be held
    record Conflict(Separation separation, List<RoleName> held, List<RoleName> roles) {}

    private final Contract contract;

    /// By a role, the separations that name it, as numbers in the contract's order.
    private final Map<RoleName, List<Integer>> named = new HashMap<>();

    /// By a role, and by separation, what of it somebody holds who has the role.
    private final Map<RoleName, Map<Integer, SortedSet<RoleName>>> known = new HashMap<>();

    Apart(Contract contract) {
        this.contract = contract;
        for (int number = 0; number < contract.separations().size(); number++) {
            for (RoleName role : contract.separations().get(number).never()) {
                named.computeIfAbsent(role, _ -> new ArrayList<>()).add(number);
            }
        }
    }

    /// Whether any separation is about a role.
    boolean concerns(RoleName role) {
        return !of(role).isEmpty();
    }

    /// What somebody would hold with these roles who should not, in the contract's order.
    List<Conflict> conflicts(Collection<RoleName> roles) {
        SortedMap<Integer, SortedSet<RoleName>> held = new TreeMap<>();
        roles.forEach(role -> of(role).forEach((separation, some) ->
                held.computeIfAbsent(separation, _ -> new TreeSet<>()).addAll(some)));
        return held.entrySet().stream()
                .filter(each -> each.getValue().size() > 1)
                .map(each -> new Conflict(
                        contract.separations().get(each.getKey()),
                        List.copyOf(each.getValue()),
                        roles.stream()
                                .filter(role -> of(role).containsKey(each.getKey()))
                                .toList()))
                .toList();
    }

    private Map<Integer, SortedSet<RoleName>> of(RoleName role) {
        if (named.isEmpty()) {
            return Map.of();
        }
        return known.computeIfAbsent(role, it -> {
            Map<Integer, SortedSet<RoleName>> held = new HashMap<>();
            for (RoleName included : Inheritance.closure(contract, it)) {
                for (int separation : named.getOrDefault(included, List.of())) {
                    held.computeIfAbsent(separation, _ -> new TreeSet<>()).add(included);
                }
            }
            return held;
        });
    }
}
