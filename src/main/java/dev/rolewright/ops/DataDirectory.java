package dev.rolewright.ops;

import dev.rolewright.credential.Secret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The folder that holds what a Rolewright without a database server of its own has to remember.
///
/// Nobody but its owner can look inside, where the file system knows owners.
record DataDirectory(Path path) {

    /// Makes the folder where it is missing.
    static DataDirectory at(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute, onlyOwner("rwx------"));
            return new DataDirectory(absolute.toRealPath());
        } catch (IOException e) {
            throw new EmbeddedStoreFailure(
                    "the data directory " + absolute + " cannot be made (" + e + "); ROLEWRIGHT_DATA_DIR names another",
                    e);
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /// Gives the secret kept under a name, made and written down when it is asked for the first time.
    Secret secret(String name, Supplier<Secret> fresh) {
        Path file = resolve(name);
        try {
            if (!Files.exists(file)) {
                Path draft = Files.createTempFile(path, name, ".draft", onlyOwner("rw-------"));
                Files.writeString(draft, fresh.get().reveal());
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Secret.of(Files.readString(file).strip());
        } catch (IOException e) {
            throw new EmbeddedStoreFailure("the file " + file + " can be neither read nor made (" + e + ")", e);
        }
    }

    /// Takes the folder for this process until the lock is released or the process ends, however it ends.
    FileLock lock() {
        Path file = resolve("lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new EmbeddedStoreFailure("another Rolewright is using the data directory " + path
                        + "; stop it, or give this one its own with ROLEWRIGHT_DATA_DIR");
            }
            return lock;
        } catch (IOException e) {
            throw new EmbeddedStoreFailure("the data directory " + path + " cannot be locked (" + e + ")", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null; // held by this very process
        }
    }

    private static FileAttribute<?>[] onlyOwner(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
