package dev.rolewright.offboarding;

import dev.rolewright.model.Fence;
import java.time.Instant;
import java.util.Optional;

/// A fence from when to when.
///
/// @param until empty as long as nobody lifts it
record Span(Fence fence, Optional<Instant> until) {}
