package dev.rolewright.plan;

import java.time.Instant;
import java.util.Optional;

/// Since when something is on a target and who put it there, as far as the catalogue tells.
public record Origin(Optional<Instant> since, Optional<String> author) {

    public static final Origin UNKNOWN = new Origin(Optional.empty(), Optional.empty());
}
