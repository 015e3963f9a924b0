package dev.rolewright.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rolewright.contract.Audience;
import dev.rolewright.contract.Contract;
import dev.rolewright.contract.ContractReader;
import dev.rolewright.contract.Derivation;
import dev.rolewright.contract.Deriver;
import dev.rolewright.contract.Facts;
import dev.rolewright.contract.KnownNames;
import dev.rolewright.contract.PeopleChecks;
import dev.rolewright.contract.Reading;
import dev.rolewright.contract.Snapshot;
import dev.rolewright.contract.SourceFile;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.scim.schema.AcmeCatalog;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How long a very large contract takes to be read, and to be applied to very many people. Nothing but memory is
/// asked, so the times are those of one processor.
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ContractBench {

    private static final int ROLES = Integer.getInteger("rolewright.bench.roles", 1_000);
    private static final int MAPPINGS = Integer.getInteger("rolewright.bench.mappings", 10_000);
    private static final int PEOPLE = Integer.getInteger("rolewright.bench.people", 200_000);
    private static final int GROUPS_OF_A_PERSON = 5;
    private static final int GRANTS_OF_A_ROLE = 20;
    private static final int TABLES = 2_000;
    private static final int SEPARATIONS = 50;
    private static final int ROUNDS = 3;
    private static final TargetName SHOP = new TargetName("shop");

    private final Random random = new Random(20261121);
    private final Report report = new Report("A very large contract");

    @Test
    void measuresAVeryLargeContract() throws IOException {
        String text = text();
        Reading reading = best(
                "read and check",
                () -> ContractReader.read(
                        List.of(new SourceFile("large.yaml", text)), AcmeCatalog.USER, Set.of("postgresql")));
        assertThat(reading.contract())
                .as("%s", reading.findings().stream().findFirst())
                .isPresent();
        Contract contract = reading.contract().orElseThrow();
        String misspelt = text.replace("roles: [role-", "roles: [rolle-");
        best(
                "read with an error in each mapping",
                () -> ContractReader.read(
                        List.of(new SourceFile("large.yaml", misspelt)), AcmeCatalog.USER, Set.of("postgresql")));
        Facts facts = facts();
        Derivation derivation = best("derive everybody", () -> derive(contract, facts));
        assertThat(derivation.desired().logins()).hasSizeGreaterThan(PEOPLE / 2);
        Facts one = only(facts, new PersonId(new UUID(0, 7)));
        best("derive one person", () -> derive(contract, one));
        best("check against everybody", () -> PeopleChecks.check(contract, facts));
        best("whom the mappings reach", () -> Audience.of(contract, facts));
        report.write("%,d roles with %d privileges, %,d mappings, %,d people in %d of %,d groups each, best of %d%n"
                .formatted(ROLES, GRANTS_OF_A_ROLE, MAPPINGS, PEOPLE, GROUPS_OF_A_PERSON, MAPPINGS, ROUNDS));
    }

    private static Derivation derive(Contract contract, Facts facts) {
        return Deriver.of(contract, SHOP, facts).derive(KnownNames.all(Map.of()));
    }

    /// What the directory is asked for when one person has changed.
    private static Facts only(Facts all, PersonId id) {
        Snapshot some = new Snapshot(
                Map.of(id, Objects.requireNonNull(all.snapshot().people().get(id))),
                all.snapshot().groups().entrySet().stream()
                        .filter(group -> group.getValue().members().contains(id.value()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                Map.of());
        return new Facts(some, Optional.of(Set.of(id)), all.now());
    }

    private <T> T best(String what, Supplier<T> work) {
        long best = Long.MAX_VALUE;
        T result = null;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            result = work.get();
            best = Math.min(best, System.nanoTime() - start);
        }
        report.note("%s: %,d ms", what, best / 1_000_000);
        return result;
    }

    private String text() {
        StringBuilder text = new StringBuilder("""
                contract: 1
                environments: {production: {forbid: [superuser, bypassrls]}}
                targets: {shop: {engine: postgresql, environment: production, databases: [shop]}}
                roles:
                """);
        for (int role = 0; role < ROLES; role++) {
            text.append("  role-")
                    .append(role)
                    .append(":\n    kind: read-write\n    purpose: p\n    owner: person-")
                    .append(role)
                    .append("@example.org\n    target: shop\n");
            if (role % 10 == 9) {
                text.append("    includes: [role-").append(role - 1).append("]\n");
            }
            text.append("    grants:\n");
            for (int grant = 0; grant < GRANTS_OF_A_ROLE; grant++) {
                text.append("      - {database: shop, schema: s, table: t")
                        .append(random.nextInt(TABLES))
                        .append(", privileges: [SELECT, INSERT]}\n");
            }
        }
        text.append("separation:\n");
        for (int rule = 0; rule < SEPARATIONS; rule++) {
            text.append("  - {name: s")
                    .append(rule)
                    .append(", never: [role-")
                    .append(10 * rule)
                    .append(", role-")
                    .append(10 * rule + 2)
                    .append("]}\n");
        }
        text.append("mappings:\n");
        for (int mapping = 0; mapping < MAPPINGS; mapping++) {
            String group = mapping % 20 == 0
                    ? "{matches: \"team-" + mapping + "-*\"}"
                    : "{displayName: Team-" + mapping + "-members}";
            text.append("  - name: mapping ")
                    .append(mapping)
                    .append("\n    group: ")
                    .append(group)
                    .append("\n    roles: [role-")
                    .append(mapping % ROLES)
                    .append("]\n");
            if (mapping % 5 == 0) {
                text.append("    when: 'userType eq \"Employee\" and not (title sw \"x\")'\n");
            }
        }
        return text.toString();
    }

    private Facts facts() {
        Map<PersonId, Snapshot.Person> people = new HashMap<>();
        List<Set<UUID>> members = new ArrayList<>();
        for (int group = 0; group < MAPPINGS; group++) {
            members.add(new HashSet<>());
        }
        for (int i = 0; i < PEOPLE; i++) {
            PersonId id = new PersonId(new UUID(0, i));
            people.put(
                    id,
                    new Snapshot.Person(
                            id,
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("userName", "Person-" + i + "@example.org")
                                    .put("userType", i % 10 == 0 ? "Guest" : "Employee")));
            for (int group = 0; group < GROUPS_OF_A_PERSON; group++) {
                members.get(random.nextInt(MAPPINGS)).add(id.value());
            }
        }
        Map<UUID, Snapshot.Group> groups = new HashMap<>();
        for (int group = 0; group < MAPPINGS; group++) {
            UUID id = new UUID(1, group);
            groups.put(
                    id,
                    new Snapshot.Group(
                            id, "default", "team-" + group + "-Members", Optional.empty(), members.get(group)));
        }
        return new Facts(new Snapshot(people, groups, Map.of()), Optional.empty(), Instant.EPOCH);
    }
}
