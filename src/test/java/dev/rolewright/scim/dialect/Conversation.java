package dev.rolewright.scim.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.schema.StandardCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an identity provider says and what it must be told, from `src/test/resources/dialects`.
///
/// A body is compared by what the recording mentions: `null` means that the member must be missing, `"@any"` that it
/// must be there, and an array whose first element is `"@unordered"` has the others in any order. `${ada}` stands for
/// what an earlier reply was asked for with `"capture": {"ada": "/id"}`.
public record Conversation(String name, List<Exchange> exchanges) {

    private static final Path FOLDER = Path.of("src", "test", "resources", "dialects");

    /// @param path below the base URL, with the query
    /// @param quirks the codes of the rules that must fire
    public record Exchange(
            String item,
            String name,
            String method,
            String path,
            Map<String, String> headers,
            Optional<JsonNode> body,
            int status,
            Map<String, String> replyHeaders,
            Optional<JsonNode> reply,
            Set<String> quirks,
            Map<String, String> capture) {

        @Override
        public String toString() {
            return item + " " + name;
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /// All recordings, by file name.
    public static Stream<Conversation> all() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Conversation::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Conversation read(Path file) {
        try {
            JsonNode json = StandardCatalog.JSON.readTree(Files.readString(file));
            Map<String, String> headers = texts(json.path("headers"));
            List<Exchange> exchanges = new ArrayList<>();
            json.path("exchanges").forEach(exchange -> exchanges.add(exchange(exchange, headers)));
            return new Conversation(FOLDER.relativize(file).toString(), List.copyOf(exchanges));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Exchange exchange(JsonNode json, Map<String, String> common) {
        JsonNode request = json.path("request");
        JsonNode response = json.path("response");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(common);
        headers.putAll(texts(request.path("headers")));
        if (!request.has("body")) {
            headers.remove("Content-Type");
        }
        Set<String> quirks = new TreeSet<>();
        json.path("quirks").forEach(quirk -> quirks.add(quirk.textValue()));
        return new Exchange(
                json.path("item").textValue(),
                json.path("name").textValue(),
                request.path("method").textValue(),
                request.path("path").textValue(),
                headers,
                Optional.ofNullable(request.get("body")),
                response.path("status").intValue(),
                texts(response.path("headers")),
                Optional.ofNullable(response.get("body")),
                quirks,
                texts(json.path("capture")));
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.propertyStream()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().textValue()));
        return texts;
    }

    /// The text with what was captured so far in place of its variables.
    public static String filled(String text, Map<String, String> captured) {
        String filled = text;
        for (Map.Entry<String, String> entry : captured.entrySet()) {
            filled = filled.replace("${" + entry.getKey() + "}", entry.getValue());
        }
        return filled;
    }

    public static JsonNode filled(JsonNode body, Map<String, String> captured) {
        try {
            return StandardCatalog.JSON.readTree(filled(body.toString(), captured));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where the body is not what the recording expects; empty when it is.
    public static Optional<String> difference(JsonNode expected, @Nullable JsonNode actual) {
        return difference(expected, actual, "");
    }

    private static Optional<String> difference(JsonNode expected, @Nullable JsonNode actual, String where) {
        if (expected.isNull()) {
            return actual == null ? Optional.empty() : Optional.of(where + " should not be there");
        }
        if (actual == null) {
            return Optional.of(where + " is missing");
        }
        if (expected.isTextual() && expected.textValue().equals("@any")) {
            return Optional.empty();
        }
        if (expected instanceof ObjectNode object && actual.isObject()) {
            return object.properties().stream()
                    .flatMap(entry ->
                            difference(entry.getValue(), actual.get(entry.getKey()), where + "/" + entry.getKey())
                                    .stream())
                    .findFirst();
        }
        if (expected instanceof ArrayNode array && actual instanceof ArrayNode elements) {
            boolean unordered = array.path(0).asText().equals("@unordered");
            return unordered ? unordered(array, elements, where) : ordered(array, elements, where);
        }
        return expected.equals(actual) ? Optional.empty() : Optional.of(where + " is " + actual + ", not " + expected);
    }

    private static Optional<String> ordered(ArrayNode expected, ArrayNode actual, String where) {
        if (expected.size() != actual.size()) {
            return Optional.of(where + " has " + actual.size() + " elements, not " + expected.size());
        }
        return Stream.iterate(0, i -> i < expected.size(), i -> i + 1)
                .flatMap(i -> difference(expected.get(i), actual.get(i), where + "/" + i).stream())
                .findFirst();
    }

    private static Optional<String> unordered(ArrayNode expected, ArrayNode actual, String where) {
        List<JsonNode> left = new ArrayList<>();
        actual.forEach(left::add);
        for (int i = 1; i < expected.size(); i++) {
            JsonNode wanted = expected.get(i);
            if (!left.removeIf(element -> difference(wanted, element, where).isEmpty())) {
                return Optional.of(where + " lacks " + wanted);
            }
        }
        return left.isEmpty() ? Optional.empty() : Optional.of(where + " has also " + left);
    }
}
