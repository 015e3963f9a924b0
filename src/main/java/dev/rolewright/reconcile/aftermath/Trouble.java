package dev.rolewright.reconcile.aftermath;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.work.Pauses;
import java.time.Duration;

/// Why somebody's login is not as it should be, and so when it is looked at again.
///
/// @param mendsItself whether the same may work soon without anybody doing anything
/// @param keepsAccess whether the person meanwhile can do what they should not
record Trouble(String sentence, boolean mendsItself, boolean keepsAccess) {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE_UNTIL_MENDED = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration LONGEST_PAUSE_WITH_ACCESS = Duration.ofMinutes(5);

    /// The server did not do a step.
    static Trouble of(Step step, EngineFailure failure) {
        return new Trouble(failure.advice(), failure.kind().mendsItself(), leavesAccess(step));
    }

    /// A step was not reached, or waits for another one.
    static Trouble of(Step step, String why) {
        return new Trouble(why, true, leavesAccess(step));
    }

    /// Of two the one that somebody has to mend is told.
    Trouble and(Trouble other) {
        Trouble told = mendsItself && !other.mendsItself ? other : this;
        return new Trouble(told.sentence, told.mendsItself, keepsAccess || other.keepsAccess);
    }

    /// Each time twice as long. Where somebody has too much nobody relies on what a failure seems to mean, and
    /// an administrator who has mended it need not wait for an hour.
    ///
    /// @param attempts that failed in a row
    Duration pause(int attempts) {
        Duration first = mendsItself || keepsAccess ? FIRST_PAUSE : FIRST_PAUSE_UNTIL_MENDED;
        Duration longest = keepsAccess ? LONGEST_PAUSE_WITH_ACCESS : LONGEST_PAUSE;
        return Pauses.jitter(Pauses.doubled(first, attempts - 1, longest));
    }

    // Whoever is to be dropped was locked out long before.
    private static boolean leavesAccess(Step step) {
        return step.takes() && !(step instanceof Step.DropLogin);
    }
}
