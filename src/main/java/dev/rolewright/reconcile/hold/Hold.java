package dev.rolewright.reconcile.hold;

import dev.rolewright.model.Limits;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Census;
import dev.rolewright.plan.Taken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A plan that would take more than the contract allows at once, until a human decides.
///
/// @param steps how many wait
/// @param takes how much they would take from people
/// @param digest what a release signs: the steps and the server
/// @param why which limits it passes
/// @param since when it was first held
/// @param seen when the planner last said the same
/// @param decision empty while it is open
public record Hold(
        long id,
        TargetName target,
        State state,
        int steps,
        Taken takes,
        String digest,
        List<String> why,
        Census census,
        Limits limits,
        Instant since,
        Instant seen,
        Optional<Decision> decision) {

    public enum State {
        OPEN,
        /// A human let it go; it is being performed.
        RELEASED,
        /// A human said no.
        REFUSED,
        /// The plan is another one now.
        REPLACED,
        /// Nobody decided in time.
        EXPIRED,
        /// It was released and performed.
        DONE
    }

    public record Decision(Instant at, String who, String reason) {}

    public Hold {
        why = List.copyOf(why);
    }
}
