package dev.rolewright.plan;

import java.util.List;

/// A plan behind the brakes.
///
/// @param go what may be performed now
/// @param held what a human has to release or refuse; empty when no limit was passed
/// @param why which limits were passed, one sentence each
public record Braked(Plan go, Plan held, List<String> why) {

    public Braked {
        why = List.copyOf(why);
    }

    public boolean isHeld() {
        return !held.isEmpty();
    }
}
