package dev.rolewright.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The files of `deploy/`, as they are or as a test spoiled them.
///
/// @param texts by their path below the folder
record DeployFiles(Map<String, String> texts) {

    static final Path FOLDER = Path.of("deploy");

    private static final YAMLMapper YAML = new YAMLMapper();

    /// By their text: the same files are read for every law.
    private static final Map<String, List<JsonNode>> PARSED = new ConcurrentHashMap<>();

    static DeployFiles read() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(FOLDER.relativize(file).toString(), Files.readString(file));
            }
        }
        return new DeployFiles(texts);
    }

    /// The same with one file changed.
    DeployFiles with(String path, UnaryOperator<String> change) {
        Map<String, String> changed = new TreeMap<>(texts);
        changed.put(path, change.apply(text(path)));
        return new DeployFiles(changed);
    }

    String text(String path) {
        return Objects.requireNonNull(texts.get(path), path);
    }

    /// All documents of a file.
    Stream<JsonNode> yaml(String path) {
        return PARSED.computeIfAbsent(text(path), DeployFiles::parse).stream();
    }

    private static List<JsonNode> parse(String text) {
        try {
            return YAML.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode compose() {
        return yaml("compose/compose.yaml").findFirst().orElseThrow();
    }

    /// Everything that is put on Kubernetes.
    Stream<JsonNode> objects() {
        return yaml("kustomization.yaml")
                .flatMap(kustomization -> Elements.of(kustomization.path("resources")))
                .flatMap(resource -> yaml(resource.asText()));
    }

    /// Of one kind, as `Deployment`.
    Stream<JsonNode> objects(String kind) {
        return objects().filter(it -> it.path("kind").asText().equals(kind));
    }
}
