package dev.rolewright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.contract.Snapshot.Group;
import dev.rolewright.contract.Snapshot.Person;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.scim.GeneratedFilters;
import dev.rolewright.scim.GeneratedPeople;
import dev.rolewright.scim.Vocabulary;
import dev.rolewright.scim.filter.AttributePath;
import dev.rolewright.scim.filter.Binder;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.Filter.And;
import dev.rolewright.scim.filter.Filter.Comparison;
import dev.rolewright.scim.filter.Filter.Not;
import dev.rolewright.scim.filter.Filter.Or;
import dev.rolewright.scim.filter.Filter.Present;
import dev.rolewright.scim.filter.Filter.ValuePath;
import dev.rolewright.scim.filter.FilterPrinter;
import dev.rolewright.scim.filter.Matcher;
import dev.rolewright.scim.schema.AcmeCatalog;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A condition means what the same filter means at the SCIM door, whose SQL another law holds to the same [Matcher],
/// and it needs no more of a person than [Contract#attributes] says.
class ConditionLawTest {

    private static final long SEED = 20261121;
    private static final TargetName SHOP = new TargetName("shop");

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T.*Z|.*[+]01:00");

    /// What conditions have to be made of for this to be a law.
    private static final List<String> KINDS = List.of(
            "and",
            "or",
            "not",
            "present",
            "value filter",
            "not in a value filter",
            "extension",
            "null",
            "date",
            "STRING",
            "NUMBER",
            "BOOLEAN",
            "EQ",
            "NE",
            "CO",
            "SW",
            "EW",
            "GT",
            "GE",
            "LT",
            "LE");

    private static final String CONTRACT = """
            contract: 1
            environments: {production: {}}
            targets:
              shop: {engine: postgresql, environment: production, databases: [shop]}
            roles:
              reader: {kind: read-only, purpose: p, owner: o, target: shop}
            mappings:
              - name: m
                group: {displayName: everybody}
                roles: [reader]
                when: '%s'
            """;

    @ParameterizedTest
    @MethodSource
    void givesARoleToExactlyThePeopleThatMatch(Vocabulary vocabulary) {
        Map<PersonId, ObjectNode> documents = people(40, vocabulary);
        GeneratedFilters filters = new GeneratedFilters(SEED, AcmeCatalog.USER, vocabulary, _ -> true);
        Map<String, Integer> telling = new TreeMap<>();
        int read = 0;
        int dividing = 0;
        for (int i = 0; i < 3_000; i++) {
            Filter filter = filters.filter(2);
            Reading reading = Contracts.read(
                    CONTRACT.formatted(FilterPrinter.print(filter).replace("'", "''")));
            if (reading.contract().isEmpty()) {
                assertThat(reading.findings())
                        .as("only what is derived is refused: %s", filter)
                        .anyMatch(it -> it.sentence().startsWith("This condition asks for"));
                continue;
            }
            Contract contract = reading.contract().get();

            Set<PersonId> matching = matching(filter, documents);

            assertThat(holders(contract, documents)).as("%s", filter).isEqualTo(matching);
            assertThat(holders(contract, narrowed(documents, contract.attributes())))
                    .as("%s", filter)
                    .isEqualTo(matching);
            read++;
            if (!matching.isEmpty() && matching.size() < documents.size()) {
                dividing++;
                kinds(filter).distinct().forEach(kind -> telling.merge(kind, 1, Integer::sum));
            }
        }
        assertThat(read).isGreaterThan(1_500);
        assertThat(dividing).as("conditions that divide people").isGreaterThan(500);
        assertThat(telling.keySet()).containsAll(KINDS);
        assertThat(telling)
                .as("conditions of each kind that divide people")
                .allSatisfy((kind, count) -> assertThat(count).as(kind).isGreaterThan(20));
    }

    static Stream<Vocabulary> givesARoleToExactlyThePeopleThatMatch() {
        return Stream.of(Vocabulary.PLAIN, Vocabulary.FULL);
    }

    private static Stream<String> kinds(Filter filter) {
        return switch (filter) {
            case Or(Filter left, Filter right) -> Stream.concat(Stream.of("or"), both(left, right));
            case And(Filter left, Filter right) -> Stream.concat(Stream.of("and"), both(left, right));
            case Not(Filter inner) -> Stream.concat(Stream.of("not"), kinds(inner));
            case ValuePath(var path, Filter inner) ->
                Stream.of(
                                Stream.of("value filter"),
                                extension(path),
                                kinds(inner).filter(kind -> kind.equals("not")).map(_ -> "not in a value filter"))
                        .flatMap(Function.identity());
            case Present(var path) -> Stream.concat(Stream.of("present"), extension(path));
            case Comparison(var path, var operator, var literal) ->
                Stream.of(
                                Stream.of(
                                        operator.name(),
                                        literal.isNull()
                                                ? "null"
                                                : literal.getNodeType().name()),
                                extension(path),
                                literal.isTextual()
                                                && DATE.matcher(literal.textValue())
                                                        .matches()
                                        ? Stream.of("date")
                                        : Stream.<String>empty())
                        .flatMap(Function.identity());
        };
    }

    private static Stream<String> both(Filter left, Filter right) {
        return Stream.concat(kinds(left), kinds(right));
    }

    private static Stream<String> extension(AttributePath path) {
        return path.urn() == null ? Stream.of() : Stream.of("extension");
    }

    private static Map<PersonId, ObjectNode> people(int count, Vocabulary vocabulary) {
        GeneratedPeople somebody = new GeneratedPeople(SEED, AcmeCatalog.USER, vocabulary);
        Map<PersonId, ObjectNode> documents = new HashMap<>();
        for (int i = 0; i < count; i++) {
            documents.put(new PersonId(new UUID(0, i)), somebody.resource().put("active", true));
        }
        return documents;
    }

    private static Set<PersonId> matching(Filter filter, Map<PersonId, ObjectNode> documents) {
        return documents.entrySet().stream()
                .filter(person -> Matcher.matches(Binder.bind(filter, AcmeCatalog.USER), person.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Set<PersonId> holders(Contract contract, Map<PersonId, ObjectNode> documents) {
        Map<PersonId, Person> people = documents.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> new Person(it.getKey(), it.getValue())));
        Group everybody = new Group(
                new UUID(1, 1),
                "default",
                "everybody",
                Optional.empty(),
                people.keySet().stream().map(PersonId::value).collect(Collectors.toSet()));
        Facts facts = new Facts(
                new Snapshot(people, Map.of(everybody.id(), everybody), Map.of()), Optional.empty(), Instant.EPOCH);
        return Deriver.of(contract, SHOP, facts).derive(KnownNames.all(Map.of())).desired().logins().values().stream()
                .map(LoginState::person)
                .collect(Collectors.toSet());
    }

    private static Map<PersonId, ObjectNode> narrowed(Map<PersonId, ObjectNode> documents, Set<String> attributes) {
        Map<PersonId, ObjectNode> narrow = new HashMap<>();
        documents.forEach((id, document) -> {
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            attributes.forEach(name -> Optional.ofNullable(document.get(name)).ifPresent(it -> kept.set(name, it)));
            narrow.put(id, kept);
        });
        return narrow;
    }
}
