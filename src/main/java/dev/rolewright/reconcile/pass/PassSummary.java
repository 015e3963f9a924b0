package dev.rolewright.reconcile.pass;

import dev.rolewright.model.TargetName;
import java.time.Instant;
import java.util.Optional;

/// One pass over one target: when, about whom, and what came of it.
///
/// @param whole whether the whole target was looked at, or `people` only
/// @param contract number of the contract's version
/// @param asked when the oldest change that it follows became known
/// @param ended empty while it is under way, and for ever when it was cut off
/// @param outcome empty as long as `ended` is
/// @param held steps that wait for a human
/// @param drift changes made by hand that it saw
/// @param failure why it failed as a whole
public record PassSummary(
        long id,
        TargetName target,
        boolean whole,
        int people,
        long contract,
        Instant asked,
        Instant began,
        Optional<Instant> ended,
        Optional<Outcome> outcome,
        int done,
        int failed,
        int skipped,
        int held,
        int drift,
        Optional<String> failure) {

    public enum Outcome {
        /// The target is as desired.
        DONE,
        /// Some steps failed; they are tried again.
        PARTLY,
        /// Something waits for a human; everything else is done.
        HELD,
        /// The target did not take it.
        FAILED
    }
}
