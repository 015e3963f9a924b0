package dev.rolewright.scim.schema;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The catalog of the files in `scim-schemas/`, for tests that need no running application.
public final class StandardCatalog {

    /// Reads JSON as the product does: no key twice, decimals as they are written.
    public static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public static final Catalog CATALOG = Catalog.read(files());
    public static final ResourceType USER = CATALOG.type("User").orElseThrow();
    public static final ResourceType GROUP = CATALOG.type("Group").orElseThrow();
    public static final String USER_URN = USER.core().id();
    public static final String GROUP_URN = GROUP.core().id();
    public static final String ENTERPRISE_URN = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private StandardCatalog() {}

    /// The files by name, to which a test may add its own.
    public static Map<String, JsonNode> files() {
        try (Stream<Path> paths = Files.list(Path.of("scim-schemas"))) {
            List<Path> sorted = paths.sorted().toList();
            Map<String, JsonNode> files = new LinkedHashMap<>();
            for (Path path : sorted) {
                files.put(path.getFileName().toString(), JSON.readTree(Files.readString(path)));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A JSON object from text.
    public static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
