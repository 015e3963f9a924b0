package dev.rolewright;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A machine under one folder that has just the tools, JDKs and Mavens a test gives it.
///
/// The script under test is the real one, copied; only its absolute places, the archive's address and the checksum are
/// made to point at this machine.
final class MadeUpMachine {

    private static final List<String> TOOLS =
            List.of("sh", "sed", "head", "sort", "dirname", "mkdir", "mv", "rm", "cp", "cat");

    record Run(int status, String out, String err) {}

    private final Path root;
    private final Path bin;
    private final Path archive;
    private final Map<String, String> environment = new TreeMap<>();

    MadeUpMachine(Path root) throws IOException {
        this.root = root;
        bin = Files.createDirectories(root.resolve("bin"));
        archive = root.resolve("archive/maven.zip");
        Files.createDirectories(root.resolve("home"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(bin.resolve(tool), find(tool));
        }
        putMavenIntoTheArchive();
        putProject();
    }

    Path path(String relative) {
        return root.resolve(relative);
    }

    String archive() {
        return archive.toUri().toString();
    }

    /// A JDK that tells the given version and otherwise works, because the JDK of this test does the work.
    Path jdk(String relative, String version) throws IOException {
        Path home = path(relative);
        script(home.resolve("bin/javac"), "exit 0");
        script(home.resolve("bin/java"), """
                if [ "$1" = -XshowSettings:properties ]; then
                    printf 'Property settings:\\n    java.home = %%s\\n    java.specification.version = %%s\\n' "%s" "%s" >&2
                else
                    exec "%s" "$@"
                fi
                """.formatted(
                        home, version, Path.of(System.getProperty("java.home"), "bin", "java")));
        return home;
    }

    void anyJdk() throws IOException {
        javaHome(jdk("own/jdk", "25"));
    }

    void javaHome(Path home) {
        environment.put("JAVA_HOME", home.toString());
    }

    void onPath(Path jdk) throws IOException {
        Files.createSymbolicLink(bin.resolve("java"), jdk.resolve("bin/java"));
    }

    /// A Maven that colours its version as the real one does, and cannot fetch anything.
    void mvn(String version) throws IOException {
        script(bin.resolve("mvn"), maven(version));
    }

    void mvnCanFetch() throws IOException {
        Files.createFile(path("mvn-can-fetch"));
    }

    void curl() throws IOException {
        script(
                bin.resolve("curl"),
                "while [ $# -gt 2 ]; do shift; done\n[ \"$2\" = \"%s\" ] && exec cp \"%s\" \"$1\""
                        .formatted(archive(), archive));
    }

    void nothingCanBeFetched() throws IOException {
        Files.deleteIfExists(archive);
        Files.deleteIfExists(path("mvn-can-fetch"));
    }

    void archiveIsTamperedWith() throws IOException {
        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length / 2] ^= 1;
        Files.write(archive, bytes);
    }

    /// What lies in the folder where fetched Mavens are kept.
    List<String> fetched() throws IOException {
        Path folder = path("home/.m2/rolewright");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    Run mvnw(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(path("project/mvnw").toString()));
        command.addAll(List.of(arguments));
        Path out = path("out");
        Path err = path("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(path("home").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("HOME", path("home").toString());
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("mvnw hangs");
        }
        return new Run(
                process.exitValue(),
                Files.readString(out).strip(),
                Files.readString(err).strip());
    }

    private String maven(String version) {
        return """
                case "$*" in
                -v) printf '\\033[1mApache Maven %s (0123abc)\\033[m\\nMaven home: /somewhere\\n' ;;
                *dependency-plugin*) [ -f "%s" ] && exec cp "%s" apache-maven-3.9.11-bin.zip ;;
                fail) exit 7 ;;
                *) printf 'maven %s on %%s: ' "$JAVA_HOME"; IFS='|'; printf '%%s\\n' "$*" ;;
                esac
                """.formatted(version, path("mvn-can-fetch"), archive, version);
    }

    private void putMavenIntoTheArchive() throws IOException {
        Files.createDirectories(archive.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("apache-maven-3.9.11/"));
            zip.putNextEntry(new ZipEntry("apache-maven-3.9.11/bin/mvn"));
            zip.write(("#!/bin/sh\n" + maven("pinned")).getBytes(UTF_8));
        }
    }

    private void putProject() throws IOException {
        String script = Files.readString(Path.of("mvnw"))
                .replace(" /Library/", " " + root + "/Library/")
                .replace(" /opt/", " " + root + "/opt/")
                .replace(" /usr/", " " + root + "/usr/")
                .replaceFirst("maven_archive=.*", "maven_archive=" + archive())
                .replaceFirst("maven_sha512=.*", "maven_sha512=" + sha512(archive));
        Path tools = Files.createDirectories(path("project/.mvn"));
        for (String tool : List.of("Download.java", "Unpack.java")) {
            Files.copy(Path.of(".mvn", tool), tools.resolve(tool));
        }
        executable(path("project/mvnw"), script);
    }

    private static void script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        executable(file, "#!/bin/sh\n" + body);
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }

    private static Path find(String tool) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static String sha512(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
