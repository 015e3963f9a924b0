package dev.rolewright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.contract.Snapshot.Group;
import dev.rolewright.contract.Snapshot.Person;
import dev.rolewright.model.Desired;
import dev.rolewright.model.Fence;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Item;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.Reason;
import dev.rolewright.model.Reason.Cause;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.TargetName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The contract, applied to what the directory knows, says exactly who should have what.
class DeriverTest {

    private static final Contract CONTRACT = Contracts.contract(Contracts.WHOLE);
    private static final TargetName ORDERS = new TargetName("orders");
    private static final RoleName READER = new RoleName("orders_reader");
    private static final RoleName WRITER = new RoleName("orders_writer");
    private static final RoleName APPROVER = new RoleName("orders_approver");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private static final Person ADA = analyst(1, "ada");
    private static final LoginName ADAS = new LoginName("ada");

    private static Person analyst(int id, String name) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("userName", name + "@example.org")
                .put("userType", "Employee");
        document.putObject(ENTERPRISE).put("department", "Data");
        return new Person(new PersonId(new UUID(0, id)), document);
    }

    private static Group group(int id, String name, Object... members) {
        return new Group(
                new UUID(1, id),
                "default",
                name,
                name.equals("leads") ? Optional.of("4711") : Optional.empty(),
                Stream.of(members)
                        .map(member ->
                                member instanceof Person person ? person.id().value() : (UUID) member)
                        .collect(Collectors.toSet()));
    }

    private static Snapshot snapshot(List<Person> people, List<Group> groups) {
        Map<PersonId, Person> byId = new LinkedHashMap<>();
        people.forEach(person -> byId.put(person.id(), person));
        Map<UUID, Group> all = new LinkedHashMap<>();
        groups.forEach(group -> all.put(group.id(), group));
        return new Snapshot(byId, all, Map.of());
    }

    private static Facts facts(Snapshot snapshot) {
        return new Facts(snapshot, Optional.empty(), NOW);
    }

    private static Desired derive(Facts facts) {
        return derive(facts, Map.of());
    }

    private static Desired derive(Facts facts, Map<PersonId, LoginName> names) {
        return derive(CONTRACT, ORDERS, facts, names).desired();
    }

    private static Derivation derive(Contract contract, TargetName target, Facts facts) {
        return derive(contract, target, facts, Map.of());
    }

    private static Derivation derive(
            Contract contract, TargetName target, Facts facts, Map<PersonId, LoginName> names) {
        return Deriver.of(contract, target, facts).derive(KnownNames.all(names));
    }

    @Test
    void givesALoginToWhoEarnsARole() {
        Desired desired = derive(facts(snapshot(List.of(ADA), List.of(group(1, "DB-Analysts", ADA)))));

        assertThat(desired.logins())
                .containsExactly(Map.entry(ADAS, LoginState.active(ADAS, ADA.id(), Set.of(Membership.of(READER)))));
        assertThat(desired.why(new Item.Member(ADAS, READER)))
                .containsExactly(new Reason.Mapped(
                        ADA.id(), List.of("DB-Analysts"), "analysts read orders", READER, CONTRACT.version()));
        assertThat(desired.why(new Item.Login(ADAS))).hasSize(1);
    }

    @Test
    void asksTheCondition() {
        Person clerk = new Person(ADA.id(), ADA.document().deepCopy().put("userType", "Contractor"));

        assertThat(derive(facts(snapshot(List.of(clerk), List.of(group(1, "db-analysts", clerk)))))
                        .logins())
                .isEmpty();
    }

    @Test
    void aGroupOfAnotherSourceEarnsNothingWhereTheContractSaysWhose() {
        Contract contract = Contracts.contract(
                Contracts.WHOLE.replace("{displayName: db-analysts}", "{displayName: db-analysts, source: okta}"));
        Group theirs = group(1, "db-analysts", ADA);
        Group ours = new Group(theirs.id(), "okta", theirs.displayName(), theirs.externalId(), theirs.members());

        assertThat(derive(contract, ORDERS, facts(snapshot(List.of(ADA), List.of(theirs))))
                        .desired()
                        .logins())
                .isEmpty();
        assertThat(derive(contract, ORDERS, facts(snapshot(List.of(ADA), List.of(ours))))
                        .desired()
                        .logins())
                .containsOnlyKeys(ADAS);
    }

    @Test
    void followsNestedGroupsAndGroupsThatContainEachOther() {
        Group inner = group(3, "team", ADA, new UUID(1, 2));
        Group middle = group(2, "department", inner.id(), new UUID(1, 1));
        Group outer = group(1, "db-analysts", middle.id());

        assertThat(derive(facts(snapshot(List.of(ADA), List.of(inner, middle, outer))))
                        .why(new Item.Member(ADAS, READER)))
                .extracting(reason -> ((Reason.Mapped) reason).path())
                .containsExactly(List.of("team", "department", "db-analysts"));
    }

    @Test
    void tellsEveryReason() {
        Desired desired = derive(facts(snapshot(
                List.of(ADA),
                List.of(
                        group(1, "db-analysts", ADA),
                        group(2, "db-eu-contractors", ADA),
                        group(3, "db-us-contractors", ADA),
                        group(4, "leads", ADA)))));

        assertThat(desired.why(new Item.Member(ADAS, READER))).hasSize(3);
        assertThat(desired.why(new Item.Member(ADAS, APPROVER))).hasSize(1);
        assertThat(desired.why(new Item.Login(ADAS))).hasSize(4);
    }

    @Test
    void aRuleEndsWithItsLastDay() {
        Snapshot snapshot = snapshot(List.of(ADA), List.of(group(1, "db-eu-contractors", ADA)));

        assertThat(derive(new Facts(snapshot, Optional.empty(), Instant.parse("2027-03-31T23:59:59Z")))
                        .logins())
                .hasSize(1);
        assertThat(derive(new Facts(snapshot, Optional.empty(), Instant.parse("2027-04-01T00:00:00Z")))
                        .logins())
                .isEmpty();
    }

    @Test
    void whoseRuleIsNewlyOverIsToldSo() {
        Snapshot snapshot = snapshot(List.of(ADA), List.of(group(1, "db-eu-contractors", ADA)));
        Instant end = Instant.parse("2027-04-01T00:00:00Z");
        Map<PersonId, LoginName> names = Map.of(ADA.id(), ADAS);

        assertThat(derive(new Facts(snapshot, Optional.empty(), end, end.minusMillis(1)), names)
                        .why(new Item.Login(ADAS)))
                .contains(new Reason.Ended(ADA.id(), Reason.Cause.WITHOUT_ROLE))
                .filteredOn(Reason.Expired.class::isInstance)
                .extracting(Reason::sentence)
                .singleElement()
                .asString()
                .contains("had orders_reader by mapping", "until 2027-03-31");
        assertThat(derive(new Facts(snapshot, Optional.empty(), end, end), names)
                        .why(new Item.Login(ADAS)))
                .containsExactly(new Reason.Ended(ADA.id(), Reason.Cause.WITHOUT_ROLE));
    }

    @Test
    void suspendsWhoEarnsNothingAnyMoreAndSaysWhy() {
        Person inactive = new Person(
                new PersonId(new UUID(0, 2)), ADA.document().deepCopy().put("active", false));
        Person fenced = analyst(3, "fenced");
        Person idle = analyst(4, "idle");
        PersonId gone = new PersonId(new UUID(0, 5));
        Map<PersonId, LoginName> names = Map.of(
                inactive.id(),
                new LoginName("inactive"),
                fenced.id(),
                new LoginName("fenced"),
                idle.id(),
                new LoginName("idle"),
                gone,
                new LoginName("gone"));
        Snapshot snapshot =
                snapshot(List.of(inactive, fenced, idle), List.of(group(1, "db-analysts", inactive, fenced)));

        Fence fence = new Fence("workday", "e-1", Fence.Kind.LEAVER, NOW);
        Snapshot told = new Snapshot(snapshot.people(), snapshot.groups(), Map.of(fenced.id(), List.of(fence)));

        Desired desired = derive(new Facts(told, Optional.empty(), NOW), names);

        assertThat(desired.logins().values()).hasSize(4).noneMatch(LoginState::isActive);
        assertThat(whys(desired))
                .isEqualTo(Map.of(
                        "inactive", new Reason.Ended(inactive.id(), Cause.INACTIVE),
                        "fenced", new Reason.Fenced(fenced.id(), fence),
                        "idle", new Reason.Ended(idle.id(), Cause.WITHOUT_ROLE),
                        "gone", new Reason.Ended(gone, Cause.UNKNOWN)));
        assertThat(new Reason.Fenced(fenced.id(), fence).sentence())
                .endsWith("is fenced off; HR: workday event e-1, leaver since " + NOW);
    }

    private static Map<String, Reason> whys(Desired desired) {
        return desired.logins().keySet().stream()
                .collect(Collectors.toMap(
                        LoginName::value,
                        name -> desired.why(new Item.Login(name)).getFirst()));
    }

    @Test
    void whoWouldHoldWhatIsKeptApartGetsNeither() {
        Contract apart = Contracts.contract(Contracts.WHOLE.replace(
                "never: [orders_writer, orders_approver]", "never: [orders_reader, orders_approver]"));
        Person grace = analyst(2, "grace");
        Snapshot snapshot =
                snapshot(List.of(ADA, grace), List.of(group(1, "db-analysts", ADA, grace), group(2, "leads", ADA)));
        Reason.Separated why = new Reason.Separated(
                ADA.id(), "nobody both enters and approves", List.of(APPROVER, READER), apart.version());

        Derivation fresh = derive(apart, ORDERS, facts(snapshot));
        Derivation known = derive(apart, ORDERS, facts(snapshot), Map.of(ADA.id(), ADAS));

        assertThat(fresh.desired().logins()).containsOnlyKeys(new LoginName("grace"));
        assertThat(fresh.separated()).isEqualTo(Map.of(ADA.id(), List.of(why)));
        assertThat(fresh.unmet(ADA.id())).containsExactly(why);
        assertThat(fresh.unmet(grace.id())).isEmpty();
        assertThat(known.desired().logins().get(ADAS).isActive()).isFalse();
        assertThat(known.desired().why(new Item.Login(ADAS)))
                .containsExactly(new Reason.Ended(ADA.id(), Cause.WITHOUT_ROLE), why);
        assertThat(known.desired().why(new Item.Member(ADAS, APPROVER))).containsExactly(why);
    }

    @Test
    void whatIsNotKeptApartIsGivenAllTheSame() {
        Contract apart = Contracts.contract(Contracts.WHOLE, """
                contract: 1
                roles:
                  payer: {kind: read-only, purpose: p, owner: o, target: orders}
                  pays: {kind: read-only, purpose: p, owner: o, target: orders, includes: [payer]}
                  checker: {kind: read-only, purpose: p, owner: o, target: orders}
                mappings:
                  - {name: pay, group: {displayName: pay}, roles: [pays]}
                  - {name: check, group: {displayName: check}, roles: [checker]}
                separation:
                  - {name: pays and checks, never: [payer, checker]}
                """);
        Snapshot snapshot = snapshot(
                List.of(ADA), List.of(group(1, "db-analysts", ADA), group(2, "pay", ADA), group(3, "check", ADA)));

        Derivation derivation = derive(apart, ORDERS, facts(snapshot), Map.of(ADA.id(), ADAS));

        assertThat(derivation.desired().logins())
                .containsExactly(Map.entry(ADAS, LoginState.active(ADAS, ADA.id(), Set.of(Membership.of(READER)))));
        assertThat(derivation.desired().why(new Item.Member(ADAS, new RoleName("pays"))))
                .singleElement()
                .satisfies(why ->
                        assertThat(why.sentence()).contains("checker and payer").contains("pays and checks"));
    }

    @Test
    void whatIsKeptApartOverTargetsIsGivenOnNeither() {
        String two = """
                contract: 1
                environments: {production: {}}
                targets:
                  orders: {engine: postgresql, environment: production, databases: [orders]}
                  money: {engine: postgresql, environment: production, databases: [money]}
                roles:
                  clerk: {kind: read-only, purpose: p, owner: o, target: orders}
                  payer: {kind: read-only, purpose: p, owner: o, target: money}
                mappings:
                  - {name: clerks, group: {displayName: clerks}, roles: [clerk]}
                  - {name: payers, group: {displayName: payers}, roles: [payer]}
                """;
        String apart = "separation: [{name: four eyes, never: [clerk, payer]}]\n";
        Facts facts = facts(snapshot(List.of(ADA), List.of(group(1, "clerks", ADA), group(2, "payers", ADA))));

        for (TargetName target : List.of(ORDERS, new TargetName("money"))) {
            assertThat(derive(Contracts.contract(two), target, facts).desired().logins())
                    .hasSize(1);
            assertThat(derive(Contracts.contract(two + apart), target, facts)
                            .desired()
                            .logins())
                    .isEmpty();
        }
    }

    @Test
    void derivesTheSameTwiceWhateverWasDerivedBetween() {
        Person grace = analyst(2, "grace");
        Snapshot snapshot = snapshot(List.of(ADA, grace), List.of(group(1, "db-analysts", ADA)));
        Deriver deriver = Deriver.of(CONTRACT, ORDERS, facts(snapshot));
        KnownNames nobody = KnownNames.all(Map.of());
        Map<PersonId, LoginName> known =
                Map.of(ADA.id(), new LoginName("lovelace"), grace.id(), new LoginName("grace"));

        Derivation first = deriver.derive(nobody);
        Derivation between = deriver.derive(KnownNames.all(known));

        assertThat(between.desired().logins())
                .containsOnlyKeys(new LoginName("lovelace"), new LoginName("grace"))
                .isEqualTo(derive(CONTRACT, ORDERS, facts(snapshot), known)
                        .desired()
                        .logins());
        assertThat(deriver.derive(nobody).desired().logins())
                .containsOnlyKeys(ADAS)
                .isEqualTo(first.desired().logins());
    }

    @Test
    void saysNothingOfPeopleOutsideItsScope() {
        Person grace = analyst(2, "grace");
        Snapshot snapshot = snapshot(List.of(ADA, grace), List.of(group(1, "db-analysts", ADA, grace)));
        Map<PersonId, LoginName> names = Map.of(new PersonId(new UUID(0, 9)), ADAS, grace.id(), new LoginName("grace"));

        Desired desired = derive(new Facts(snapshot, Optional.of(Set.of(ADA.id())), NOW), names);

        assertThat(desired.logins()).hasSize(1);
        assertThat(desired.logins().keySet().iterator().next().value()).matches("ada_[0-9a-f]{8}");
    }

    @Test
    void neverNamesAProtectedLogin() {
        Map<PersonId, LoginName> names =
                Map.of(ADA.id(), new LoginName("app_ada"), new PersonId(new UUID(0, 9)), new LoginName("postgres"));
        Facts facts = facts(snapshot(List.of(ADA), List.of(group(1, "db-analysts", ADA))));

        Derivation derivation = derive(CONTRACT, ORDERS, facts, names);

        assertThat(derivation.desired().logins()).isEmpty();
        assertThat(derivation.withheld()).containsOnlyKeys(names.keySet());
        assertThat(derivation.unmet(ADA.id()))
                .containsExactly(new Reason.Nameless(ADA.id(), Optional.of(new LoginName("app_ada"))));
    }

    @Test
    void givesRolesWhatTheyNeedToReachWhatTheyMay() {
        Desired desired = derive(facts(snapshot(List.of(), List.of())));

        RoleState writer = desired.roles().get(WRITER);
        Grant connect = Grant.of("orders", new ObjectRef.Database(), PrivilegeName.CONNECT);
        Grant usage = Grant.of("orders", new ObjectRef.Schema("sales"), PrivilegeName.USAGE);
        assertThat(writer.includes()).containsExactly(Membership.of(READER));
        assertThat(writer.grants()).hasSize(6).contains(connect, usage);
        assertThat(desired.why(new Item.Privilege(WRITER, connect)))
                .singleElement()
                .isInstanceOf(Reason.Implied.class);
        RoleState reader = desired.roles().get(READER);
        assertThat(reader.defaults()).hasSize(1);
        assertThat(reader.policies()).hasSize(1);
        assertThat(desired.roles()).hasSize(3);
    }

    private static void namesItsReasons(Desired desired, LoginState login) {
        assertThat(desired.why(new Item.Login(login.name()))).isNotEmpty();
        assertThat(login.memberships())
                .isNotEmpty()
                .allSatisfy(membership -> assertThat(desired.why(new Item.Member(login.name(), membership.role())))
                        .isNotEmpty()
                        .allSatisfy(reason -> assertThat(reason).isInstanceOfSatisfying(Reason.Mapped.class, mapped -> {
                            assertThat(mapped.person()).isEqualTo(login.person());
                            assertThat(mapped.path()).isNotEmpty();
                            assertThat(CONTRACT.mappings())
                                    .anyMatch(it -> it.name().equals(mapped.mapping())
                                            && it.roles().contains(membership.role()));
                            assertThat(mapped.contract()).isEqualTo(CONTRACT.version());
                        })));
    }

    @Test
    void givesTheSameWithItsReasonsInWhateverOrder() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            List<Person> people = new ArrayList<>(IntStream.range(0, 12)
                    .mapToObj(i -> analyst(
                            i, List.of("ada", "Ada", "adа", "bernd", "bemd").get(random.nextInt(5))))
                    .toList());
            List<Group> groups = new ArrayList<>(IntStream.range(0, 6)
                    .mapToObj(i -> group(
                            i,
                            List.of("db-analysts", "db-x-contractors", "leads", "same", "same")
                                    .get(random.nextInt(5)),
                            Stream.concat(
                                            people.stream().filter(_ -> random.nextInt(4) == 0),
                                            random.ints(2, 0, 6).mapToObj(it -> new UUID(1, it)))
                                    .toArray()))
                    .toList());
            Desired desired = derive(facts(snapshot(people, groups)));
            assertThat(desired.logins().values()).allSatisfy(login -> namesItsReasons(desired, login));

            Collections.shuffle(people, random);
            Collections.shuffle(groups, random);

            assertThat(derive(facts(snapshot(people, groups)))).isEqualTo(desired);
        }
    }
}
