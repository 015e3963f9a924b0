package dev.rolewright.offboarding;

import java.util.Optional;

/// Says whether a feed stops too many people at once.
final class FeedBrake {

    private FeedBrake() {}

    /// @param stops active people whom the feed would fence
    /// @param lately whom other feeds fenced a short while ago, without being asked about
    /// @param active people there are
    /// @param percent of them may be stopped at once
    /// @param atLeast as few as these never wait
    static Optional<String> excess(long stops, long lately, long active, int percent, int atLeast) {
        if (stops > 1 && stops >= active) {
            return Optional.of("would stop all " + stops + " active people");
        }
        long allowed = Math.max(atLeast, Math.floorDiv((active + lately) * percent, 100L));
        if (stops == 0 || stops + lately <= allowed) {
            return Optional.empty();
        }
        return Optional.of("would stop " + stops + " of " + active + " active people"
                + (lately > 0 ? ", after " + lately + " a short while ago" : "") + "; at most " + allowed
                + " may be stopped at once");
    }
}
