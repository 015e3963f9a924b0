package dev.rolewright.ops;

import dev.rolewright.credential.Secret;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A PostgreSQL server of our own in a data directory, from [#open] to [#close].
///
/// Nothing is lost when this process is killed: the server goes on without us, and whoever opens the
/// data directory next ends it cleanly first.
final class EmbeddedStore implements AutoCloseable {

    /// The database that is the store.
    static final String DATABASE = "postgres";

    private final FileLock lock;
    private final PostgresServer server;
    private final Secret password;
    private final int port;

    private EmbeddedStore(FileLock lock, PostgresServer server, Secret password, int port) {
        this.lock = lock;
        this.server = server;
        this.password = password;
        this.port = port;
    }

    static EmbeddedStore open(DataDirectory directory) {
        return open(directory, Map.of());
    }

    static EmbeddedStore open(DataDirectory directory, Map<String, String> settings) {
        return open(directory, PostgresBinaries::unpackBelow, PostgresServer.BUILTIN_LOCALE, settings);
    }

    /// @param programs unpacks the server's programs below a folder
    static EmbeddedStore open(
            DataDirectory directory, UnaryOperator<Path> programs, List<String> locale, Map<String, String> settings) {
        FileLock lock = directory.lock();
        try {
            Secret password = directory.secret("postgres.password", EmbeddedStore::newPassword);
            PostgresServer server = new PostgresServer(programs.apply(directory.resolve("programs")), directory.path());
            server.endOrphan();
            server.create(directory.resolve("postgres.password"), locale);
            server.admit(List.of());
            return new EmbeddedStore(lock, server, password, server.start(settings));
        } catch (IOException | RuntimeException e) {
            release(lock);
            throw e instanceof EmbeddedStoreFailure failure
                    ? failure
                    : new EmbeddedStoreFailure(
                            "the embedded store in " + directory.path() + " cannot be used (" + e + ")", e);
        }
    }

    String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /// Lets in whom these lines of the server's own language let in, until the store is opened again.
    void admit(List<String> lines) {
        try {
            server.admit(lines);
            server.reload();
        } catch (IOException e) {
            throw new EmbeddedStoreFailure("the embedded PostgreSQL could not be told whom to let in (" + e + ")", e);
        }
    }

    String user() {
        return PostgresServer.USER;
    }

    Secret password() {
        return password;
    }

    @Override
    public void close() {
        try {
            server.stopAfterClients();
        } catch (IOException e) {
            throw new EmbeddedStoreFailure("the embedded PostgreSQL could not be stopped (" + e + ")", e);
        } finally {
            release(lock);
        }
    }

    private static void release(FileLock lock) {
        try {
            lock.acquiredBy().close();
        } catch (IOException _) {
            // Nothing depends on it: the lock ends with this process at the latest.
        }
    }

    static Secret newPassword() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Secret.of(HexFormat.of().formatHex(bytes));
    }
}
