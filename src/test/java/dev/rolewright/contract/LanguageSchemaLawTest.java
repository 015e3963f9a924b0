package dev.rolewright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What an editor refuses the reader refuses too, and what the reader refuses an editor refuses, but for what no
/// JSON Schema of one file can know.
class LanguageSchemaLawTest {

    /// What of the reader's errors an editor need not see: what depends on what stands elsewhere or on the world
    /// outside, and what a regular expression cannot count.
    private static final List<Pattern> READ_ONLY = Stream.of(
                    // names that stand elsewhere
                    "There is no (environment|target|role) ",
                    "There is no privilege .* on a ",
                    " does not manage a database ",
                    " is defined twice, first at ",
                    // names that mean something to servers or to us
                    " is a role of the server itself",
                    " cannot be the name of a (role of ours|service)",
                    " is a name that we use ourselves",
                    " belongs to the server; ",
                    // languages of their own
                    "This condition is not a SCIM filter",
                    "This condition asks for ",
                    "A row rule is one whole expression",
                    "A user has no attribute ",
                    "A brace of the template ",
                    // bytes, numbers written as fractions, sums of times, characters without a shape
                    "A name has at most 63 bytes",
                    " is a whole number",
                    "A time is between 0 and ten years",
                    " is not a length of time",
                    " character that nobody sees",
                    // what all of it says together
                    " is (read-only|read-write) and (has|includes) ",
                    " of [a-z-]+ includes .* of [a-z-]+\\.",
                    " includes itself through ",
                    " keeps apart",
                    " has the name of a role",
                    " is protected, so it can never be made",
                    " is also the heir of ",
                    " is lent for longer than ")
            .map(Pattern::compile)
            .toList();

    private static final int ROUNDS = 16_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final List<JsonNode> ODD = List.of(
            NODES.nullNode(),
            NODES.booleanNode(true),
            NODES.numberNode(0),
            NODES.numberNode(1),
            NODES.numberNode(-1),
            NODES.numberNode(2.0),
            NODES.numberNode(2.5),
            NODES.numberNode(2_000_000_000_000L),
            NODES.arrayNode(),
            NODES.arrayNode().add("x"),
            NODES.arrayNode().add("*"),
            NODES.arrayNode().add("*").add("x"),
            NODES.arrayNode().add(NODES.arrayNode()),
            NODES.objectNode(),
            NODES.objectNode().put("x", 1));

    private static final List<String> WORDS = List.of(
            "",
            " ",
            "\u00a0",
            "\n",
            "x",
            "X",
            "*",
            "?",
            "app_*",
            "a.b",
            ".b",
            "a.",
            "a.b.c",
            "pg_x",
            "PG_x",
            "postgres",
            "public",
            "information_schema",
            "rolewright_x",
            "x".repeat(63),
            "x".repeat(64),
            "é".repeat(32),
            "x".repeat(64) + "()",
            "x".repeat(257),
            "s." + "x".repeat(64),
            "x\u0000",
            "x\u202e",
            "1x",
            "x y",
            "x;y",
            "(",
            "a'",
            "f",
            "f()",
            "f(int)",
            " f ( int , text ) ",
            "(int)",
            "f(*)",
            "f(int",
            "P1D",
            "PT0S",
            "P0D",
            "P",
            "PT",
            "P1DT",
            "p1d",
            "P1M",
            "P3660D",
            "P3661D",
            "PT1.5S",
            "P99999999999999999999D",
            "2027-03-31",
            "2027-02-31",
            "27-1-1",
            "2027-03-31T00:00:00Z",
            "0%",
            "100%",
            "101%",
            "010%",
            "1.5%",
            "%",
            "5",
            "SELECT",
            "EXECUTE",
            "select",
            "ALL",
            "superuser",
            "admin",
            "postgresql",
            "mysql",
            "revert",
            "external",
            "password",
            "Ada@example.org",
            "nightly-export",
            "orders_writer",
            "orders_approver",
            "orders_tester",
            "root");

    /// What means something at one key only.
    private static final Map<String, List<String>> WORDS_OF_A_KEY = Map.of(
            "login", List.of("{userName.domain}-x", "x", "{", "{}", "{nope}", "{name}", "{title} {x", "{title}}"),
            "when", List.of("userType pr", "userType eq", "nope pr", "id pr", " ", "not (title pr)"),
            "atMost", List.of("PT9H", "P1D", "PT0S", "4h"),
            "target", List.of("orders", "orders-staging", "x"),
            "heir", List.of("orders_reader", "Orders_Writer", "rolewright_x"),
            "name", List.of("orders_reader", "root", "X", "nightly-export"));

    @Test
    void refusesWhatTheReaderRefuses() throws IOException {
        JsonSchema schema = schema();
        List<JsonNode> whole = List.of(new YAMLMapper().readTree(Contracts.WHOLE), page());
        Random random = new Random(20261121);
        Set<Pattern> met = new HashSet<>();
        int sound = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            JsonNode contract = whole.get(random.nextInt(whole.size())).deepCopy();
            for (int slip = random.nextInt(8) == 0 ? 1 : 0; slip >= 0; slip--) {
                slip(contract, random);
            }
            String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(contract);

            Set<ValidationMessage> told = schema.validate(contract);
            List<Finding> errors = Contracts.read(text).findings().stream()
                    .filter(Finding::isError)
                    .toList();

            if (!told.isEmpty()) {
                refused++;
                assertThat(errors)
                        .as("%s, an editor says; the reader takes %s", told, text)
                        .isNotEmpty();
            } else if (errors.isEmpty()) {
                sound++;
            } else {
                assertThat(errors)
                        .as("what no editor refuses in %s", text)
                        .noneMatch(error -> of(error).isEmpty());
                errors.forEach(error -> met.addAll(of(error)));
            }
        }
        assertThat(sound).isGreaterThan(ROUNDS / 10);
        assertThat(refused).isGreaterThan(ROUNDS / 2);
        assertThat(READ_ONLY).as("differences that there are").allMatch(met::contains);
    }

    private static List<Pattern> of(Finding error) {
        return READ_ONLY.stream()
                .filter(it -> it.matcher(error.sentence()).find())
                .toList();
    }

    /// One mistake: something is left out, doubled, renamed, put elsewhere or made another thing.
    private static void slip(JsonNode contract, Random random) {
        List<JsonNode> holders = new ArrayList<>();
        holders(contract, holders);
        JsonNode holder = holders.get(random.nextInt(holders.size()));
        switch (holder) {
            case ObjectNode keys -> {
                List<String> names = new ArrayList<>();
                keys.fieldNames().forEachRemaining(names::add);
                String name = names.get(random.nextInt(names.size()));
                switch (random.nextInt(8)) {
                    case 0 -> keys.remove(name);
                    case 1 -> keys.set(WORDS.get(random.nextInt(WORDS.size())), keys.remove(name));
                    case 2 -> {
                        JsonNode other = holders.get(random.nextInt(holders.size()));
                        other.properties().stream()
                                .skip(random.nextInt(Math.max(1, other.size())))
                                .findFirst()
                                .ifPresent(key ->
                                        keys.set(key.getKey(), key.getValue().deepCopy()));
                    }
                    default -> {
                        List<String> words = WORDS_OF_A_KEY.getOrDefault(name, WORDS);
                        keys.set(
                                name,
                                random.nextInt(3) == 0
                                        ? TextNode.valueOf(words.get(random.nextInt(words.size())))
                                        : another(random, holders));
                    }
                }
            }
            case ArrayNode items -> {
                int at = random.nextInt(items.size());
                switch (random.nextInt(6)) {
                    case 0 -> items.remove(at);
                    case 1 -> items.add(items.get(at).deepCopy());
                    case 2 -> items.add(another(random, holders));
                    default -> items.set(at, another(random, holders));
                }
            }
            default -> throw new AssertionError(holder);
        }
    }

    private static JsonNode another(Random random, List<JsonNode> holders) {
        return switch (random.nextInt(5)) {
            case 0 -> ODD.get(random.nextInt(ODD.size())).deepCopy();
            case 1 -> {
                JsonNode other = holders.get(random.nextInt(holders.size()));
                List<JsonNode> values = new ArrayList<>();
                other.forEach(values::add);
                yield values.get(random.nextInt(values.size())).deepCopy();
            }
            default -> TextNode.valueOf(WORDS.get(random.nextInt(WORDS.size())));
        };
    }

    /// Each as often as it holds something.
    private static void holders(JsonNode node, List<JsonNode> holders) {
        node.forEach(each -> {
            holders.add(node);
            holders(each, holders);
        });
    }

    private static JsonNode page() throws IOException {
        StringBuilder blocks = new StringBuilder();
        Pattern.compile("(?s)```yaml\n(.*?)```")
                .matcher(Files.readString(Path.of("src/docs/reference/contract.md")))
                .results()
                .forEach(block -> blocks.append(block.group(1)));
        return new YAMLMapper().readTree(blocks.toString());
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(
                        Files.readString(Path.of("src", "main", "resources", "contract", "contract.schema.json")),
                        SchemaValidatorsConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build());
    }
}
