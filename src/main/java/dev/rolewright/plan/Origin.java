package dev.rolewright.plan;

import java.time.Instant;
import java.util.Optional;

/// Since when something on a target is as it is and who did it, as far as the catalogue tells.
///
/// @param since at the latest: a server keeps when it last wrote what the thing is part of
/// @param author in whose name
public record Origin(Optional<Instant> since, Optional<String> author) {

    public static final Origin UNKNOWN = new Origin(Optional.empty(), Optional.empty());

    /// What the other knows stands in where this knows nothing.
    Origin or(Origin other) {
        return new Origin(since.or(other::since), author.or(other::author));
    }
}
