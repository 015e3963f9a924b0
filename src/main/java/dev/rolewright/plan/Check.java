package dev.rolewright.plan;

import java.util.Comparator;
import java.util.Optional;

/// One thing that was looked at to see whether our work on a target can be done, and what came out.
///
/// @param name of the thing, the same each time
/// @param purpose what our work needs it for
/// @param needed whether people are not served without it
/// @param found what is so, for people
public record Check(
        String name, String purpose, boolean needed, Verdict verdict, String found, Optional<Remedy> remedy) {

    public enum Verdict {
        /// As it should be.
        OK,
        /// Not visible to our login.
        UNKNOWN,
        /// Our work lacks it.
        MISSING,
        /// Somebody can do more than is wise.
        DANGEROUS
    }

    /// What puts it right.
    ///
    /// @param statement to be run as it is
    /// @param by who can
    public record Remedy(String statement, String by) {}

    /// Things in a stable order, what is wrong with them first.
    public static final Comparator<Check> WORST_FIRST =
            Comparator.comparing(Check::verdict).reversed();

    /// Whether it keeps the target from being ready for our work.
    public boolean hinders() {
        return switch (verdict) {
            case OK, UNKNOWN -> false;
            case MISSING, DANGEROUS -> needed;
        };
    }
}
