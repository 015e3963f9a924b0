package dev.rolewright.directory;

import dev.rolewright.model.PersonId;
import java.time.Instant;

/// A person whose access may have changed, or who is gone.
///
/// @param at when the first change came that may concern the person
public record Touched(PersonId person, Instant at) {}
