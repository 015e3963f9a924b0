package dev.rolewright.reconcile.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rolewright.contract.Contract;
import dev.rolewright.contract.ContractReader;
import dev.rolewright.contract.Derivation;
import dev.rolewright.contract.Deriver;
import dev.rolewright.contract.Facts;
import dev.rolewright.contract.Look;
import dev.rolewright.contract.Snapshot;
import dev.rolewright.contract.SourceFile;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Belongings;
import dev.rolewright.plan.Inventory;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.SeenLogin;
import dev.rolewright.plan.Server;
import dev.rolewright.plan.Strangers;
import dev.rolewright.reconcile.login.LoginRow;
import dev.rolewright.scim.schema.AcmeCatalog;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What was derived while a target was still looked at is kept only if the look leads to the same.
class NamesLawTest {

    private static final TargetName SHOP = new TargetName("shop");
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final List<String> NAMES = List.of("ada", "Ada", "bob", "b0b", "eve", "kim", "reader");
    private static final int PEOPLE = 4;
    private static final int WORLDS = 3_000;

    private static final Contract CONTRACT = ContractReader.read(
                    List.of(new SourceFile("shop.yaml", """
                            contract: 1
                            environments: {production: {}}
                            targets: {shop: {engine: postgresql, environment: production, databases: [shop]}}
                            roles:
                              reader: {kind: read-only, purpose: p, owner: o, target: shop,
                                grants: [{database: shop, schema: s, tables: [t], privileges: [SELECT]}]}
                            mappings:
                              - {name: all read, group: {displayName: all}, roles: [reader]}
                            """)), AcmeCatalog.USER, Set.of("postgresql"))
            .contract()
            .orElseThrow();

    @Test
    void aDerivationThatIsConfirmedIsTheOneThatFollowsFromTheLook() {
        int confirmed = 0;
        for (int seed = 0; seed < WORLDS; seed++) {
            Random random = new Random(seed);
            Map<PersonId, LoginRow> rows = rows(random);
            Set<Look> written =
                    rows.values().stream().map(row -> Look.of(row.name())).collect(Collectors.toSet());
            Names before = Names.of(
                    LoginRow.names(rows),
                    looks -> looks.stream().filter(written::contains).collect(Collectors.toSet()));
            Deriver deriver = Deriver.of(CONTRACT, SHOP, new Facts(snapshot(random), Optional.empty(), NOW));
            Derivation guess = deriver.derive(before);
            Names after = before.correctedBy(observed(random), rows);
            Derivation right = deriver.derive(after);
            if (after.confirm(before, guess)) {
                confirmed++;
                assertThat(guess.desired().logins())
                        .as("seed %d", seed)
                        .isEqualTo(right.desired().logins());
                assertThat(guess.withheld()).as("seed %d", seed).isEqualTo(right.withheld());
            }
        }
        assertThat(confirmed).isBetween(WORLDS / 20, WORLDS - WORLDS / 20);
    }

    @Test
    void nothingNewOnTheTargetConfirms() {
        Names names = Names.of(Map.of(), _ -> Set.of());
        Deriver deriver = Deriver.of(CONTRACT, SHOP, new Facts(snapshot(new Random(1)), Optional.empty(), NOW));
        Derivation guess = deriver.derive(names);

        assertThat(guess.desired().logins()).isNotEmpty();
        assertThat(names.correctedBy(observed(Map.of(), Set.of("postgres")), Map.of())
                        .confirm(names, guess))
                .isTrue();
        for (LoginName taken : guess.desired().logins().keySet()) {
            assertThat(names.correctedBy(observed(Map.of(), Set.of(taken.value())), Map.of())
                            .confirm(names, guess))
                    .isFalse();
        }
    }

    private static Map<PersonId, LoginRow> rows(Random random) {
        Map<PersonId, LoginRow> rows = new HashMap<>();
        for (int i = 0; i < PEOPLE; i++) {
            if (random.nextInt(3) == 0) {
                LoginRow pending = LoginRow.pending(person(i), name(random), NOW);
                rows.put(person(i), random.nextBoolean() ? pending : fact(pending));
            }
        }
        return rows;
    }

    private static LoginRow fact(LoginRow row) {
        return new LoginRow(
                row.person(),
                row.name(),
                Optional.of("7"),
                Optional.of("server"),
                LoginRow.State.ACTIVE,
                NOW,
                false,
                true,
                false,
                Optional.empty(),
                0,
                Optional.empty());
    }

    private static Snapshot snapshot(Random random) {
        Map<PersonId, Snapshot.Person> people = new HashMap<>();
        for (int i = 0; i < PEOPLE; i++) {
            String userName = i == 0 ? "ada" : name(random).value();
            people.put(
                    person(i),
                    new Snapshot.Person(
                            person(i),
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("userName", userName)
                                    .put("active", i == 0 || random.nextInt(4) > 0)));
        }
        UUID all = new UUID(1, 1);
        Set<UUID> members =
                IntStream.range(0, PEOPLE).mapToObj(i -> person(i).value()).collect(Collectors.toSet());
        return new Snapshot(
                people, Map.of(all, new Snapshot.Group(all, "idp", "all", Optional.empty(), members)), Map.of());
    }

    private static Observed observed(Random random) {
        Map<LoginName, SeenLogin> logins = new HashMap<>();
        Set<String> strangers = new HashSet<>();
        for (String name : NAMES) {
            switch (random.nextInt(12)) {
                case 0 -> strangers.add(name);
                case 1 -> {
                    LoginName login = new LoginName(name);
                    logins.put(
                            login,
                            new SeenLogin(
                                    LoginState.active(login, person(random.nextInt(PEOPLE)), Set.of()),
                                    name,
                                    true,
                                    0,
                                    Belongings.NONE));
                }
                default -> {}
            }
        }
        return observed(logins, strangers);
    }

    private static Observed observed(Map<LoginName, SeenLogin> logins, Set<String> strangers) {
        return new Observed(
                new Server("Fake 1", "server", Set.of(new RoleName("connector")), Set.of(), false),
                Scope.WHOLE,
                logins,
                Set.of(),
                Map.of(),
                Inventory.EMPTY,
                new Strangers(Set.of(), 0, strangers),
                List.of());
    }

    private static LoginName name(Random random) {
        return new LoginName(NAMES.get(random.nextInt(NAMES.size())));
    }

    private static PersonId person(int number) {
        return new PersonId(new UUID(0, number));
    }
}
