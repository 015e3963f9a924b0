package dev.rolewright.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The keys that the application reads: those on the page of the reference, which other tests hold to our code, as far
/// as the platform, where a key is the platform's, knows them too.
///
/// @param keys with `<name>` for what the operator chooses
public record KnownKeys(Set<String> keys) {

    private static final Path PAGE = Path.of("src/docs/reference/configuration.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z][^`]+)` \\|");
    private static final String MODELS = "META-INF/quarkus-config-doc/quarkus-config-model.json";

    public static KnownKeys read() throws IOException {
        Set<String> keys = new HashSet<>(onThePage());
        Set<String> ofThePlatform = ofThePlatform();
        keys.removeIf(key -> key.startsWith("quarkus.") && !ofThePlatform.contains(key));
        return new KnownKeys(keys);
    }

    static Set<String> onThePage() throws IOException {
        return ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());
    }

    public boolean hasKey(String key) {
        return keys.stream()
                .anyMatch(known -> key.matches(known.replace(".", "\\.").replace("<name>", "[a-z0-9-]+")));
    }

    /// Whether one of the keys is set by an environment variable of this name.
    boolean hasVariable(String variable) {
        return keys.stream()
                .map(known -> known.replace("<name>", "*").toUpperCase(Locale.ROOT))
                .map(known -> known.replaceAll("[^A-Z0-9*]", "_").replace("*", "[A-Z0-9_]+"))
                .anyMatch(variable::matches);
    }

    /// What can still be set when the application starts.
    private static Set<String> ofThePlatform() throws IOException {
        Set<String> keys = new HashSet<>();
        ObjectMapper json = new ObjectMapper();
        for (URL model : Collections.list(KnownKeys.class.getClassLoader().getResources(MODELS))) {
            try (InputStream in = model.openStream()) {
                for (JsonNode item : json.readTree(in).findParents("path")) {
                    if (item.path("phase").asText().equals("RUN_TIME")) {
                        keys.add(item.at("/path/property").asText());
                    }
                }
            }
        }
        return keys;
    }
}
