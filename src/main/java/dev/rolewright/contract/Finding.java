package dev.rolewright.contract;

import java.util.Comparator;
import java.util.Locale;

/// Something its author should know about a contract.
///
/// @param sentence what is the matter
/// @param fix what to do about it
public record Finding(Level level, Place place, String sentence, String fix) implements Comparable<Finding> {

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::level)
            .thenComparing(Finding::place)
            .thenComparing(Finding::sentence)
            .thenComparing(Finding::fix);

    public enum Level {
        /// The contract is not taken.
        ERROR,
        /// It is taken, and somebody should look.
        WARNING,
        /// Good to know.
        NOTE
    }

    public boolean isError() {
        return level == Level.ERROR;
    }

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    /// As compilers print it, so that editors jump to the place.
    @Override
    public String toString() {
        return place + ": " + level.name().toLowerCase(Locale.ROOT) + ": " + sentence + " " + fix;
    }
}
