package dev.rolewright.engine.postgres.catalogue;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.postgres.catalogue.Catalogue.Unread;
import dev.rolewright.engine.postgres.connection.Connections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The catalogues of the databases that one look reads, each opened when it is first asked for.
///
/// One database that cannot be read keeps nobody from looking at everything else. Where it breaks off in the middle,
/// the whole look is done again without it, so that nothing is told of a database of which not all is known. While
/// one is read, the server is kept from ending the session in the maintenance database, whose transaction stands open.
public final class Catalogues implements AutoCloseable {

    private final Connections connections;
    private final int version;
    private final Map<String, EngineFailure> unread;
    private final Map<String, Catalogue> open = new HashMap<>();

    private Catalogues(Connections connections, int version, Map<String, EngineFailure> unread) {
        this.connections = connections;
        this.version = version;
        this.unread = unread;
    }

    /// One look at all that can be read.
    ///
    /// @throws EngineFailure when the server as a whole cannot be
    public static <T> T look(Connections connections, int version, Function<Catalogues, T> look) {
        Map<String, EngineFailure> unread = new HashMap<>();
        while (true) {
            try (Catalogues catalogues = new Catalogues(connections, version, unread)) {
                return look.apply(catalogues);
            } catch (Unread broken) {
                unread.put(broken.database, connections.only(broken.database, broken.failure));
            }
        }
    }

    public Catalogue maintenance() {
        return open(connections.maintenanceDatabase());
    }

    /// Empty where it cannot be read.
    public Optional<Catalogue> of(String database) {
        if (unread.containsKey(database)) {
            return Optional.empty();
        }
        try {
            return Optional.of(open(database));
        } catch (EngineFailure failure) {
            unread.put(database, connections.only(database, failure));
            return Optional.empty();
        }
    }

    /// The same, without trying where the server says that it would be in vain.
    public Optional<Catalogue> of(Databases.Seen database) {
        database.refusal(connections.user()).ifPresent(failure -> unread.putIfAbsent(database.name(), failure));
        return of(database.name());
    }

    /// Why a database cannot be read.
    public Optional<EngineFailure> whyNot(String database) {
        return Optional.ofNullable(unread.get(database));
    }

    @Override
    public void close() {
        open.forEach((database, catalogue) -> {
            try {
                catalogue.close();
            } catch (Unread broken) {
                connections.only(database, broken.failure); // all that was asked of it has come before
            }
        });
    }

    private Catalogue open(String database) {
        Catalogue known = open.get(database);
        if (known == null) {
            boolean first = database.equals(connections.maintenanceDatabase());
            known = new Catalogue(
                    database, connections.to(database), version, first ? () -> {} : connections::isServerThere);
            open.put(database, known);
        }
        return known;
    }
}
