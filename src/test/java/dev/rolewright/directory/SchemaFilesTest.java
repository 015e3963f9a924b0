package dev.rolewright.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.ResourceType;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaFilesTest {

    private static final String STAFF = """
            {"id": "urn:example:staff", "name": "Staff", "description": "Staff.", "extends": "User",
             "attributes": [{"name": "badge", "description": "The badge."}]}""";

    @TempDir
    Path directory;

    @Test
    void readsThePackagedFiles() {
        Catalog catalog = new SchemaFiles(Optional::empty).catalog();

        assertThat(catalog.types()).extracting(ResourceType::name).containsExactly("User", "Group");
        assertThat(catalog.schemas()).hasSize(7);
    }

    @Test
    void readsThemOutOfAJarToo() throws Exception {
        Path jar = directory.resolve("app.jar");
        try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of("create", "true"));
                Stream<Path> files = Files.list(Path.of("scim-schemas"))) {
            Path folder = Files.createDirectory(zip.getPath("scim-schemas"));
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            Thread.currentThread().setContextClassLoader(loader);

            assertThat(new SchemaFiles(Optional::empty).catalog().schemas()).hasSize(7);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void addsTheFilesOfADirectory() throws IOException {
        Files.writeString(directory.resolve("staff.json"), STAFF);
        Files.writeString(directory.resolve("README.md"), "no schema");
        Files.createDirectory(directory.resolve("old.json"));

        Catalog catalog = new SchemaFiles(() -> Optional.of(directory)).catalog();

        assertThat(catalog.type("User").orElseThrow().extension("urn:example:staff"))
                .isPresent();
    }

    @Test
    void saysWhichFileIsBrokenAndWhere() throws IOException {
        Path file = Files.writeString(directory.resolve("staff.json"), "{\n\"id\": }");
        assertThatThrownBy(() -> new SchemaFiles(() -> Optional.of(directory)).catalog())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ", line 2: ");

        Files.writeString(file, STAFF.replace("badge\"", "badge\", \"name\": \"b\""));
        assertThatThrownBy(() -> new SchemaFiles(() -> Optional.of(directory)).catalog())
                .hasMessageContaining("Duplicate");

        Files.writeString(file, STAFF.replace("\"attributes\"", "\"Attributes\""));
        assertThatThrownBy(() -> new SchemaFiles(() -> Optional.of(directory)).catalog())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ": knows no key Attributes");
    }

    @Test
    void refusesADirectoryThatIsNotThere() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> new SchemaFiles(() -> Optional.of(missing)).catalog())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rolewright.scim.schemas.directory is " + missing + ", which is not a directory");
    }
}
