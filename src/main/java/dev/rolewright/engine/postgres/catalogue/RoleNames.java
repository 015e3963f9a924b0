package dev.rolewright.engine.postgres.catalogue;

import dev.rolewright.model.RoleName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The names of roles that other rows of the catalogue call by id.
final class RoleNames {

    private RoleNames() {}

    static Map<Long, RoleName> read(Catalogue catalogue, Set<Long> ids) {
        Map<Long, RoleName> names = new HashMap<>();
        if (!ids.isEmpty()) {
            catalogue.read("names", row -> names.put(row.getLong(1), new RoleName(row.getString(2))), ids);
        }
        return names;
    }

    /// The name, or the id in the form in which the server shows ids that nothing belongs to any more.
    static RoleName of(Map<Long, RoleName> names, long id) {
        RoleName name = names.get(id);
        return name == null ? new RoleName(Long.toString(id)) : name;
    }
}
