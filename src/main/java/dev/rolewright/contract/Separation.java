package dev.rolewright.contract;

import dev.rolewright.model.RoleName;
import java.util.Set;

/// Roles of which nobody may hold two.
public record Separation(String name, Set<RoleName> never, Place place) {

    public Separation {
        never = Set.copyOf(never);
    }
}
