package dev.rolewright.engine.postgres.catalogue;

import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.OwnRoles;
import dev.rolewright.model.RoleName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The server's ids of what is our own; zero stands for what is not there.
///
/// @param connector the login we came with
public record OwnIds(long marker, long roleMarker, long grantor, long registrar, long quarantine, long connector) {

    /// What has a smaller id came with the server.
    public static final long FIRST_OF_USERS = 16_384;

    public static OwnIds read(Catalogue catalogue, OwnRoles own, String connector) {
        Set<String> names = new HashSet<>();
        own.all().forEach(role -> names.add(role.value()));
        names.add(connector);
        Map<String, Long> ids = new HashMap<>();
        catalogue.read("own-roles", row -> ids.put(row.getString(2), row.getLong(1)), names);
        return new OwnIds(
                id(ids, own.marker()),
                id(ids, own.roleMarker()),
                id(ids, own.grantor()),
                id(ids, own.registrar()),
                id(ids, own.quarantine()),
                ids.getOrDefault(connector, 0L));
    }

    /// By whom a look knows keepers; zero where there are none.
    public long makerOfKeepers(Context context) {
        return context.keepsGrantors() ? registrar : 0;
    }

    public boolean contains(long id) {
        return all().contains(id);
    }

    public Collection<Long> all() {
        return List.of(marker, roleMarker, grantor, registrar, quarantine, connector);
    }

    private static long id(Map<String, Long> ids, RoleName role) {
        return ids.getOrDefault(role.value(), 0L);
    }
}
