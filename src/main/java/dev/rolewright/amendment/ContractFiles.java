package dev.rolewright.amendment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolewright.contract.Place;
import dev.rolewright.contract.SourceFile;
import dev.rolewright.contract.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

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

    /// Why the files cannot be had, for people.
    static final class Unreadable extends IOException {

        private static final long serialVersionUID = 1L;

        private final transient Place place;

        Unreadable(Place place, String sentence) {
            super(sentence);
            this.place = place;
        }

        Place place() {
            return place;
        }
    }

    private ContractFiles(Path directory) {
        this.directory = directory;
    }

    /// Every time in the same order.
    ///
    /// @throws Unreadable nothing is left out silently
    static List<SourceFile> read(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new Unreadable(new Place(directory.toString(), 1, 1), "It is not a directory.");
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
        String name = name(path);
        Place start = new Place(Visible.of(name), 1, 1);
        if (attributes.isDirectory()) {
            throw new Unreadable(start, name + " lies too deep.");
        }
        String folded = name.toLowerCase(Locale.ROOT);
        if (folded.endsWith(".yaml") || folded.endsWith(".yml")) {
            if (!Visible.isWhole(name)) {
                throw new Unreadable(start, "A file has a name that nobody can read: " + start.file() + ".");
            }
            if (attributes.isSymbolicLink()) {
                return visitFileFailed(path, new NoSuchFileException(name));
            }
            if (!attributes.isRegularFile()) {
                throw new Unreadable(start, name + " is neither a file nor a folder.");
            }
            files.add(new SourceFile(name, text(start, content(path, start))));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
        if (isHidden(path)) {
            return FileVisitResult.CONTINUE;
        }
        String name = Visible.of(name(path));
        throw new Unreadable(
                new Place(name, 1, 1),
                switch (failure) {
                    case NoSuchFileException _ -> name + " is a link to nothing, or has just been taken away.";
                    case FileSystemLoopException _ -> name + " is a link that leads back to where it stands.";
                    case AccessDeniedException _ -> name + " may not be read by this process.";
                    default -> name + " cannot be read: " + failure + ".";
                });
    }

    private String name(Path path) {
        return directory.relativize(path).toString();
    }

    private boolean isHidden(Path path) {
        return !path.equals(directory) && path.getFileName().toString().startsWith(".");
    }

    /// No more of it than a contract may have, however long it is by then; some files never end.
    private byte[] content(Path path, Place start) throws IOException {
        int room = (int) (MOST_BYTES - bytes);
        byte[] content;
        try (InputStream in = Files.newInputStream(path)) {
            content = in.readNBytes(room + 1);
        } catch (FileSystemException e) {
            visitFileFailed(path, e);
            throw e;
        }
        if (content.length > room || files.size() == MOST_FILES) {
            throw new Unreadable(
                    start,
                    "There are more than " + MOST_FILES + " files or " + (MOST_BYTES >> 20)
                            + " MB, which no contract has.");
        }
        bytes += content.length;
        return content;
    }

    /// Strictly: a contract does not say what nobody wrote.
    private static String text(Place start, byte[] content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer text = CharBuffer.allocate(content.length);
        CoderResult result = UTF_8.newDecoder().decode(bytes, text, true);
        text.flip();
        if (result.isError()) {
            List<String> lines = (text + "|").lines().toList();
            throw new Unreadable(
                    new Place(
                            start.file(),
                            lines.size(),
                            lines.getLast().codePointCount(0, lines.getLast().length())),
                    start.file() + " is not written in UTF-8.");
        }
        return text.toString();
    }
}
