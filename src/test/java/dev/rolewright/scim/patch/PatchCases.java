package dev.rolewright.scim.patch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.StandardCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A user type with attributes of every kind, and JSON that is short to write.
final class PatchCases {

    static final String ENTERPRISE = StandardCatalog.ENTERPRISE_URN;
    static final String ACME = "urn:example:acme:1.0:User";
    static final String ODD = "urn:example:odd:1.0:User";
    static final PatchLimits LIMITS = new PatchLimits(100, 1_000, FilterLimits.STANDARD);

    static final Catalog CATALOG = Catalog.read(files());
    static final ResourceType USER = CATALOG.type("User").orElseThrow();
    static final ResourceType GROUP = CATALOG.type("Group").orElseThrow();

    private static final ObjectMapper LOOSE = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private PatchCases() {}

    private static Map<String, JsonNode> files() {
        try {
            Map<String, JsonNode> files = StandardCatalog.files();
            for (String name : List.of("acme-user.schema.json", "odd-user.schema.json")) {
                Path path = Path.of("src", "test", "resources", "schemas", name);
                files.put(name, StandardCatalog.JSON.readTree(Files.readString(path)));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// JSON with single quotes and bare keys; `ent:`, `acme:` and `odd:` stand for the URNs of the extensions.
    static JsonNode loose(String text) {
        try {
            return LOOSE.readTree(urns(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static String urns(String text) {
        return text.replaceAll("\\bent\\b", ENTERPRISE)
                .replaceAll("\\bacme\\b", ACME)
                .replaceAll("\\bodd\\b", ODD);
    }

    /// A document of a user called ada.
    static ObjectNode user(String attributes) {
        ObjectNode document = StandardCatalog.json("{\"userName\":\"ada\"}");
        document.setAll((ObjectNode) loose(attributes));
        return document;
    }

    /// The operations of a body; a single one needs no brackets.
    static List<PatchOp> operations(String operations) {
        JsonNode node = loose(operations);
        ObjectNode body = StandardCatalog.json("{\"schemas\":[\"" + PatchParser.URN + "\"]}");
        body.set("Operations", node.isArray() ? node : body.arrayNode().add(node));
        return PatchParser.parse(body, LIMITS);
    }
}
