package dev.rolewright.reconcile.targets;

import dev.rolewright.audit.PassEvent.StepEnded.End;
import dev.rolewright.model.TargetName;
import dev.rolewright.store.Store;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/// What is counted on a target, by its names: for whoever counts, and for `TargetMeters`, which has it there before the
/// first time.
public final class TargetCounts {

    private TargetCounts() {}

    public static Timer revocation(MeterRegistry meters, TargetName target) {
        return Timer.builder("revocation")
                .description("from the change to the proof that what it takes is gone")
                .tag("target", target.value())
                .publishPercentileHistogram()
                .register(meters);
    }

    public static Counter steps(MeterRegistry meters, TargetName target, End end) {
        return meters.counter("steps", "target", target.value(), "outcome", Store.word(end));
    }

    public static Counter notProven(MeterRegistry meters, TargetName target) {
        return meters.counter("revocations_not_proven", "target", target.value());
    }

    public static Counter driftFound(MeterRegistry meters, TargetName target) {
        return meters.counter("drift_found", "target", target.value());
    }
}
