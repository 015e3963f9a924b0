package dev.rolewright.engine.postgres;

import java.util.HashMap;
import java.util.Map;

/// The catalogues of the databases that one look reads, each opened when it is first asked for.
final class Catalogues implements AutoCloseable {

    private final Connections connections;
    private final int version;
    private final Map<String, Catalogue> open = new HashMap<>();

    Catalogues(Connections connections, int version) {
        this.connections = connections;
        this.version = version;
    }

    Catalogue maintenance() {
        return of(connections.maintenanceDatabase());
    }

    Catalogue of(String database) {
        return open.computeIfAbsent(database, name -> new Catalogue(connections.to(name), version));
    }

    @Override
    public void close() {
        open.values().forEach(Catalogue::close);
    }
}
