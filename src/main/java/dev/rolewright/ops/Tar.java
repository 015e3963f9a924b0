package dev.rolewright.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Unpacks the plain tar archives the PostgreSQL binaries come in: files, folders and symbolic links with short names.
///
/// Whatever else a tar can hold is refused, and so is a name that would leave the folder.
final class Tar {

    private static final int BLOCK = 512;
    private static final int OWNER_MAY_EXECUTE = 0100;

    private Tar() {}

    static void unpack(InputStream in, Path folder) throws IOException {
        byte[] header = new byte[BLOCK];
        while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
            Path file = inside(folder, folder.resolve(text(header, 0, 100)));
            long size = octal(header, 124, 12);
            switch (header[156]) {
                case '0', 0 -> copy(in, size, file, (octal(header, 100, 8) & OWNER_MAY_EXECUTE) != 0);
                case '5' -> Files.createDirectories(file);
                case '2' -> {
                    Path target = Path.of(text(header, 157, 100));
                    inside(folder, file.resolveSibling(target));
                    Files.createDirectories(file.getParent());
                    Files.createSymbolicLink(file, target);
                }
                default -> throw new IOException("a tar entry of type " + (char) header[156] + " is not expected here");
            }
        }
    }

    private static void copy(InputStream in, long size, Path file, boolean executable) throws IOException {
        Files.createDirectories(file.getParent());
        try (var out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (long left = size; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException("the archive ends inside " + file.getFileName());
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        if (executable && !file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    }

    private static Path inside(Path folder, Path file) throws IOException {
        if (!file.normalize().startsWith(folder.normalize())) {
            throw new IOException("the archive names " + file + ", which is outside of " + folder);
        }
        return file;
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(Arrays.copyOfRange(header, from, end), UTF_8);
    }

    private static long octal(byte[] header, int from, int length) throws IOException {
        try {
            return Long.parseLong(text(header, from, length).strip(), 8);
        } catch (NumberFormatException e) {
            throw new IOException("the archive's header is damaged", e);
        }
    }
}
