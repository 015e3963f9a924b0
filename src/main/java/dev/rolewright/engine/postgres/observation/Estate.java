package dev.rolewright.engine.postgres.observation;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.catalogue.Catalogues;
import dev.rolewright.engine.postgres.catalogue.Databases;
import dev.rolewright.plan.Belongings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What suspended logins own, in every database of the server, as far as dropping them depends on it.
final class Estate {

    private static final int NAMED = 5;

    private static final class Owned {
        private long data;
        private long code;
        private final Set<String> obstacles = new TreeSet<>();
        private int unnamed;

        private void hinders(String what) {
            if (obstacles.size() < NAMED) {
                obstacles.add(what);
            } else {
                unnamed++;
            }
        }

        private Belongings belongings() {
            List<String> all = new ArrayList<>(obstacles);
            if (unnamed > 0) {
                all.add("and " + unnamed + " more of the kind");
            }
            return new Belongings(data, code, all);
        }
    }

    private final Map<Long, Owned> owners = new HashMap<>();

    private Estate() {}

    static Estate read(Catalogues catalogues, Set<Long> owners) {
        Estate estate = new Estate();
        if (owners.isEmpty()) {
            return estate;
        }
        Map<Long, Set<Long>> byDatabase = new HashMap<>();
        catalogues
                .maintenance()
                .read(
                        "owned",
                        row -> {
                            long owner = row.getLong(1);
                            long database = row.getLong(2);
                            if (database == 0) {
                                estate.owned(owner).hinders("it owns " + row.getString(3));
                            } else {
                                byDatabase
                                        .computeIfAbsent(database, _ -> new HashSet<>())
                                        .add(owner);
                            }
                        },
                        owners);
        if (!byDatabase.isEmpty()) {
            Databases databases = Databases.read(catalogues.maintenance());
            byDatabase.forEach(
                    (id, some) -> databases.of(id).ifPresent(database -> estate.readIn(database, catalogues, some)));
        }
        return estate;
    }

    Belongings of(long owner) {
        Owned owned = owners.get(owner);
        return owned == null ? Belongings.NONE : owned.belongings();
    }

    private void readIn(Databases.Seen database, Catalogues catalogues, Set<Long> some) {
        String name = database.name();
        Optional<Catalogue> catalogue = catalogues.of(database);
        if (catalogue.isEmpty()) {
            String why = catalogues.whyNot(name).map(EngineFailure::sentence).orElse("");
            some.forEach(owner -> owned(owner).hinders("it owns something that cannot be looked at. " + why));
            return;
        }
        catalogue
                .get()
                .read(
                        "belongings",
                        row -> {
                            Owned owned = owned(row.getLong(1));
                            switch (row.getString(4)) {
                                case "data" -> owned.data++;
                                case "code" -> owned.code++;
                                case "obstacle" -> owned.hinders("it owns " + row.getString(5) + " in " + name);
                                default -> {
                                    // What it promised to others by default is no belonging.
                                }
                            }
                        },
                        some);
    }

    private Owned owned(long owner) {
        return owners.computeIfAbsent(owner, _ -> new Owned());
    }
}
