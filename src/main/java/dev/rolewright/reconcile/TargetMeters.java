package dev.rolewright.reconcile;

import dev.rolewright.amendment.ContractActivated;
import dev.rolewright.amendment.Contracts;
import dev.rolewright.audit.PassEvent.StepEnded.End;
import dev.rolewright.contract.Contract;
import dev.rolewright.model.TargetName;
import dev.rolewright.reconcile.drift.DriftBook;
import dev.rolewright.reconcile.hold.Holds;
import dev.rolewright.reconcile.proof.ReceiptBook;
import dev.rolewright.reconcile.targets.TargetCounts;
import dev.rolewright.store.Glances;
import dev.rolewright.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;

/// Measures what is open from the start, and each target from the moment the contract names it. What counts failures is
/// there before the first one: of a counter that begins with 1 nobody sees that it rose.
@ApplicationScoped
class TargetMeters {

    /// Marks are taken away when a pass is through with them, and the oldest has the lowest number.
    private static final String WAITING =
            "SELECT extract(epoch FROM now() - at) FROM dirty WHERE target = ? ORDER BY id LIMIT 1";

    private static final String FAILING = "SELECT failures FROM target_state WHERE target = ? AND NOT retired";

    private static final String OLDER =
            "SELECT 1 FROM target_state WHERE target = ? AND outrun IS NOT NULL AND NOT retired";

    private final Store store;
    private final Contracts contracts;
    private final Holds holds;
    private final DriftBook drifts;
    private final ReceiptBook receipts;
    private final MeterRegistry meters;

    TargetMeters(
            Store store,
            Contracts contracts,
            Holds holds,
            DriftBook drifts,
            ReceiptBook receipts,
            MeterRegistry meters) {
        this.store = store;
        this.holds = holds;
        this.drifts = drifts;
        this.receipts = receipts;
        this.contracts = contracts;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        Gauge.builder("holds_open", Glances.GAUGES.at(holds::open)).register(meters);
        Gauge.builder("revocations_owed", Glances.GAUGES.at(receipts::owed)).register(meters);
        Gauge.builder("drift_open", Glances.GAUGES.at(drifts::open)).register(meters);
        contracts.active().ifPresent(active -> follow(active.contract()));
    }

    void follow(@Observes ContractActivated activated) {
        follow(activated.contract().contract());
    }

    private void follow(Contract contract) {
        for (TargetName target : contract.targets().keySet()) {
            TimeGauge.builder("target_waiting", Glances.GAUGES.at(() -> ask(WAITING, target)), TimeUnit.SECONDS)
                    .tag("target", target.value())
                    .register(meters);
            Gauge.builder("target_failing", Glances.GAUGES.at(() -> ask(FAILING, target)))
                    .tag("target", target.value())
                    .register(meters);
            Gauge.builder("store_older", Glances.GAUGES.at(() -> ask(OLDER, target)))
                    .tag("target", target.value())
                    .register(meters);
            TargetCounts.revocation(meters, target);
            for (End end : End.values()) {
                TargetCounts.steps(meters, target, end);
            }
            TargetCounts.notProven(meters, target);
            TargetCounts.driftFound(meters, target);
        }
    }

    private double ask(String sql, TargetName target) {
        return store.first(sql, row -> row.getDouble(1), target.value()).orElse(0.0);
    }
}
