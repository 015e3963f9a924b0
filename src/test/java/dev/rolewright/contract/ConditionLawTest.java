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
import dev.rolewright.scim.filter.Binder;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.FilterPrinter;
import dev.rolewright.scim.filter.Matcher;
import dev.rolewright.scim.schema.AcmeCatalog;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A condition means what the same filter means at the SCIM door, whose SQL another law holds to the same [Matcher],
/// and it needs no more of a person than [Contract#attributes] says.
class ConditionLawTest {

    private static final long SEED = 20261121;
    private static final TargetName SHOP = new TargetName("shop");

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

    @Test
    void givesARoleToExactlyThePeopleThatMatch() {
        Map<PersonId, ObjectNode> documents = people(40);
        GeneratedFilters filters = new GeneratedFilters(SEED, AcmeCatalog.USER, Vocabulary.PLAIN, _ -> true);
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
            dividing += matching.isEmpty() || matching.size() == documents.size() ? 0 : 1;
        }
        assertThat(read).isGreaterThan(1_500);
        assertThat(dividing).as("conditions that divide people").isGreaterThan(500);
    }

    private static Map<PersonId, ObjectNode> people(int count) {
        GeneratedPeople somebody = new GeneratedPeople(SEED, AcmeCatalog.USER, Vocabulary.PLAIN);
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
                "everybody",
                Optional.empty(),
                people.keySet().stream().map(PersonId::value).collect(Collectors.toSet()));
        Facts facts = new Facts(
                new Snapshot(people, Map.of(everybody.id(), everybody), Map.of()),
                KnownNames.all(Map.of()),
                Optional.empty(),
                Instant.EPOCH);
        return Deriver.derive(contract, SHOP, facts).desired().logins().values().stream()
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
