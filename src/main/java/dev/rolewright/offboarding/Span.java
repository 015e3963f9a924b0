package dev.rolewright.offboarding;

import dev.rolewright.model.Fence;
import java.time.Instant;
import java.util.Optional;

/// A fence from when to when.
///
/// @param until empty as long as nobody lifts it
public record Span(Fence fence, Optional<Instant> until) {

    public boolean holds(Instant moment) {
        return !fence.since().isAfter(moment) && until.map(moment::isBefore).orElse(true);
    }
}
