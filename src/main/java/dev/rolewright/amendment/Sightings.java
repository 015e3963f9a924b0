package dev.rolewright.amendment;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Which other replicas live, as one replica sees it: those that renew what they say while it watches.
///
/// No clock is believed. What a replica wrote as its time is only compared with what it wrote before, so a clock that
/// is set, here or at the store, kills nobody; and time in which this replica itself saw nothing counts little, so a
/// store that was away does not either.
final class Sightings {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// As much of the time between two looks as counts.
    private static final Duration GLANCE = Duration.ofSeconds(10);

    private final Map<UUID, Sighting> sightings = new HashMap<>();
    private long before;

    /// @param silent how long it has said nothing else
    private record Sighting(Instant said, Duration silent) {}

    /// @param replicas with the time that each wrote last
    /// @param nanos of a clock that nobody sets
    boolean anyLives(Map<UUID, Instant> replicas, long nanos) {
        Duration passed = Duration.ofNanos(sightings.isEmpty() ? 0 : Math.min(nanos - before, GLANCE.toNanos()));
        before = nanos;
        sightings.keySet().retainAll(replicas.keySet());
        replicas.forEach((replica, said) -> sightings.merge(
                replica,
                new Sighting(said, Duration.ZERO),
                (known, fresh) -> known.said().equals(fresh.said())
                        ? new Sighting(said, known.silent().plus(passed))
                        : fresh));
        return sightings.values().stream().anyMatch(it -> it.silent().compareTo(PATIENCE) < 0);
    }
}
