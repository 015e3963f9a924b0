package dev.rolewright.contract;

import dev.rolewright.model.RoleName;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Roles of which nobody may hold two.
public record Separation(String name, Set<RoleName> never, Place place) {

    public Separation {
        never = Set.copyOf(never);
    }

    /// Those of its roles that somebody with such roles holds; nobody should hold two.
    SortedSet<RoleName> held(Contract contract, Set<RoleName> roles) {
        SortedSet<RoleName> held = new TreeSet<>(Inheritance.closure(contract, roles));
        held.retainAll(never);
        return held;
    }
}
