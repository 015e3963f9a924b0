package dev.rolewright.contract;

import dev.rolewright.model.RoleName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/// What roles have through the roles that they include. Cycles do no harm here; the checks refuse them.
final class Inheritance {

    private Inheritance() {}

    /// The role and all that it includes, directly or not.
    static Set<RoleName> closure(Contract contract, RoleName start) {
        Set<RoleName> all = new LinkedHashSet<>();
        Deque<RoleName> open = new ArrayDeque<>();
        open.add(start);
        while (!open.isEmpty()) {
            RoleName name = open.remove();
            if (all.add(name)) {
                contract.role(name).includes().stream().sorted().forEach(open::add);
            }
        }
        return all;
    }

    static Set<RoleName> closure(Contract contract, Set<RoleName> roles) {
        Set<RoleName> all = new LinkedHashSet<>();
        roles.stream().sorted().forEach(role -> all.addAll(closure(contract, role)));
        return all;
    }

    /// The role and all that it includes, as they are defined.
    static Stream<Role> roles(Contract contract, RoleName start) {
        return closure(contract, start).stream().map(contract::role);
    }
}
