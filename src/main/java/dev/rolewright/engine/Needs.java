package dev.rolewright.engine;

import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleName;
import java.util.Map;
import java.util.Set;

/// What a contract speaks of on a target.
///
/// @param objects by database
/// @param creators whose future objects it speaks of
public record Needs(Map<String, Set<ObjectRef>> objects, Set<RoleName> creators) {

    public Needs {
        objects = Map.copyOf(objects);
        creators = Set.copyOf(creators);
    }
}
