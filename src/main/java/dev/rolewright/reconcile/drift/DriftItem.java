package dev.rolewright.reconcile.drift;

import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Drift;
import dev.rolewright.plan.Origin;
import dev.rolewright.plan.Step;
import java.time.Instant;
import java.util.Optional;

/// A change that somebody made by hand.
///
/// @param item what it is about, as people read it
/// @param remedy the step that puts it right
/// @param gone when it was first seen no more
/// @param reverted whether that was our doing
public record DriftItem(
        long id,
        TargetName target,
        Drift.Difference difference,
        String item,
        Step remedy,
        Origin origin,
        Instant firstSeen,
        Instant lastSeen,
        Optional<Instant> gone,
        boolean reverted) {}
