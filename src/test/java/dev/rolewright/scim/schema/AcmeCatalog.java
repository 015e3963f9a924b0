package dev.rolewright.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The standard catalog and a company's extension that has an attribute of every type.
public final class AcmeCatalog {

    public static final Catalog CATALOG = Catalog.read(files());
    public static final ResourceType USER = CATALOG.type("User").orElseThrow();
    public static final ResourceType GROUP = CATALOG.type("Group").orElseThrow();
    public static final String ACME_URN = "urn:example:acme:1.0:User";

    private AcmeCatalog() {}

    private static Map<String, JsonNode> files() {
        Path acme = Path.of("src", "test", "resources", "schemas", "acme-user.schema.json");
        try {
            Map<String, JsonNode> files = StandardCatalog.files();
            files.put("acme-user.schema.json", StandardCatalog.JSON.readTree(Files.readString(acme)));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
