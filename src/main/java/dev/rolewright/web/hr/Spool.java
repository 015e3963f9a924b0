package dev.rolewright.web.hr;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/// A body that is too large for memory, in a file that only we can read and that is gone when it is closed, or when we
/// are.
final class Spool implements AutoCloseable {

    private final FileChannel file;

    private Spool(FileChannel file) {
        this.file = file;
    }

    static Spool open(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new Spool(FileChannel.open(
                folder.resolve("rolewright-feed-" + UUID.randomUUID()),
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE), // where it can, Java does that at once
                onlyOwner()));
    }

    void write(byte[] bytes, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
        while (rest.hasRemaining()) {
            file.write(rest);
        }
    }

    /// What was written, from its beginning; closing the stream closes the spool.
    InputStream read() throws IOException {
        return Channels.newInputStream(file.position(0));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static FileAttribute<?>[] onlyOwner() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
