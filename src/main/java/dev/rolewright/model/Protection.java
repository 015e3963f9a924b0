package dev.rolewright.model;

import java.util.List;

/// The names that are never created, changed, adopted or dropped, whatever anything says.
///
/// @param patterns names in which `*` stands for any characters and `?` for one; upper and lower case are the
/// same, so they are kept in lower case
public record Protection(List<String> patterns) {

    public static final Protection NONE = new Protection(List.of());

    public Protection {
        patterns.forEach(pattern -> Names.check("protected name", pattern));
        patterns = patterns.stream().map(Names::fold).toList();
    }

    public boolean covers(LoginName name) {
        return covers(name.value());
    }

    public boolean covers(RoleName name) {
        return covers(name.value());
    }

    private boolean covers(String name) {
        String folded = Names.fold(name);
        return patterns.stream().anyMatch(pattern -> Wildcards.matches(pattern, folded));
    }
}
