package dev.rolewright.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// What the published API document says of answers under `/api`, and whether one is as it says.
final class PublishedAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOCUMENT = "META-INF/quarkus-generated-openapi-doc.JSON";

    /// Refusals that are declared where they can come; the others are what `default` is for.
    private static final Set<String> NAMED = Set.of("400", "401", "403", "404", "409", "429");

    private final JsonNode document;
    private final List<String> paths;
    private final JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private final Map<JsonNode, JsonSchema> read = new ConcurrentHashMap<>();

    private PublishedAnswers(JsonNode document) {
        this.document = document;
        this.paths = document.path("paths").properties().stream()
                .map(Map.Entry::getKey)
                .filter(path -> path.startsWith("/api/"))
                .sorted(Comparator.comparing(
                        path -> path.chars().filter(c -> c == '{').count()))
                .toList();
        // What an answer has more than the document says was forgotten there.
        document.path("components").path("schemas").forEach(schema -> {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
    }

    /// As it was built into the application of this test, so no door stands before it.
    static PublishedAnswers ofThisApplication() {
        try (InputStream stream = Objects.requireNonNull(
                Thread.currentThread().getContextClassLoader().getResourceAsStream(DOCUMENT))) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            // Where a JSON Schema has what others refer to.
            return new PublishedAnswers(JSON.readTree(text.replace("#/components/schemas/", "#/$defs/")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is not as the document says; of an address or a method that it does not list it says nothing.
    ///
    /// @param path as it was asked, without the query
    List<String> complaints(String verb, String path, int status, String type, String body) {
        return paths.stream()
                .filter(template -> path.matches(template.replaceAll("\\{[^}]*}", "[^/]+")))
                .findFirst()
                .map(template -> document.path("paths").path(template).path(verb.toLowerCase(Locale.ROOT)))
                .filter(JsonNode::isObject)
                .map(operation -> complaints(operation.path("responses"), String.valueOf(status), type, body))
                .orElse(List.of());
    }

    private List<String> complaints(JsonNode answers, String status, String type, String body) {
        boolean byItself = status.startsWith("2") || NAMED.contains(status) || answers.has(status);
        JsonNode declared = answers.path(byItself ? status : "default");
        if (declared.isMissingNode()) {
            return List.of(status + " is not declared");
        }
        if (body.isEmpty()) {
            return List.of();
        }
        String plain = type.replaceFirst(";.*", "");
        Optional<JsonNode> schema =
                Optional.of(declared.path("content").path(plain).path("schema")).filter(JsonNode::isObject);
        if (schema.isEmpty()) {
            return List.of(status + " is not declared as " + plain);
        }
        return plain.endsWith("json") ? complaints(schema.get(), body).toList() : List.of();
    }

    private Stream<String> complaints(JsonNode schema, String body) {
        try {
            return read.computeIfAbsent(schema, this::schema).validate(JSON.readTree(body)).stream()
                    .map(Object::toString);
        } catch (JsonProcessingException e) {
            return Stream.of("The body is no JSON.");
        }
    }

    private JsonSchema schema(JsonNode schema) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.setAll((ObjectNode) schema);
        root.set("$defs", document.path("components").path("schemas"));
        return schemas.getSchema(root);
    }
}
