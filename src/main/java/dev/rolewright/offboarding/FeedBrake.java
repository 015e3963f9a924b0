package dev.rolewright.offboarding;

import java.util.Optional;

/// Says whether a feed stops too many people at once.
final class FeedBrake {

    private FeedBrake() {}

    /// Whom feeds fence.
    ///
    /// @param active people who are active and were not fenced
    /// @param awaited names of which nobody is there yet: whoever comes by one is fenced from the first moment
    record Stops(long active, long awaited) {

        long all() {
            return active + awaited;
        }
    }

    /// @param stops whom the feed would fence
    /// @param lately whom other feeds fenced a short while ago, without being asked about
    /// @param active people there are
    /// @param percent of them may be stopped at once
    /// @param atLeast as few as these never wait
    static Optional<String> excess(Stops stops, long lately, long active, int percent, int atLeast) {
        if (stops.active() > 1 && stops.active() >= active) {
            return Optional.of("would stop all " + stops.active() + " active people");
        }
        long allowed = Math.max(atLeast, Math.floorDiv((active + lately) * percent, 100L));
        if (stops.all() == 0 || stops.all() + lately <= allowed) {
            return Optional.empty();
        }
        return Optional.of("would stop " + stops.active() + " of " + active + " active people"
                + (stops.awaited() > 0 ? " and " + stops.awaited() + " whom the directory does not know yet" : "")
                + (lately > 0 ? ", after " + lately + " a short while ago" : "") + "; at most " + allowed
                + " may be stopped at once");
    }
}
