package dev.rolewright.engine.postgres;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Reach;
import dev.rolewright.engine.postgres.connection.Connections;
import dev.rolewright.engine.postgres.connection.IdleConnections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// What can befall one database of a server, while all others go on as before.
enum Fault {
    NO_CONNECTIONS_LEFT("ALTER DATABASE %s CONNECTION LIMIT 0"),
    CONNECT_REVOKED("REVOKE CONNECT ON DATABASE %s FROM PUBLIC, connector"),
    LETS_NOBODY_IN("ALTER DATABASE %s ALLOW_CONNECTIONS false"),
    DROPPED("DROP DATABASE %s WITH (FORCE)"),
    RENAMED("ALTER DATABASE %1$s RENAME TO \"%1$s renamed\"") {
        @Override
        Undo befall(Scene scene, String database) throws SQLException {
            endSessions(scene, database);
            return super.befall(scene, database);
        }
    },
    REFUSED_BY_HBA {
        @Override
        Undo befall(Scene scene, String database) throws SQLException {
            Path file = file(scene);
            List<String> rules = lines(file);
            write(file, concat("host " + database + " " + Scene.CONNECTOR + " all reject", rules));
            scene.run("postgres", "SELECT pg_reload_conf()");
            while (reaches(scene, database)) {
                Thread.onSpinWait(); // the server reads it when it gets to it
            }
            return () -> {
                write(file, rules);
                scene.run("postgres", "SELECT pg_reload_conf()");
            };
        }
    },
    CATALOGUE_LOCKED {
        @Override
        Undo befall(Scene scene, String database) throws SQLException {
            Connection administrator = scene.administrator(database);
            administrator.setAutoCommit(false);
            scene.run(database, "LOCK TABLE pg_catalog.pg_policy");
            return Undo.NOTHING;
        }
    },
    SESSIONS_ENDED {
        @Override
        Undo befall(Scene scene, String database) throws SQLException {
            AtomicBoolean stopped = new AtomicBoolean();
            Connection killer = scene.server().administrator("postgres");
            Thread.ofPlatform().daemon().start(() -> {
                try (killer) {
                    while (!stopped.get()) {
                        Scene.ask(killer, ENDING.formatted(database));
                    }
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            return () -> stopped.set(true);
        }
    };

    private static final String ENDING =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s' AND pid <> pg_backend_pid()";

    /// Ends what would outlive the scene; most of it goes with the database.
    @FunctionalInterface
    interface Undo {
        Undo NOTHING = () -> {};

        void run() throws SQLException;
    }

    private final Optional<String> statement;

    Fault() {
        this.statement = Optional.empty();
    }

    /// @param statement for an administrator, with a place for the database
    Fault(String statement) {
        this.statement = Optional.of(statement);
    }

    Undo befall(Scene scene, String database) throws SQLException {
        scene.run("postgres", statement.orElseThrow().formatted(database));
        return Undo.NOTHING;
    }

    private static void endSessions(Scene scene, String database) throws SQLException {
        scene.administrator(database).close();
        scene.run("postgres", ENDING.formatted(database));
        while (!scene.ask("postgres", "SELECT 1 FROM pg_stat_activity WHERE datname = '" + database + "'")
                .isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private static boolean reaches(Scene scene, String database) {
        try (Connections connections = new Connections(reach(scene, database), Purpose.PROVE, new IdleConnections())) {
            connections.maintenance();
            return true;
        } catch (EngineFailure _) {
            return false;
        }
    }

    private static Reach reach(Scene scene, String database) {
        Reach usual = scene.reach();
        return new Reach(
                usual.target(),
                scene.server().jdbcUrl(database),
                usual.user(),
                usual.password(),
                usual.installation(),
                usual.patience());
    }

    private static Path file(Scene scene) throws SQLException {
        return Path.of(scene.ask("postgres", "SHOW hba_file").getFirst());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, List<String> lines) {
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> concat(String first, List<String> rest) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all;
    }
}
