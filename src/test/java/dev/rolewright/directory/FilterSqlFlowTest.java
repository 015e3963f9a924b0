package dev.rolewright.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.scim.GeneratedFilters;
import dev.rolewright.scim.GeneratedPeople;
import dev.rolewright.scim.Vocabulary;
import dev.rolewright.scim.filter.Binder;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.filter.FilterParser;
import dev.rolewright.scim.filter.FilterPrinter;
import dev.rolewright.scim.filter.Matcher;
import dev.rolewright.scim.schema.AcmeCatalog;
import dev.rolewright.scim.schema.DateTimes;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.StandardCatalog;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The store and the matcher agree: on every document, about every filter.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class FilterSqlFlowTest {

    private static final long SEED = 20261121;
    private static final String BASE = "https://Idp.example.org/scim/v2";
    private static final ResourceType USER = AcmeCatalog.USER;
    private static final ResourceType GROUP = AcmeCatalog.GROUP;

    @Inject
    Directory directory;

    @Inject
    DataSource store;

    private final Random random = new Random(SEED);
    private final Map<UUID, ObjectNode> users = new LinkedHashMap<>();
    private final Map<UUID, ObjectNode> groups = new LinkedHashMap<>();
    private TestSource source;

    @BeforeEach
    void fillADirectory() {
        source = TestSource.create(store);
        TestSource other = TestSource.create(store);
        List<UUID> people = Stream.generate(Ids::next).limit(50).toList();
        List<UUID> sets = Stream.generate(Ids::next).limit(10).toList();
        GeneratedPeople somebody = new GeneratedPeople(SEED, USER, Vocabulary.FULL);
        for (UUID id : people) {
            ObjectNode body = somebody.body();
            if (body.path(StandardCatalog.ENTERPRISE_URN) instanceof ObjectNode enterprise) {
                enterprise
                        .putObject("manager")
                        .put("value", random.nextBoolean() ? pick(people).toString() : "nobody-" + random.nextInt(3));
            }
            directory.create(source.caller(), USER, id, Intake.create(USER, schemas(USER, body)));
            directory.create(other.caller(), USER, Ids.next(), Intake.create(USER, schemas(USER, body)));
        }
        GeneratedPeople someSet = new GeneratedPeople(SEED, GROUP, Vocabulary.FULL);
        for (UUID id : sets) {
            ObjectNode body = someSet.body();
            body.put("displayName", body.path("displayName").asText("") + "x");
            ArrayNode members = body.putArray("members");
            for (int i = random.nextInt(8); i > 0; i--) {
                // Groups in groups, also in a circle and in themselves.
                members.addObject()
                        .put(
                                "value",
                                pick(random.nextInt(3) == 0 ? sets : people).toString());
            }
            directory.create(source.caller(), GROUP, id, Intake.create(GROUP, schemas(GROUP, body)));
        }
        people.forEach(id -> users.put(id, shown(USER, id)));
        sets.forEach(id -> groups.put(id, shown(GROUP, id)));
    }

    @Test
    void findsExactlyThePeopleThatMatch() {
        assertThat(users.values()).anyMatch(user -> user.path("groups").size() > 1);

        GeneratedFilters filters = new GeneratedFilters(SEED, USER, vocabulary(), Paths::isKept);

        compare(USER, users, filters, 2_500);
    }

    @Test
    void findsExactlyTheGroupsThatMatch() {
        GeneratedFilters filters = new GeneratedFilters(SEED + 1, GROUP, vocabulary(), Paths::isKept);

        compare(GROUP, groups, filters, 800);
    }

    @Test
    void findsByEveryPathAndOperatorAlone() {
        GeneratedFilters filters = new GeneratedFilters(SEED + 2, USER, vocabulary(), Paths::isKept);

        GeneratedFilters.paths(USER)
                .filter(path -> path.comparable().isPresent())
                .filter(Paths::isKept)
                .forEach(path -> {
                    for (int i = 0; i < 8; i++) {
                        assertSame(USER, users, filters.clause(path));
                    }
                });
    }

    @Test
    void findsByWhatIsDerived() {
        UUID group = groups.entrySet().stream()
                .filter(each -> !each.getValue().path("members").isEmpty())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        String member = groups.get(group).path("members").get(0).path("value").textValue();
        String user = users.keySet().iterator().next().toString();
        for (String filter : List.of(
                "groups.value eq \"" + group + "\"",
                "not (groups.value eq \"" + group + "\")",
                "groups.value ne \"" + group + "\"",
                "groups[value eq \"" + group + "\" and type eq \"indirect\"]",
                "groups[value eq \"" + group + "\" and not (type eq \"direct\")]",
                "groups.type eq \"indirect\"",
                "groups.$ref eq \"" + BASE + "/Groups/" + group + "\"",
                "groups.$ref ew \"" + group + "\"",
                "groups.$ref sw \"" + BASE + "/Groups\"",
                "groups pr",
                "groups.display pr",
                "id eq \"" + user + "\"",
                "id eq \"" + user.toUpperCase(java.util.Locale.ROOT) + "\"",
                "id gt \"" + user + "\"",
                "id le \"" + user + "\"",
                "id sw \"" + user.substring(0, 13) + "\"",
                "id co \"-7\"",
                "meta.location eq \"" + BASE + "/Users/" + user + "\"",
                "meta.location eq \"https://elsewhere.example.org/Users/" + user + "\"",
                "meta.location gt \"" + BASE + "/Users/" + user + "\"",
                "meta.resourceType eq \"User\"",
                "meta.resourceType eq \"user\"",
                "meta.version eq \"W/\\\"1\\\"\"",
                "meta.version eq \"1\"",
                "meta.created ge \""
                        + users.get(UUID.fromString(user))
                                .path("meta")
                                .path("created")
                                .textValue() + "\"",
                "meta.lastModified lt \"2020-01-01T00:00:00Z\"",
                "meta.lastModified sw \"20\"",
                "schemas eq \"" + StandardCatalog.ENTERPRISE_URN + "\"",
                "schemas eq \"" + StandardCatalog.ENTERPRISE_URN.toUpperCase(java.util.Locale.ROOT) + "\"",
                "schemas[value ew \"User\"]",
                "schemas co \"acme\"",
                StandardCatalog.ENTERPRISE_URN + ":manager.value eq \"" + user + "\"",
                StandardCatalog.ENTERPRISE_URN + ":manager eq \"" + user + "\"",
                StandardCatalog.ENTERPRISE_URN + ":manager.displayName pr",
                StandardCatalog.ENTERPRISE_URN + ":manager.displayName co \"a\"",
                StandardCatalog.ENTERPRISE_URN + ":manager.$ref ew \"" + user + "\"",
                StandardCatalog.ENTERPRISE_URN + ":manager[value pr and not (displayName pr)]")) {
            assertSame(USER, users, parse(filter));
        }
        for (String filter : List.of(
                "members.value eq \"" + member + "\"",
                "not (members.value eq \"" + member + "\")",
                "members eq \"" + member + "\"",
                "members.type eq \"Group\"",
                "members[type eq \"User\" and value eq \"" + member + "\"]",
                "members[not (type eq \"User\")]",
                "members.display pr",
                "members.display co \"a\"",
                "members.$ref sw \"" + BASE + "/Users/\"",
                "members pr",
                "not (members pr)",
                "meta.version ne \"W/\\\"1\\\"\"",
                "meta.lastModified gt \"2020-01-01T00:00:00Z\"",
                "meta.lastModified ge \""
                        + groups.get(group).path("meta").path("lastModified").textValue() + "\"",
                "meta.lastModified gt \""
                        + groups.get(group).path("meta").path("lastModified").textValue() + "\"",
                "meta.lastModified eq \""
                        + groups.get(group).path("meta").path("lastModified").textValue() + "\"",
                "meta.lastModified le \""
                        + groups.get(group).path("meta").path("lastModified").textValue() + "\"")) {
            assertSame(GROUP, groups, parse(filter));
        }
    }

    @Test
    void searchesSeveralTypesAtOnce() {
        GeneratedFilters filters = new GeneratedFilters(SEED + 3, USER, vocabulary(), Paths::isKept);

        for (int i = 0; i < 200; i++) {
            Filter filter = filters.filter(i % 3);
            Set<String> expected = new TreeSet<>();
            users.forEach((id, user) -> {
                if (Matcher.matches(Binder.bindAcross(filter, USER), user)) {
                    expected.add(id.toString());
                }
            });
            groups.forEach((id, group) -> {
                if (Matcher.matches(Binder.bindAcross(filter, GROUP), group)) {
                    expected.add(id.toString());
                }
            });

            assertThat(found(List.of(USER, GROUP), filter))
                    .as(FilterPrinter.print(filter))
                    .isEqualTo(expected);
        }
    }

    private void compare(ResourceType type, Map<UUID, ObjectNode> resources, GeneratedFilters filters, int cases) {
        int telling = 0;
        for (int i = 0; i < cases; i++) {
            telling += assertSame(type, resources, filters.filter(i % 5));
        }
        assertThat(telling).as("filters that match some, but not all").isGreaterThan(cases / 5);
    }

    private int assertSame(ResourceType type, Map<UUID, ObjectNode> resources, Filter filter) {
        Set<String> expected = new TreeSet<>();
        resources.forEach((id, resource) -> {
            if (Matcher.matches(Binder.bind(filter, type), resource)) {
                expected.add(id.toString());
            }
        });

        Set<String> found = found(List.of(type), filter);

        resources.forEach((id, resource) -> assertThat(found.contains(id.toString()))
                .as(() -> FilterPrinter.print(filter) + " finds " + resource)
                .isEqualTo(expected.contains(id.toString())));
        return expected.isEmpty() || expected.size() == resources.size() ? 0 : 1;
    }

    private Set<String> found(List<ResourceType> types, Filter filter) {
        ResultPage page = directory.search(
                source.id(), new Query(types, filter, null, new Paging.Index(1, 1_000), View.PLAIN, BASE));
        Set<String> found = new TreeSet<>();
        page.entries().forEach(entry -> found.add(entry.id().toString()));
        assertThat(page.total()).isEqualTo(found.size());
        return found;
    }

    private static Filter parse(String text) {
        return FilterParser.parse(text, FilterLimits.STANDARD);
    }

    /// The usual words, and ids and times that exist.
    private Vocabulary vocabulary() {
        List<String> texts = new ArrayList<>(Vocabulary.FULL.texts());
        users.keySet().stream().limit(8).forEach(id -> texts.add(id.toString()));
        groups.keySet().stream().limit(8).forEach(id -> texts.add(id.toString()));
        texts.addAll(List.of("W/\"1\"", "W/\"2\"", "User", "Group", "direct", "indirect"));
        List<String> times = new ArrayList<>(Vocabulary.FULL.dateTimes());
        users.values().stream()
                .limit(8)
                .forEach(user -> times.add(user.path("meta").path("created").textValue()));
        groups.values().stream()
                .limit(4)
                .forEach(group ->
                        times.add(group.path("meta").path("lastModified").textValue()));
        return new Vocabulary(texts, times, Vocabulary.FULL.numbers());
    }

    private static ObjectNode schemas(ResourceType type, ObjectNode body) {
        ArrayNode schemas = body.putArray("schemas").add(type.core().id());
        type.extensions().stream()
                .map(extension -> extension.schema().id())
                .filter(body::has)
                .forEach(schemas::add);
        return body;
    }

    /// The resource as a client is shown it.
    private ObjectNode shown(ResourceType type, UUID id) {
        Entry entry =
                directory.find(source.id(), type, id.toString(), View.FULL).orElseThrow();
        ObjectNode shown = schemas(type, entry.document());
        shown.put("id", id.toString());
        shown.putObject("meta")
                .put("resourceType", type.name())
                .put("created", DateTimes.canonical(entry.created()))
                .put("lastModified", DateTimes.canonical(entry.lastModified()))
                .put("version", "W/\"" + entry.version() + "\"")
                .put("location", BASE + type.endpoint() + "/" + id);
        if (!entry.groups().isEmpty()) {
            ArrayNode all = shown.putArray("groups");
            entry.groups().forEach(group -> {
                ObjectNode each = all.addObject()
                        .put("value", group.id().toString())
                        .put("type", group.direct() ? "direct" : "indirect")
                        .put("$ref", BASE + "/Groups/" + group.id());
                put(each, "display", group.display());
            });
        }
        if (entry.manager() != null) {
            ObjectNode manager =
                    (ObjectNode) shown.path(StandardCatalog.ENTERPRISE_URN).path("manager");
            manager.put("$ref", BASE + "/Users/" + entry.manager().id());
            put(manager, "displayName", entry.manager().display());
        }
        if (type.equals(GROUP)) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            try (Members members = directory.members(source.id(), List.of(id))) {
                for (MemberRef member = members.next(); member != null; member = members.next()) {
                    ObjectNode each = all.addObject()
                            .put("value", member.id().toString())
                            .put("type", member.type())
                            .put("$ref", BASE + (member.type().equals("User") ? "/Users/" : "/Groups/") + member.id());
                    put(each, "display", member.display());
                }
            }
            if (!all.isEmpty()) {
                shown.set("members", all);
            }
        }
        return shown;
    }

    private static void put(ObjectNode node, String name, String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
