package dev.rolewright.engine.postgres.catalogue;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The databases of a server.
public final class Databases {

    /// @param alive whether anybody may connect at all
    /// @param open whether our login may
    public record Seen(long id, String name, boolean alive, boolean open) {

        /// Why it is in vain to connect.
        ///
        /// @param user our login
        public Optional<EngineFailure> refusal(String user) {
            if (!alive) {
                return Optional.of(because(
                        Kind.REFUSED,
                        "It lets nobody in.",
                        "ALTER DATABASE " + Quoting.name(name) + " ALLOW_CONNECTIONS true;"));
            }
            return open
                    ? Optional.empty()
                    : Optional.of(because(
                            Kind.RIGHT_MISSING,
                            "Our login may not connect.",
                            "GRANT CONNECT ON DATABASE " + Quoting.name(name) + " TO " + Quoting.name(user) + ";"));
        }

        private EngineFailure because(Kind kind, String sentence, String remedy) {
            return Failures.in(name, new EngineFailure(kind, "", sentence, Optional.of(remedy)));
        }
    }

    private final List<Seen> all = new ArrayList<>();

    public static Databases read(Catalogue catalogue) {
        Databases databases = new Databases();
        catalogue.read(
                "databases",
                row -> databases.all.add(
                        new Seen(row.getLong(1), row.getString(2), row.getBoolean(3), row.getBoolean(4))));
        return databases;
    }

    public Optional<Seen> of(long id) {
        return all.stream().filter(database -> database.id() == id).findFirst();
    }

    public boolean has(String name) {
        return all.stream().anyMatch(database -> database.name().equals(name));
    }

    /// The ones whose privileges are not ours to manage.
    public List<Seen> unmanaged(Target target) {
        return all.stream().filter(database -> !target.manages(database.name())).toList();
    }

    /// The ones whose privileges we manage, in the order of their names. One that lets nobody in is
    /// among them where the contract names it.
    public List<Seen> managed(Target target) {
        return all.stream()
                .filter(database ->
                        target.manages(database.name()) && (database.alive() || !target.manages(Target.EVERY_DATABASE)))
                .toList();
    }
}
