package dev.rolewright.web.scim;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.schema.StandardCatalog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Makes sound requests unsound, the same way for the same seed.
final class Mutations {

    private static final ObjectMapper JSON = StandardCatalog.JSON;

    private static final List<String> VALUES = List.of(
            "null",
            "[]",
            "{}",
            "\"\"",
            "\" \"",
            "\"x\"",
            "7",
            "-1",
            "0",
            "1.5",
            "-0.0",
            "true",
            "false",
            "[null]",
            "[[]]",
            "[{}]",
            "{\"\":\"\"}",
            "\"True\"",
            "\"bulkId:x\"",
            "\"bulkId:\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "1e400",
            "1E-400",
            "99999999999999999999999999",
            "\"2026-13-41T99:99:99Z\"",
            "\"2026-11-21T00:00:00Z\"",
            "\"aGVsbG8=\"",
            "\"!!!\"",
            "\"urn:ietf:params:scim:schemas:core:2.0:User\"",
            "{\"value\":null}",
            "[{\"value\":7}]",
            "[\"a\",\"a\"]",
            "{\"value\":\"x\",\"primary\":true}",
            "[{\"value\":\"x\",\"primary\":true},{\"value\":\"y\",\"primary\":true}]",
            "\"0193a1c0-0000-7000-8000-000000000001\"",
            "\"W/\\\"1\\\"\"",
            "\"members[value eq \\\"x\\\"]\"",
            "\"emails[type eq\"",
            "\"a.b.c.d\"",
            "\"name.\"",
            "\"$ref\"",
            "\"userName eq \\\"x\\\" and\"",
            "\"(((((((((((((((((((((((((((((((\"",
            "\"not (not (not (title pr)))\"",
            "\"\\uD83D\\uDE00\"",
            "\"\\u202e\"");

    private static final List<String> NAMES = List.of(
            "",
            " ",
            "id",
            "ID",
            "schemas",
            "meta",
            "groups",
            "members",
            "password",
            "userName",
            "USERNAME",
            "active",
            "emails",
            "name",
            "name.familyName",
            "emails[type eq \"work\"].value",
            "manager",
            "externalId",
            "op",
            "path",
            "value",
            "Operations",
            "$ref",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
            "urn:x",
            "x".repeat(2000),
            "\u0000",
            "a.b.c",
            "filter",
            "count",
            "startIndex",
            "cursor",
            "sortBy",
            "attributes",
            "method",
            "bulkId",
            "data",
            "failOnErrors");

    private static final List<String> TOKENS = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\\",
            "\\u0000",
            "\\ud800",
            "null",
            "tru",
            "1e",
            "-",
            "//",
            "/**/",
            "\u0000",
            "\u00ff",
            "\uD83D\uDE00",
            "{\"a\":",
            "[".repeat(200),
            "9".repeat(300),
            " ".repeat(5000),
            "\r\n",
            "\ufeff");

    private static final List<String> QUERIES = List.of(
            "filter=",
            "filter=%00",
            "filter=%zz",
            "filter=userName",
            "filter=userName+eq+%22",
            "filter=a.b.c+pr",
            "filter=" + "(".repeat(500),
            "filter=" + "not+(".repeat(300),
            "filter=title+eq+%22%5C%22",
            "filter=emails%5Btype+eq+%22work%22+or+value+co+%22x%22%5D",
            "filter=active+gt+true",
            "filter=groups+pr",
            "filter=members.value+eq+%22x%22",
            "filter=meta.lastModified+gt+%22yesterday%22",
            "filter=schemas+co+%22urn%22",
            "filter=id+eq+7",
            "filter=title+co+%22%25_%5C%5C%22",
            "filter=urn:x:y+eq+1",
            "filter=title+eq+1e400",
            "filter=title+eq+%22%F0%9F%98%80%22",
            "filter=title+eq+%22%ED%A0%80%22",
            "sortBy=groups",
            "sortBy=members",
            "sortBy=emails",
            "sortBy=emails.value&sortOrder=descending",
            "sortBy=a.b.c",
            "sortBy=%22",
            "sortBy=meta",
            "sortBy=id",
            "count=-1",
            "count=0",
            "count=99999999999999999999",
            "count=1e3",
            "count=%2B1",
            "startIndex=99999999999999999999",
            "startIndex=-5",
            "cursor",
            "cursor=x",
            "cursor=" + "A".repeat(500),
            "cursor&startIndex=1",
            "cursor=&count=0",
            "attributes=",
            "attributes=nothing",
            "attributes=a.b.c",
            "attributes=,,,",
            "attributes=members.value",
            "attributes=%00",
            "excludedAttributes=id",
            "excludedAttributes=groups,members,meta",
            "attributes=userName&excludedAttributes=userName",
            "aadOptscim062020",
            "&&&",
            "=",
            "%",
            "\u00e9=\u00e9",
            "filter[]=x");

    private static final List<String> PATHS = List.of(
            "/",
            "",
            "/Users",
            "/Groups",
            "/Users/",
            "/Users//",
            "/Users/.search",
            "/.search",
            "/Bulk",
            "/Me",
            "/Schemas",
            "/Schemas/urn:x",
            "/ResourceTypes/User",
            "/ServiceProviderConfig",
            "/Users/../Groups",
            "/Users/%2e%2e",
            "/Users/x/y",
            "/users",
            "/Users;a=b",
            "/Users/0",
            "/Users/bulkId:x",
            "/Users/%00",
            "/Users/%",
            "/Users/%zz",
            "/Users/%C3%28",
            "/Users/\u00e9",
            "/Users/<script>",
            "/Users/{id}",
            "/Users/'--",
            "/Nothing",
            "/.search/.search",
            "/Users/.search/x",
            "/Users/" + "x".repeat(3000),
            "/Users/[",
            "/Users/|",
            "/%55sers",
            "/Users/a%20b");

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FROB", "get");

    private static final List<Map.Entry<String, String>> HEADERS = List.of(
            Map.entry("Content-Type", "application/json"),
            Map.entry("Content-Type", "text/plain"),
            Map.entry("Content-Type", "application/scim+json; charset=utf-16"),
            Map.entry("Content-Type", ";;;"),
            Map.entry("Content-Type", "multipart/form-data"),
            Map.entry("Content-Type", "application/x-www-form-urlencoded"),
            Map.entry("Content-Type", ""),
            Map.entry("Accept", "text/html"),
            Map.entry("Accept", "*/*;q=0"),
            Map.entry("Accept", ",,;q=x"),
            Map.entry("Accept", "application/*"),
            Map.entry("If-Match", "*"),
            Map.entry("If-Match", "W/\"1\""),
            Map.entry("If-Match", "W/\"1"),
            Map.entry("If-Match", "\u00ff"),
            Map.entry("If-Match", "W/\"99999999999999999999\""),
            Map.entry("If-None-Match", "*"),
            Map.entry("If-None-Match", "W/\"1\", \"2\""),
            Map.entry("If-None-Match", "\"\"\"\"\""),
            Map.entry("Accept-Encoding", "gzip"),
            Map.entry("Accept-Language", "%%%"),
            Map.entry("Range", "bytes=0-1"),
            Map.entry("Content-Encoding", "gzip"),
            Map.entry("X-Forwarded-Host", "evil.test"),
            Map.entry("Origin", "https://evil.test"),
            Map.entry("X-HTTP-Method-Override", "DELETE"),
            Map.entry("X-Request-Id", "a b\tc"),
            Map.entry("Cookie", "a=b"),
            Map.entry("Host", "x"),
            Map.entry("Upgrade", "h2c"),
            Map.entry("Expect", "nothing"));

    private final Random random;

    private final List<String> paths;
    private final List<String> queries;

    /// Of requests to the SCIM door.
    Mutations(Random random) {
        this(random, PATHS, QUERIES);
    }

    /// Of requests to another door.
    Mutations(Random random, List<String> paths, List<String> queries) {
        this.random = random;
        this.paths = paths;
        this.queries = queries;
    }

    /// A request below the root of its door.
    record Request(String method, String path, Map<String, String> headers, byte[] body) {

        Request {
            headers = Map.copyOf(headers);
        }

        @Override
        public String toString() {
            String text = new String(body, UTF_8);
            return method + " " + path + " " + headers + " "
                    + (text.length() > 3000 ? text.substring(0, 3000) + "…" : text);
        }
    }

    Request mutated(Request request) {
        Request mutated = request;
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            mutated = once(mutated);
        }
        return mutated;
    }

    private Request once(Request request) {
        String method = request.method();
        String path = request.path();
        Map<String, String> headers = new HashMap<>(request.headers());
        byte[] body = request.body();
        switch (random.nextInt(12)) {
            case 0 -> method = one(METHODS);
            case 1 -> path = one(paths);
            case 2 -> path += (path.contains("?") ? "&" : "?") + one(queries);
            case 3 -> {
                Map.Entry<String, String> header = one(HEADERS);
                headers.put(header.getKey(), header.getValue());
            }
            case 4, 5 -> body = bytes(body);
            default -> body = tree(body);
        }
        return new Request(method, path, headers, body);
    }

    private byte[] bytes(byte[] body) {
        int from = random.nextInt(body.length + 1);
        int to = Math.min(body.length, from + random.nextInt(40));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (random.nextInt(5)) {
            case 0 -> out.write(body, 0, from);
            case 1 -> {
                out.write(body, 0, from);
                out.write(body, to, body.length - to);
            }
            case 2 -> {
                out.write(body, 0, to);
                out.write(body, from, body.length - from);
            }
            case 3 -> {
                out.write(body, 0, from);
                out.writeBytes(one(TOKENS).getBytes(UTF_8));
                out.write(body, from, body.length - from);
            }
            default -> {
                out.writeBytes(body);
                byte[] bytes = out.toByteArray();
                if (bytes.length > 0) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                return bytes;
            }
        }
        return out.toByteArray();
    }

    private byte[] tree(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            List<JsonNode> containers = new ArrayList<>();
            collect(root, containers);
            if (containers.isEmpty()) {
                return one(VALUES).getBytes(UTF_8);
            }
            switch (one(containers)) {
                case ObjectNode object -> change(object);
                case ArrayNode array -> change(array);
                default -> throw new AssertionError();
            }
            return JSON.writeValueAsBytes(root);
        } catch (IOException e) {
            return bytes(body);
        }
    }

    private void change(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty() || random.nextInt(5) == 0) {
            object.set(one(NAMES), value());
            return;
        }
        String name = one(names);
        switch (random.nextInt(5)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(one(NAMES), object.remove(name));
            case 2 -> object.set(name, object.arrayNode().add(object.get(name)));
            case 3 -> object.set(name, object.get(one(names)).deepCopy());
            default -> object.set(name, value());
        }
    }

    private void change(ArrayNode array) {
        if (array.isEmpty() || random.nextInt(4) == 0) {
            array.add(value());
            return;
        }
        int index = random.nextInt(array.size());
        switch (random.nextInt(4)) {
            case 0 -> array.remove(index);
            case 1 -> array.set(index, value());
            case 2 -> array.add(array.get(index).deepCopy());
            default -> {
                JsonNode element = array.get(index);
                int copies = random.nextInt(60);
                for (int i = 0; i < copies; i++) {
                    array.add(element.deepCopy());
                }
            }
        }
    }

    private JsonNode value() {
        if (random.nextInt(20) == 0) {
            return JsonNodeFactory.instance.textNode("x".repeat(random.nextInt(5000)));
        }
        try {
            return JSON.readTree(one(VALUES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> into) {
        if (node.isContainerNode()) {
            into.add(node);
            node.forEach(child -> collect(child, into));
        }
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
