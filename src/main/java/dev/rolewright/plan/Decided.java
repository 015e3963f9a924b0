package dev.rolewright.plan;

import java.util.HashSet;
import java.util.Set;

/// What of a plan the brakes do not decide any more.
///
/// @param waiting takings that wait for a human already, or that a human refused: they wait on
/// @param released takings that a human let go
public record Decided(Set<Step> waiting, Set<Step> released) {

    public static final Decided NOTHING = new Decided(Set.of(), Set.of());

    public Decided {
        waiting = Set.copyOf(waiting);
        released = Set.copyOf(released);
    }

    /// The same, and these go: nobody has to decide about them, or somebody did long ago.
    public Decided letting(Set<Step> go) {
        Set<Step> wait = new HashSet<>(waiting);
        wait.removeAll(go);
        Set<Step> all = new HashSet<>(released);
        all.addAll(go);
        return new Decided(wait, all);
    }

    boolean has(Step step) {
        return waiting.contains(step) || released.contains(step);
    }
}
