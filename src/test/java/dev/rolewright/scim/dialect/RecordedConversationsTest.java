package dev.rolewright.scim.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.dialect.Conversation.Exchange;
import dev.rolewright.scim.filter.Binder;
import dev.rolewright.scim.filter.Bound;
import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.filter.FilterParser;
import dev.rolewright.scim.filter.Matcher;
import dev.rolewright.scim.patch.Member;
import dev.rolewright.scim.patch.MemberChange;
import dev.rolewright.scim.patch.MemberChange.Add;
import dev.rolewright.scim.patch.MemberChange.Clear;
import dev.rolewright.scim.patch.MemberChange.Remove;
import dev.rolewright.scim.patch.MemberChange.RemoveMatching;
import dev.rolewright.scim.patch.MemberChange.ReplaceAll;
import dev.rolewright.scim.patch.MemberChanges;
import dev.rolewright.scim.patch.PatchLimits;
import dev.rolewright.scim.patch.PatchParser;
import dev.rolewright.scim.patch.Patcher;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.StandardCatalog;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Replays what the recordings say about bodies and filters, without a server: dialects, parser, patcher and intake.
class RecordedConversationsTest {

    private static final PatchLimits LIMITS = new PatchLimits(100, 1_000, FilterLimits.STANDARD);

    static Stream<Conversation> conversations() {
        return Conversation.all();
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void readsEveryBodyAsRecorded(Conversation conversation) {
        Desk desk = new Desk();
        for (Exchange exchange : conversation.exchanges()) {
            desk.take(exchange);
        }
    }

    @Test
    void everyQuirkIsRecorded() {
        Set<String> recorded = Conversation.all()
                .flatMap(conversation -> conversation.exchanges().stream())
                .flatMap(exchange -> exchange.quirks().stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(recorded)
                .isEqualTo(
                        Arrays.stream(Quirk.values()).map(Quirk::code).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyItemThatFitsIntoAConversationIsRecorded() {
        Set<String> recorded = Conversation.all()
                .flatMap(conversation -> conversation.exchanges().stream())
                .map(Exchange::item)
                .collect(Collectors.toSet());

        // E13 is the rhythm of cycles, E15 how 429 is taken, and the federation in E16 happens at the token endpoint.
        assertThat(recorded)
                .contains("O1", "O2", "O3", "O4", "O5", "O6", "O7", "O8", "O9", "O10", "O11", "O12", "O13")
                .contains("E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9", "E10", "E11", "E12", "E14", "E16")
                .contains("E17", "E18")
                .contains("X1", "X2", "X3", "X4", "X5", "X6");
    }

    /// Documents and memberships in memory.
    private static final class Desk {

        private final Map<String, ObjectNode> documents = new LinkedHashMap<>();
        private final Map<String, Set<String>> members = new HashMap<>();
        private final Map<String, String> captured = new TreeMap<>();
        private int ids;

        void take(Exchange exchange) {
            String[] parts = Conversation.filled(exchange.path(), captured).split("\\?", 2);
            String[] segments = parts[0].split("/");
            ResourceType type = StandardCatalog.CATALOG.types().stream()
                    .filter(each -> each.endpoint().equals("/" + segments[1]))
                    .findFirst()
                    .orElse(null);
            if (type == null || exchange.status() == 401) {
                return;
            }
            String id = segments.length > 2 ? segments[2] : "id-" + ++ids;
            switch (exchange.method()) {
                case "POST" -> write(exchange, type, id);
                case "PUT" -> write(exchange, type, id);
                case "PATCH" -> patch(exchange, type, id);
                case "DELETE" -> documents.remove(id);
                default -> get(exchange, type, id, parts.length > 1 ? parts[1] : "");
            }
        }

        private void write(Exchange exchange, ResourceType type, String id) {
            ObjectNode body = body(exchange);
            Normalised<ObjectNode> read = Dialects.resource(type, body);
            assertThat(Set.copyOf(read.codes())).as("%s", exchange).isEqualTo(exchange.quirks());
            ObjectNode current = documents.get(id);
            if (exchange.status() == 400) {
                assertThatThrownBy(() -> Intake.create(type, read.value())).isInstanceOf(ScimProblem.class);
                return;
            }
            ObjectNode document =
                    current == null ? Intake.create(type, read.value()) : Intake.replace(type, read.value(), current);
            if (exchange.status() == 409) {
                return;
            }
            if (document.remove("members") instanceof ArrayNode array) {
                members.put(id, ids(MemberChanges.read(array)));
            }
            documents.put(id, document);
            exchange.capture().forEach((name, pointer) -> captured.put(name, id));
            compare(exchange, type, id);
        }

        private void patch(Exchange exchange, ResourceType type, String id) {
            Normalised<ObjectNode> read = Dialects.patch(type, id, body(exchange));
            assertThat(Set.copyOf(read.codes())).as("%s", exchange).isEqualTo(exchange.quirks());
            if (exchange.status() == 404) {
                assertThat(documents).doesNotContainKey(id);
                return;
            }
            try {
                MemberChanges.Split split = MemberChanges.split(type, PatchParser.parse(read.value(), LIMITS));
                documents.put(id, Patcher.apply(type, documents.get(id), split.others()));
                split.members()
                        .forEach(change -> change(members.computeIfAbsent(id, any -> new LinkedHashSet<>()), change));
                assertThat(exchange.status()).as("%s", exchange).isBetween(200, 204);
                compare(exchange, type, id);
            } catch (ScimProblem problem) {
                assertThat(problem.status())
                        .as("%s: %s", exchange, problem.detail())
                        .isEqualTo(exchange.status());
                assertThat(problem.type())
                        .hasToString(
                                exchange.reply().orElseThrow().path("scimType").asText());
            }
        }

        private void get(Exchange exchange, ResourceType type, String id, String query) {
            String filter = Stream.of(query.split("&"))
                    .filter(parameter -> parameter.startsWith("filter="))
                    .map(parameter -> URLDecoder.decode(parameter.substring(7), StandardCharsets.UTF_8))
                    .findFirst()
                    .orElse("");
            if (!filter.isEmpty()) {
                Normalised<String> read = Dialects.filter(List.of(type), filter);
                assertThat(Set.copyOf(read.codes())).as("%s", exchange).isEqualTo(exchange.quirks());
                Bound bound = Binder.bind(FilterParser.parse(read.value(), FilterLimits.STANDARD), type);
                long found = documents.keySet().stream()
                        .filter(key -> documents.get(key).has(type.name().equals("User") ? "userName" : "displayName"))
                        .filter(key -> Matcher.matches(bound, resource(key)))
                        .count();
                assertThat(found)
                        .as("%s", exchange)
                        .isEqualTo(exchange.reply()
                                .orElseThrow()
                                .path("totalResults")
                                .asLong());
            } else if (documents.containsKey(id)) {
                compare(exchange, type, id);
            }
        }

        private void compare(Exchange exchange, ResourceType type, String id) {
            ObjectNode expected = exchange.reply()
                    .map(reply -> (ObjectNode) Conversation.filled(reply, captured))
                    .orElseGet(() -> StandardCatalog.JSON.createObjectNode());
            expected.remove(List.of("schemas", "id", "meta", "groups"));
            withoutDerived(expected);
            assertThat(Conversation.difference(expected, resource(id)))
                    .as("%s of type %s", exchange, type.name())
                    .isEmpty();
        }

        /// Leaves out what only a server can add to a reference.
        private static void withoutDerived(JsonNode expected) {
            expected.forEach(Desk::withoutDerived);
            if (expected instanceof ObjectNode object && object.remove("$ref") != null) {
                object.remove("type");
            }
        }

        private ObjectNode resource(String id) {
            ObjectNode resource = documents.get(id).deepCopy();
            Set<String> values = members.getOrDefault(id, Set.of());
            if (!values.isEmpty()) {
                ArrayNode array = resource.putArray("members");
                values.forEach(value -> array.addObject().put("value", value));
            }
            resource.put("id", id);
            resource.putObject("meta").put("lastModified", "2026-11-21T00:20:27Z");
            return resource;
        }

        private ObjectNode body(Exchange exchange) {
            JsonNode body = Conversation.filled(exchange.body().orElseThrow(), captured);
            return (ObjectNode) body;
        }

        private static void change(Set<String> values, MemberChange change) {
            switch (change) {
                case Add(List<Member> added) -> values.addAll(ids(added));
                case Remove(List<String> removed) -> values.removeAll(Set.copyOf(removed));
                case RemoveMatching matching -> throw new AssertionError("not recorded: " + matching);
                case ReplaceAll(List<Member> only) -> {
                    values.clear();
                    values.addAll(ids(only));
                }
                case Clear() -> values.clear();
            }
        }

        private static Set<String> ids(List<Member> members) {
            return members.stream().map(Member::value).collect(Collectors.toCollection(LinkedHashSet::new));
        }
    }
}
