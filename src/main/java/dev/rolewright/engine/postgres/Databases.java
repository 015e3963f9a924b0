package dev.rolewright.engine.postgres;

import dev.rolewright.model.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The databases of a server.
final class Databases {

    /// @param alive whether anybody may connect at all
    /// @param open whether our login may
    record Seen(long id, String name, boolean alive, boolean open) {}

    private final List<Seen> all = new ArrayList<>();

    static Databases read(Catalogue catalogue) {
        Databases databases = new Databases();
        catalogue.read(
                "databases",
                row -> databases.all.add(
                        new Seen(row.getLong(1), row.getString(2), row.getBoolean(3), row.getBoolean(4))));
        return databases;
    }

    Optional<Seen> of(long id) {
        return all.stream().filter(database -> database.id() == id).findFirst();
    }

    /// The ones whose privileges we manage and that let anybody in, in the order of their names.
    List<Seen> managed(Target target) {
        return all.stream()
                .filter(database -> database.alive() && target.manages(database.name()))
                .toList();
    }
}
