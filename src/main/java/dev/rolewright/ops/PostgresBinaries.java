package dev.rolewright.ops;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/// The PostgreSQL server programs that travel as an archive on the class path, one archive for each platform.
final class PostgresBinaries {

    private PostgresBinaries() {}

    /// Unpacks this platform's archive below a folder, unless it lies there already, and returns where.
    static Path unpackBelow(Path folder) {
        String name = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
        URL archive = PostgresBinaries.class.getClassLoader().getResource(name);
        if (archive == null || Files.exists(Path.of("/etc/alpine-release"))) {
            throw new EmbeddedStoreFailure("no embedded PostgreSQL for this platform (" + name
                    + ") is packaged; QUARKUS_DATASOURCE_JDBC_URL names a server to use instead");
        }
        return unpackBelow(folder, archive);
    }

    /// The same with a given archive.
    ///
    /// The place is named after the archive's checksum, so that another version gets another place; it
    /// appears complete or not at all. Only one caller at a time may use the folder.
    static Path unpackBelow(Path folder, URL archive) {
        try {
            Path place = folder.resolve("postgresql-" + checksum(archive));
            if (!Files.exists(place)) {
                Files.createDirectories(folder);
                unpack(archive, place);
            }
            return place;
        } catch (IOException e) {
            throw new EmbeddedStoreFailure("PostgreSQL cannot be unpacked below " + folder + " (" + e + ")", e);
        }
    }

    static String archive(String system, String processor) {
        String os = system.toLowerCase(Locale.ROOT);
        String family = os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "windows" : os;
        String arch = switch (processor) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> processor;
        };
        return "postgres-" + family + "-" + arch + ".txz";
    }

    private static String checksum(URL archive) throws IOException {
        JarURLConnection connection = (JarURLConnection) archive.openConnection();
        return String.format(Locale.ROOT, "%08x", connection.getJarEntry().getCrc());
    }

    private static void unpack(URL archive, Path place) throws IOException {
        Path draft = place.resolveSibling("draft");
        delete(draft); // a start that was killed may have left it
        try (InputStream in = new XZInputStream(new BufferedInputStream(archive.openStream(), 1 << 16))) {
            Tar.unpack(in, draft);
        }
        Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
