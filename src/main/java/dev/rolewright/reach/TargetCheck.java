package dev.rolewright.reach;

import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Check;
import java.time.Instant;
import java.util.List;

/// Whether a target is as our work needs it.
///
/// @param contracted whether the active contract names the target; else only what every target needs was looked at
public record TargetCheck(TargetName target, boolean contracted, Instant at, List<Check> checks) {

    public TargetCheck {
        checks = List.copyOf(checks);
    }

    /// Whether nothing that people need is in the way.
    public boolean isReady() {
        return checks.stream().noneMatch(Check::hinders);
    }
}
