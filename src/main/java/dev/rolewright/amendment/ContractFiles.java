package dev.rolewright.amendment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolewright.contract.SourceFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/// Reads the files of a contract's directory: all `.yaml` and `.yml` below it, apart from what is hidden.
///
/// Links are followed and what is hidden is passed over, because Kubernetes keeps the files of a volume in a hidden
/// directory, which it exchanges as a whole, and shows them as links.
final class ContractFiles extends SimpleFileVisitor<Path> {

    private static final int DEEPEST = 8;
    private static final int MOST_FILES = 1_000;
    private static final long MOST_BYTES = 16L << 20;

    private final Path directory;
    private final List<SourceFile> files = new ArrayList<>();
    private long bytes;

    private ContractFiles(Path directory) {
        this.directory = directory;
    }

    /// Every time in the same order.
    ///
    /// @throws IOException with a sentence for people, or from the file system; nothing is left out silently
    static List<SourceFile> read(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("It is not a directory.");
        }
        ContractFiles reading = new ContractFiles(directory.toRealPath());
        Files.walkFileTree(reading.directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, reading);
        return reading.files.stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
        if (isHidden(path)) {
            return FileVisitResult.CONTINUE;
        }
        String name = directory.relativize(path).toString();
        if (attributes.isDirectory()) {
            throw new IOException(name + " lies too deep.");
        }
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            bytes += attributes.size();
            if (bytes > MOST_BYTES || files.size() == MOST_FILES) {
                throw new IOException("It has more than " + MOST_FILES + " files or " + (MOST_BYTES >> 20)
                        + " MB, which no contract has.");
            }
            files.add(new SourceFile(name, text(name, Files.readAllBytes(path))));
        }
        return FileVisitResult.CONTINUE;
    }

    private boolean isHidden(Path path) {
        return !path.equals(directory) && path.getFileName().toString().startsWith(".");
    }

    /// Strictly: a contract does not say what nobody wrote.
    private static String text(String name, byte[] content) throws IOException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            throw new IOException(name + " is not written in UTF-8.", e);
        }
    }
}
