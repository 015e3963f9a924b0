package dev.rolewright.amendment;

import java.time.Instant;

/// From when on a version held.
///
/// @param id rises; the version of the highest holds
/// @param origin by what it came to hold
public record Activation(long id, long number, Instant at, String origin) {}
