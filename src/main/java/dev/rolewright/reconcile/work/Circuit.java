package dev.rolewright.reconcile.work;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.TargetName;
import dev.rolewright.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/// Leaves a target alone for a while after it failed: longer each time, and never in step with other targets.
@ApplicationScoped
public class Circuit {

    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration SHORTEST_FOR_PEOPLE = Duration.ofSeconds(20);
    private static final Duration LONGEST_WHILE_BUSY = Duration.ofSeconds(3);
    private static final Duration LONGEST_FOR_SOME = Duration.ofSeconds(30);

    private final Store store;
    private final MeterRegistry meters;
    private final Duration longest;

    Circuit(Store store, MeterRegistry meters, ReconcileConfig config) {
        this.store = store;
        this.meters = meters;
        this.longest = config.longestPause();
    }

    /// Opens the circuit and gives the lease back.
    ///
    /// @return for how long
    public Duration failed(Lease lease, EngineFailure failure, int before) {
        meters.counter(
                        "target_failures",
                        "target",
                        lease.target().value(),
                        "kind",
                        failure.kind().name())
                .increment();
        Duration pause = pause(failure.kind(), before, longest);
        store.run(
                """
                UPDATE target_state SET lease_until = NULL, failures = ?, failed = now(), failure_kind = ?,
                    failure = ?, remedy = ?, not_before = now() + ? * interval '1 millisecond'
                WHERE target = ? AND lease_number = ?""",
                before + 1,
                failure.kind().name(),
                failure.sentence(),
                failure.remedy().orElse(null),
                pause.toMillis(),
                lease.target().value(),
                lease.number());
        return pause;
    }

    /// Has the target tried at once, whatever happened before.
    public void close(TargetName target) {
        store.run("UPDATE target_state SET not_before = NULL WHERE target = ?", target.value());
    }

    /// What may be of some people or things only keeps nobody else waiting for long: who is dismissed meanwhile is
    /// looked at by the next try.
    ///
    /// @param before how often it failed before this time
    static Duration pause(EngineFailure.Kind kind, int before, Duration longest) {
        Duration first = kind.mendsItself() ? SHORTEST : SHORTEST_FOR_PEOPLE;
        Duration most = kind == EngineFailure.Kind.BUSY
                ? LONGEST_WHILE_BUSY
                : kind.isOfSome() && LONGEST_FOR_SOME.compareTo(longest) < 0 ? LONGEST_FOR_SOME : longest;
        return Pauses.jitter(Pauses.doubled(first, before, most));
    }
}
