package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reach.TargetsConfig;
import dev.rolewright.reach.Ways;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two targets of a contract lead to one server, where each would end what people earn by the other.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class SharedServerFlowTest {

    private static final Caller GRACE = Caller.ofNoSource("grace", "shared");

    @Inject
    Premises premises;

    private final String tag = UUID.randomUUID().toString().substring(0, 8);
    private final TargetName shop = new TargetName("shop-" + tag);
    private final TargetName till = new TargetName("till-" + tag);
    private final FakeEngine engine = new FakeEngine();
    private final FakeServer server = engine.server("fake:" + tag);
    private final Map<String, TargetsConfig.TargetConfig> addresses =
            new HashMap<>(Map.of(shop.value(), Ways.at("fake:" + tag), till.value(), Ways.at("fake:" + tag)));
    private Rig rig;
    private int numbers;
    private PersonId ada;
    private PersonId bob;

    @BeforeEach
    void employOneForEach() {
        rig = new Rig(premises.site(engine, addresses));
        Idp idp = premises.idp("idp-" + tag);
        ada = idp.hires("ada");
        bob = idp.hires("bob");
        idp.adds(idp.founds("shop-" + tag), ada);
        idp.adds(idp.founds("till-" + tag), bob);
        follow(shop, till);
    }

    @Test
    void whoCameFirstHasItAndNobodyLosesAnything() {
        rig.settle(shop);
        rig.settle(till);
        rig.settle(shop);

        assertThat(server.login(ada).orElseThrow().state().isActive()).isTrue();
        assertThat(server.login(bob)).isEmpty();
        assertThat(failures(till)).isEqualTo(1);
        assertThat(failures(shop)).isZero();
    }

    @Test
    void theOtherGoesOnWhenItsAddressIsMended() {
        rig.settle(shop);
        rig.settle(till);

        addresses.put(till.value(), Ways.at("fake:other-" + tag));
        ask(till);
        rig.settle(till);

        assertThat(engine.server("fake:other-" + tag)
                        .login(bob)
                        .orElseThrow()
                        .state()
                        .isActive())
                .isTrue();
        assertThat(server.login(ada).orElseThrow().state().isActive()).isTrue();
    }

    @Test
    void twoThatWereApartAreStoppedWhenTheyMeet() {
        addresses.put(till.value(), Ways.at("fake:other-" + tag));
        rig.settle(shop);
        rig.settle(till);
        addresses.put(till.value(), Ways.at("fake:" + tag));

        assertThatThrownBy(() -> rig.servers.move(till, server.identity(), Optional.empty(), "It is there now.", GRACE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Target " + shop + " is on that server.");
        ask(till);
        rig.settle(till);

        assertThat(server.login(ada).orElseThrow().state().isActive()).isTrue();
        assertThat(server.login(bob)).isEmpty();
    }

    @Test
    void aTargetThatLeftTheContractGivesItsServerUp() {
        rig.settle(shop);
        follow(till);
        rig.settle(till);

        follow(shop, till);
        rig.settle(shop);
        rig.settle(till);

        assertThat(server.login(bob).orElseThrow().state().isActive()).isTrue();
        assertThat(failures(till)).isZero();
        assertThat(failures(shop)).isEqualTo(1);
    }

    @Test
    void aCopyIsAServerOfItsOwnWhenAnApproverSaysSo() {
        FakeServer copy = copy("copy");
        addresses.put(till.value(), Ways.at("fake:copy-" + tag));
        rig.settle(shop);
        rig.settle(till);
        assertThat(failures(till)).isEqualTo(1);

        assertThatThrownBy(() -> rig.servers.move(till, copy.identity(), Optional.of(till), "Staging.", GRACE))
                .isInstanceOf(IllegalArgumentException.class);
        rig.servers.move(till, copy.identity(), Optional.of(shop), "Staging is made of it every night.", GRACE);
        rig.settle(till);
        ask(shop);
        rig.settle(shop);

        assertThat(copy.login(bob).orElseThrow().state().isActive()).isTrue();
        assertThat(server.login(ada).orElseThrow().state().isActive()).isTrue();
        assertThat(failures(till) + failures(shop)).isZero();
        assertThat(premises.number("SELECT count(*) FROM audit_event WHERE action = 'target.moved' AND subject_id = '"
                        + till + "' AND detail ->> 'copyOf' = '" + shop + "'"))
                .isEqualTo(1);
    }

    @Test
    void everyCopyOfOneServerIsAServerOfItsOwn() {
        TargetName desk = new TargetName("desk-" + tag);
        FakeServer second = copy("second");
        bringUpACopy();
        addresses.put(desk.value(), Ways.at("fake:second-" + tag));
        follow(shop, till, desk);
        rig.settle(desk);
        assertThat(failures(desk)).isEqualTo(1);

        rig.servers.move(desk, second.identity(), Optional.of(till), "It was made of staging.", GRACE);
        for (TargetName target : List.of(shop, till, desk)) {
            ask(target);
            rig.settle(target);
        }

        assertThat(failures(shop) + failures(till) + failures(desk)).isZero();
        assertThatThrownBy(() -> rig.servers.move(desk, second.identity(), Optional.of(shop), "Again.", GRACE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Target " + desk + " is on no other server than that.");
    }

    @Test
    void aCopyKeepsItsServerWhenItComesBackToTheContract() {
        bringUpACopy();

        follow(shop);
        rig.settle(till);
        follow(shop, till);
        rig.settle(till);

        assertThat(server.login(ada).orElseThrow().state().isActive()).isTrue();
        assertThat(failures(till)).isZero();
        assertThat(rig.servers.known(till)).contains(server.identity());
    }

    @Test
    void whoMovedAwayIsACopyNoLonger() {
        FakeServer other = engine.server("fake:other-" + tag);
        bringUpACopy();
        addresses.put(till.value(), Ways.at("fake:other-" + tag));
        rig.servers.move(till, other.identity(), Optional.empty(), "Staging has a server now.", GRACE);
        rig.settle(till);

        assertThatThrownBy(() -> rig.servers.move(till, server.identity(), Optional.empty(), "It is back.", GRACE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Target " + shop + " is on that server.");
        addresses.put(shop.value(), Ways.at("fake:other-" + tag));
        assertThatThrownBy(() -> rig.servers.move(shop, other.identity(), Optional.empty(), "So is this.", GRACE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Target " + till + " is on that server.");
    }

    private FakeServer copy(String name) {
        FakeServer copy = engine.server("fake:" + name + "-" + tag);
        copy.identity = server.identity();
        return copy;
    }

    private void bringUpACopy() {
        FakeServer copy = copy("copy");
        addresses.put(till.value(), Ways.at("fake:copy-" + tag));
        rig.settle(shop);
        rig.settle(till);
        rig.servers.move(till, copy.identity(), Optional.of(shop), "Staging is made of it every night.", GRACE);
        rig.settle(till);
        assertThat(failures(till)).isZero();
    }

    private void ask(TargetName target) {
        rig.queue.request(target, null, "tester");
        premises.run("UPDATE target_state SET not_before = NULL WHERE target = '" + target + "'");
    }

    private long failures(TargetName target) {
        return premises.number("SELECT count(*) FROM target_state WHERE failure_kind = 'SHARED' AND failures > 0"
                + " AND target = '" + target + "'");
    }

    private void follow(TargetName... targets) {
        StringBuilder text = new StringBuilder("contract: 1\nenvironments: {test: {}}\n");
        text.append("lifecycle: {login: \"{userName.local}\"}\ntargets:\n");
        for (TargetName target : targets) {
            text.append("  %s: {engine: cassandra, environment: test, databases: [shop], drift: revert}\n"
                    .formatted(target));
        }
        text.append("roles:\n");
        for (TargetName target : targets) {
            text.append("  %s_reader: {kind: read-only, purpose: Reading, owner: us, target: %s}\n"
                    .formatted(target.value().replace('-', '_'), target));
        }
        text.append("mappings:\n");
        for (TargetName target : targets) {
            text.append("  - {name: %1$s reads, group: {displayName: %1$s}, roles: [%2$s_reader]}\n"
                    .formatted(target, target.value().replace('-', '_')));
        }
        rig.follow(rig.contract(++numbers, text.toString()));
        List.of(targets).forEach(this::ask);
    }
}
