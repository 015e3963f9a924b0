package dev.rolewright.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rolewright.scim.schema.Catalog;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.util.ClassPathUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the schemas this installation knows: those in the jar, and a company's own from a directory outside.
///
/// A file that is not sound stops the start-up and says why. Running on without an extension would drop its data from
/// every resource that is written meanwhile.
@ApplicationScoped
class SchemaFiles {

    /// One file that is always there leads to its neighbours, be they in a jar or in a folder.
    private static final String ANCHOR = "scim-schemas/resource-types.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Optional<Path> directory;

    SchemaFiles(SchemaConfig config) {
        this.directory = config.directory();
    }

    @Produces
    @Singleton
    @Startup
    Catalog catalog() {
        Map<String, JsonNode> files = new LinkedHashMap<>();
        readPackaged(files);
        directory.ifPresent(path -> readDirectory(path, files));
        return Catalog.read(files);
    }

    private static void readPackaged(Map<String, JsonNode> files) {
        try {
            ClassPathUtils.consumeAsPaths(
                    Thread.currentThread().getContextClassLoader(),
                    ANCHOR,
                    anchor -> readAll(
                            Objects.requireNonNull(anchor.toAbsolutePath().getParent()), "scim-schemas/", files));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readDirectory(Path path, Map<String, JsonNode> files) {
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException(
                    "rolewright.scim.schemas.directory is " + path + ", which is not a directory");
        }
        readAll(path, path + "/", files);
    }

    private static void readAll(Path folder, String prefix, Map<String, JsonNode> files) {
        try (Stream<Path> paths = Files.list(folder)) {
            List<Path> json = paths.filter(path -> path.getFileName().toString().endsWith(".json"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            for (Path path : json) {
                String name = prefix + path.getFileName();
                files.put(name, read(name, path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String name, Path path) throws IOException {
        try {
            return JSON.readTree(Files.readString(path));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new IllegalArgumentException(name + ", line " + line + ": " + e.getOriginalMessage(), e);
        }
    }
}
