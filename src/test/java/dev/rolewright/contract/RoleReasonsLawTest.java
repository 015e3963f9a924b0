package dev.rolewright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.Desired;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Item;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.TargetName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Whatever a contract says of roles, each thing that is desired of one has a reason that leads to the contract: the
/// role says it itself, or it is the way to something that the role says itself.
class RoleReasonsLawTest {

    private static final List<String> GRANTS = List.of(
            "privileges: [CONNECT]",
            "privileges: [CONNECT, TEMPORARY]",
            "privileges: [CREATE]",
            "schema: s, privileges: [USAGE]",
            "schema: s, privileges: [USAGE, CREATE]",
            "schema: t, table: a, privileges: [SELECT, INSERT]",
            "schema: s, tables: [a, b], privileges: [SELECT]",
            "schema: s, tables: '*', privileges: [SELECT, UPDATE], future: {createdBy: [owner, other]}",
            "schema: s, table: a, columns: [c, d], privileges: [SELECT]",
            "schema: t, sequences: '*', privileges: [USAGE], future: {createdBy: [owner]}",
            "schema: t, sequence: q, privileges: [SELECT]",
            "schema: s, functions: ['f(int)', 'g()'], privileges: [EXECUTE]",
            "schema: t, functions: '*', privileges: [EXECUTE], future: {createdBy: [owner]}",
            "schema: u, types: [x, y], privileges: [USAGE]");

    private final Random random = new Random(20261121);

    @Test
    void whatIsDesiredOfARoleHasAReason() {
        int implied = 0;
        for (int round = 0; round < 300; round++) {
            Contract contract = Contracts.contract(text());
            for (TargetName target : contract.targets().keySet()) {
                Desired desired = desired(contract, target);
                assertThat(desired.roles().keySet())
                        .isEqualTo(contract.rolesOf(target).map(Role::name).collect(Collectors.toSet()));
                for (RoleState role : desired.roles().values()) {
                    implied += reasons(contract, desired, role);
                }
            }
        }
        assertThat(implied).as("ways that follow from something else").isGreaterThan(300);
    }

    /// How many privileges of the role follow from others.
    private static int reasons(Contract contract, Desired desired, RoleState role) {
        RoleName name = role.name();
        List<Reason> declared = List.of(new Reason.Declared(name, contract.version()));
        assertThat(desired.why(new Item.Role(name))).isEqualTo(declared);
        assertThat(role.includes())
                .allSatisfy(it -> assertThat(desired.why(new Item.Include(name, it.role())))
                        .isEqualTo(declared));
        assertThat(role.defaults())
                .allSatisfy(
                        it -> assertThat(desired.why(new Item.Future(name, it))).isEqualTo(declared));
        assertThat(role.policies())
                .allSatisfy(
                        it -> assertThat(desired.why(new Item.Rows(name, it))).isEqualTo(declared));
        Set<Grant> written =
                contract.role(name).grants().stream().flatMap(RoleGrant::grants).collect(Collectors.toSet());
        assertThat(role.grants()).containsAll(written);
        int implied = 0;
        for (Grant grant : role.grants()) {
            List<Reason> why = desired.why(new Item.Privilege(name, grant));
            if (written.contains(grant)) {
                assertThat(why).as(grant.label()).isEqualTo(declared);
            } else {
                implied++;
                assertThat(why)
                        .as(grant.label())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                Reason.Implied.class,
                                reason -> assertThat(reason.by())
                                        .isInstanceOfSatisfying(
                                                Item.Privilege.class, by -> leadsTo(written, name, grant, by)));
            }
        }
        return implied;
    }

    private static void leadsTo(Set<Grant> written, RoleName role, Grant way, Item.Privilege end) {
        assertThat(end.role()).isEqualTo(role);
        assertThat(written).contains(end.grant());
        assertThat(end.grant().database()).isEqualTo(way.database());
        assertThat(way.privilege())
                .isEqualTo(way.object() instanceof ObjectRef.Database ? PrivilegeName.CONNECT : PrivilegeName.USAGE);
        if (way.object() instanceof ObjectRef.Schema(String schema)) {
            assertThat(RoleGrant.schemaOf(end.grant().object())).contains(schema);
        }
    }

    private static Desired desired(Contract contract, TargetName target) {
        Facts nobody = new Facts(new Snapshot(Map.of(), Map.of(), Map.of()), Optional.empty(), Instant.EPOCH);
        return Deriver.of(contract, target, nobody)
                .derive(KnownNames.all(Map.of()))
                .desired();
    }

    private String text() {
        StringBuilder text = new StringBuilder("""
                contract: 1
                environments: {production: {}}
                targets:
                  shop: {engine: postgresql, environment: production, databases: [shop, lake]}
                  both: {engine: postgresql, environment: production, databases: ["*"]}
                roles:
                """);
        int roles = 1 + random.nextInt(4);
        for (int role = 0; role < roles; role++) {
            String target = role == 0 || random.nextBoolean() ? "shop" : "both";
            text.append("  r%d:\n    {kind: admin, purpose: p, owner: o, target: %s".formatted(role, target));
            if (role > 0 && target.equals("shop")) {
                text.append(", includes: [r0]");
            }
            text.append(IntStream.range(0, random.nextInt(5))
                    .mapToObj(_ -> "{database: " + (random.nextBoolean() ? "shop" : "lake") + ", "
                            + GRANTS.get(random.nextInt(GRANTS.size())) + "}")
                    .collect(Collectors.joining(", ", ",\n     grants: [", "]")));
            if (random.nextInt(3) == 0) {
                text.append(", rows: [{database: shop, table: s.a, using: 'b > 1'}]");
            }
            text.append("}\n");
        }
        return text.toString();
    }
}
