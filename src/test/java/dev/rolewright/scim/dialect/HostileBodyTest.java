package dev.rolewright.scim.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.patch.MemberChanges;
import dev.rolewright.scim.patch.PatchLimits;
import dev.rolewright.scim.patch.PatchParser;
import dev.rolewright.scim.patch.Patcher;
import dev.rolewright.scim.schema.AcmeCatalog;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.StandardCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/// Whatever arrives, it is either understood or refused with a problem: no other exception, no long computation.
class HostileBodyTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final PatchLimits LIMITS = new PatchLimits(100, 1_000, FilterLimits.STANDARD);
    private static final int CASES = 20_000;

    private static final List<String> PIECES = List.of(
            "[",
            "]",
            "\"",
            "\\",
            ".",
            ":",
            " ",
            "(",
            ")",
            "\u0000",
            "\uD800",
            "é",
            "urn:",
            "eq",
            "[type eq \"work\"]",
            "value",
            "$ref",
            "members",
            "emails",
            "name",
            "password",
            "id",
            "schemas",
            "groups",
            "meta",
            "active",
            "{",
            "not (",
            " or ",
            " and ",
            "True",
            "null",
            "007",
            "-1e9",
            "%");

    private final Random random = new Random(20261121);
    private final List<JsonNode> corpus = new ArrayList<>();

    HostileBodyTest() {
        Map<String, String> nobody = new TreeMap<>(Map.of("ada", "u-1", "readers", "g-1", "writers", "g-2"));
        Conversation.all()
                .flatMap(conversation -> conversation.exchanges().stream())
                .flatMap(exchange -> exchange.body().stream())
                .forEach(body -> corpus.add(Conversation.filled(body, nobody)));
    }

    @Test
    void aMutatedPatchIsUnderstoodOrRefused() {
        int done = 0;
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            ResourceType type = random.nextBoolean() ? AcmeCatalog.USER : AcmeCatalog.GROUP;
            ObjectNode body = mutated(patches());
            ObjectNode sent = body.deepCopy();
            ObjectNode document = document(type);
            ObjectNode before = document.deepCopy();
            try {
                ObjectNode read = Dialects.patch(type, "u-1", body).value();
                MemberChanges.Split split = MemberChanges.split(type, PatchParser.parse(read, LIMITS));
                ObjectNode after = Patcher.apply(type, document, split.others());
                assertThat(after.has("members")).isFalse();
                assertThat(Intake.check(type, after)).isEqualTo(after);
                done++;
            } catch (ScimProblem problem) {
                check(problem, sent);
                refused++;
            } catch (RuntimeException | StackOverflowError bug) {
                throw new AssertionError(sent.toString(), bug);
            }
            assertThat(body).isEqualTo(sent);
            assertThat(document).isEqualTo(before);
        }
        assertThat(done).as("understood").isGreaterThan(CASES / 50);
        assertThat(refused).as("refused").isGreaterThan(CASES / 4);
    }

    @Test
    void aMutatedResourceIsUnderstoodOrRefused() {
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            ObjectNode sound = resources();
            ResourceType type = sound.has("userName") ? AcmeCatalog.USER : AcmeCatalog.GROUP;
            ObjectNode body = mutated(sound);
            try {
                Intake.create(type, Dialects.resource(type, body).value());
            } catch (ScimProblem problem) {
                check(problem, body);
                refused++;
            } catch (RuntimeException | StackOverflowError bug) {
                throw new AssertionError(body.toString(), bug);
            }
        }
        assertThat(refused).isBetween(CASES / 10, CASES * 9 / 10);
    }

    @Test
    void hugeRequestsEndSoon() {
        String selector = "emails[" + "type eq \\\"x\\\" or ".repeat(150) + "type pr]";
        String keys = "\"emails[type eq \\\"w%d\\\"].value\":\"x\",";
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            many.append(keys.formatted(i));
        }
        List<String> operations = List.of(
                "{\"op\":\"add\",\"value\":{" + many + "\"title\":\"x\"}}",
                "{\"op\":\"add\",\"path\":\"emails\",\"value\":[" + "{\"value\":\"x\"},".repeat(100_000) + "{}]}",
                "{\"op\":\"remove\",\"path\":\"" + "a.".repeat(500_000) + "b\"}",
                "{\"op\":\"remove\",\"path\":\"emails[" + "(".repeat(500_000) + "\"}",
                "{\"op\":\"remove\",\"path\":\"emails[" + "not (".repeat(100_000) + "\"}",
                "{\"op\":\"remove\",\"path\":\"emails[" + "value eq x ".repeat(100_000) + "]\"}",
                "{\"op\":\"remove\",\"path\":\"" + "urn:".repeat(300_000) + "x\"}",
                ("{\"op\":\"replace\",\"path\":\"" + selector + ".display\",\"value\":\"x\"},").repeat(100)
                        + "{\"op\":\"add\",\"path\":\"title\",\"value\":\"x\"}",
                "{\"op\":\"add\",\"path\":\"roles\",\"value\":[{\"value\":\"" + "{".repeat(9_000) + "\"}]}",
                "{\"op\":\"add\",\"path\":\"roles\",\"value\":[{\"value\":\"" + "{\\\"a\\\":".repeat(1_500) + "\"}]}");
        for (String operation : operations) {
            ObjectNode body = StandardCatalog.json("{\"Operations\":[" + operation + "]}");
            Assertions.assertTimeout(Duration.ofSeconds(3), () -> {
                try {
                    ObjectNode read =
                            Dialects.patch(AcmeCatalog.USER, "u-1", body).value();
                    Patcher.apply(AcmeCatalog.USER, document(AcmeCatalog.USER), PatchParser.parse(read, LIMITS));
                } catch (ScimProblem problem) {
                    assertThat(problem.detail().length()).isLessThan(400);
                }
            });
        }
    }

    private static void check(ScimProblem problem, JsonNode sent) {
        assertThat(problem.status()).as("%s", sent).isIn(400, 413);
        assertThat(problem.detail()).isNotBlank().hasSizeLessThan(1_000);
    }

    private ObjectNode document(ResourceType type) {
        return type.name().equals("User")
                ? StandardCatalog.json("""
                        {"userName":"ada","active":true,"name":{"familyName":"L","givenName":"A"},
                         "emails":[{"value":"a@b.test","type":"work","primary":true},{"value":"c@d.test"}],
                         "%s":{"manager":{"value":"u-2"},"department":"D"}}""".formatted(StandardCatalog.ENTERPRISE_URN))
                : StandardCatalog.json("{\"displayName\":\"g\"}");
    }

    private ObjectNode patches() {
        return body(true);
    }

    private ObjectNode resources() {
        return body(false);
    }

    private ObjectNode body(boolean patch) {
        while (true) {
            JsonNode body = corpus.get(random.nextInt(corpus.size()));
            if (body.has("Operations") == patch) {
                return body.deepCopy();
            }
        }
    }

    private ObjectNode mutated(ObjectNode body) {
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            mutate(body, 0);
        }
        return body;
    }

    /// Walks down some way and changes what it finds there.
    private void mutate(JsonNode node, int depth) {
        List<JsonNode> children = new ArrayList<>();
        node.forEach(children::add);
        children.removeIf(child -> !child.isContainerNode());
        if (!children.isEmpty() && (depth < 2 || random.nextInt(3) > 0)) {
            mutate(children.get(random.nextInt(children.size())), depth + 1);
        } else if (node instanceof ObjectNode object) {
            mutateObject(object);
        } else if (node instanceof ArrayNode array) {
            mutateArray(array);
        }
    }

    private void mutateObject(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
        JsonNode value = object.path(name);
        switch (random.nextInt(6)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(garbled(name), value.deepCopy());
            case 2 -> {
                object.remove(name);
                object.set(garbled(name), value);
            }
            case 3 -> object.set(name, junk());
            default -> object.set(name, value.isTextual() ? TextNode.valueOf(garbled(value.textValue())) : junk());
        }
    }

    private void mutateArray(ArrayNode array) {
        switch (random.nextInt(4)) {
            case 0 -> array.add(junk());
            case 1 -> array.removeAll();
            case 2 -> array.add(array.deepCopy());
            default -> array.insert(0, junk());
        }
    }

    private String garbled(String text) {
        int at = random.nextInt(text.length() + 1);
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + piece;
            case 2 -> piece;
            default -> text.substring(0, at) + piece + text.substring(at);
        };
    }

    private JsonNode junk() {
        return switch (random.nextInt(9)) {
            case 0 -> NullNode.getInstance();
            case 1 -> NODES.numberNode(random.nextInt());
            case 2 -> NODES.booleanNode(random.nextBoolean());
            case 3 -> NODES.arrayNode();
            case 4 -> NODES.objectNode();
            case 5 -> TextNode.valueOf(PIECES.get(random.nextInt(PIECES.size())));
            case 6 -> NODES.arrayNode().add(NODES.arrayNode().addNull());
            case 7 -> corpus.get(random.nextInt(corpus.size())).deepCopy();
            default -> NODES.objectNode().set("value", NODES.objectNode().putNull("value"));
        };
    }
}
