package dev.rolewright.ops;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A PostgreSQL server of some version that stands for a customer's, started by whoever asks first and stopped with
/// the JVM.
///
/// Where it is stands in system properties, because Quarkus loads this class once more in each of its class loaders.
public final class TargetServer {

    private static final Path FOLDER = Path.of("target", "target-postgres");
    private static final int SIMULTANEOUS_JVMS = 8;
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "off",
            "full_page_writes", "off",
            "synchronous_commit", "off",
            "shared_buffers", "64MB",
            "max_connections", "100",
            "max_prepared_transactions", "5");
    private static final String AGES = "track_commit_timestamp";

    private TargetServer() {}

    /// The JDBC URL of the server's maintenance database; started now if nobody asked before.
    public static String jdbcUrl(int major) {
        return started(major, "url", true);
    }

    /// The same of another server, which does not keep when its rows were written.
    public static String undatedJdbcUrl(int major) {
        return started(major, "url", false);
    }

    /// The bootstrap superuser.
    public static String user() {
        return PostgresServer.USER;
    }

    public static String password(int major) {
        return started(major, "password", true);
    }

    public static String undatedPassword(int major) {
        return started(major, "password", false);
    }

    private static String started(int major, String what, boolean dated) {
        String name = major + (dated ? "" : "-undated");
        String property = "test.rolewright.target." + name + ".";
        synchronized (System.class) {
            if (System.getProperty(property + "url") == null) {
                EmbeddedStore server = open(major, name, dated, 1);
                Runtime.getRuntime().addShutdownHook(new Thread(server::close));
                System.setProperty(property + "password", server.password().reveal());
                System.setProperty(property + "url", server.jdbcUrl());
            }
            return System.getProperty(property + what);
        }
    }

    /// Another test JVM may be at work in the same checkout; each takes a folder of its own.
    private static EmbeddedStore open(int major, String name, boolean dated, int number) {
        DataDirectory directory = DataDirectory.at(FOLDER.resolve(name + "-" + number));
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put(AGES, dated ? "on" : "off");
        try {
            return EmbeddedStore.open(
                    directory,
                    folder -> PostgresBinaries.unpackBelow(folder, archive(major)),
                    List.of("--locale=C", "--no-sync"),
                    settings);
        } catch (EmbeddedStoreFailure e) {
            if (number == SIMULTANEOUS_JVMS || !e.getMessage().startsWith("another Rolewright")) {
                throw e;
            }
            return open(major, name, dated, number + 1);
        }
    }

    private static URL archive(int major) {
        Path jar = FOLDER.resolve("archives").resolve(major + ".jar").toAbsolutePath();
        String name = PostgresBinaries.archive(System.getProperty("os.name"), System.getProperty("os.arch"));
        try {
            if (!Files.exists(jar)) {
                throw new IllegalStateException(jar + " is missing; ./mvnw process-test-classes brings it");
            }
            return URI.create(String.format(Locale.ROOT, "jar:%s!/%s", jar.toUri(), name))
                    .toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
