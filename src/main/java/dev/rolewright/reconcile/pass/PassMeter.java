package dev.rolewright.reconcile.pass;

import dev.rolewright.audit.PassEvent.StepEnded.End;
import dev.rolewright.engine.Outcome;
import dev.rolewright.reconcile.aftermath.Performed;
import dev.rolewright.reconcile.hold.Intent;
import dev.rolewright.reconcile.targets.TargetCounts;
import dev.rolewright.reconcile.work.Work;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/// Measures passes for whoever watches: how long they take, what becomes of steps, and how far targets are behind the
/// directory.
@ApplicationScoped
class PassMeter {

    private final MeterRegistry meters;

    PassMeter(MeterRegistry meters) {
        this.meters = meters;
    }

    void ended(Intent intent, Performed performed) {
        Work work = intent.work();
        String target = work.target().value();
        Instant now = Instant.now();
        meters.timer(
                        "passes",
                        "target",
                        target,
                        "scope",
                        work.whole() ? "whole" : "some",
                        "outcome",
                        outcome(performed))
                .record(between(intent.picture().now(), now));
        performed.each((_, outcome) ->
                TargetCounts.steps(meters, work.target(), end(outcome)).increment());
        if (!work.marks().isEmpty()) {
            meters.timer("directory_lag", "target", target).record(between(work.asked(), now));
        }
    }

    /// Two clocks, one of them rounded, may disagree by a little.
    private static Duration between(Instant from, Instant to) {
        return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }

    private static String outcome(Performed performed) {
        if (performed.failure().isPresent()) {
            return "failed";
        }
        return performed.plan().isEmpty() ? "idle" : "done";
    }

    private static End end(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> End.DONE;
            case Outcome.Failed _ -> End.FAILED;
            case Outcome.Skipped _ -> End.SKIPPED;
        };
    }
}
