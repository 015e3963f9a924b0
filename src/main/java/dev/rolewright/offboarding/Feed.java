package dev.rolewright.offboarding;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Many statements that a sender made in one body.
///
/// @param digest of its bytes, and of whom it would stop when a human is to decide: who does so signs that
/// @param counts how many rows came to what, or would come to it as long as it is not applied
/// @param stops how many active people it fences who were not
/// @param why which limit that passes
public record Feed(
        long id,
        String sender,
        State state,
        String digest,
        Instant received,
        Map<FeedRow.Outcome, Integer> counts,
        int stops,
        List<String> why,
        Optional<Decision> decision) {

    public enum State {
        /// Its rows are being kept.
        ARRIVING,
        /// Nothing was ever to come of it but a report.
        REHEARSED,
        /// It stops too many people at once, so nothing of it is a fact until a human decides.
        HELD,
        /// A human said no.
        REFUSED,
        /// Its rows are becoming facts.
        APPLYING,
        APPLIED
    }

    public record Decision(Instant at, String who, String reason) {}

    public Feed {
        counts = Map.copyOf(counts);
        why = List.copyOf(why);
    }
}
