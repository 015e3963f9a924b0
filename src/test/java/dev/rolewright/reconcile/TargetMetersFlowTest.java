package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.amendment.ContractActivated;
import dev.rolewright.amendment.Contracts;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.PersonId;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.drift.DriftBook;
import dev.rolewright.reconcile.hold.Holds;
import dev.rolewright.reconcile.proof.ReceiptBook;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever watches sees a target fail while it does, and a first failure rise from 0.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class TargetMetersFlowTest {

    @Inject
    Premises premises;

    @Inject
    Contracts contracts;

    @Inject
    Holds holds;

    @Inject
    DriftBook drifts;

    @Inject
    ReceiptBook receipts;

    @Inject
    MeterRegistry registry;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private Scene scene;

    @BeforeEach
    void setTheScene() {
        scene = new Scene(premises, new FakeEngine());
        new TargetMeters(scene.rig.store, contracts, holds, drifts, receipts, meters)
                .follow(new ContractActivated(scene.rig.contract(2, scene.text())));
    }

    private double gauge(String name) {
        return meters.get(name).tag("target", scene.target.value()).gauge().value();
    }

    @Test
    void countsFromNought() {
        for (String name : new String[] {"revocations_not_proven", "drift_found"}) {
            assertThat(meters.get(name)
                            .tag("target", scene.target.value())
                            .counter()
                            .count())
                    .isZero();
        }
        for (String outcome : new String[] {"done", "failed", "skipped"}) {
            assertThat(meters.get("steps")
                            .tags("target", scene.target.value(), "outcome", outcome)
                            .counter()
                            .count())
                    .isZero();
        }
        assertThat(meters.get("revocation")
                        .tag("target", scene.target.value())
                        .timer()
                        .count())
                .isZero();
    }

    @Test
    void tellsOfATargetThatFallsBehindAndThatItFails() {
        assertThat(gauge("target_failing")).isZero();
        assertThat(gauge("target_waiting")).isZero();

        scene.server.down = Optional.of(FakeServer.failure(EngineFailure.Kind.UNREACHABLE));
        PersonId ada = scene.employed("ada");
        assertThat(gauge("target_failing")).isEqualTo(1);
        assertThat(gauge("target_waiting")).isPositive().isLessThan(600);

        scene.server.down = Optional.empty();
        scene.rig.circuit.close(scene.target);
        scene.settle();
        assertThat(scene.server.login(ada)).isPresent();
        assertThat(gauge("target_failing")).isZero();
        assertThat(gauge("target_waiting")).isZero();
    }

    @Test
    void tellsOfATargetThatKnowsMoreThanTheStoreForAsLongAsItDoes() {
        scene.employed("ada");
        assertThat(gauge("store_older")).isZero();

        scene.server.lastPass = scene.server.lastPass.map(ours -> ours + 5);
        scene.wantWhole();
        scene.settle();
        assertThat(gauge("store_older")).isEqualTo(1);
        assertThat(gauge("target_failing")).isZero();

        scene.moveTo(scene.server.identity(), "Nobody brought anything back.");
        scene.settle();
        assertThat(gauge("store_older")).isZero();
    }

    /// Nobody has to ask for a hold first.
    @Test
    void whatIsOpenIsToldFromTheStart() {
        assertThat(registry.find("holds_open").gauge()).isNotNull();
        assertThat(registry.find("drift_open").gauge()).isNotNull();
    }
}
