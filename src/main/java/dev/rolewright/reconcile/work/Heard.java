package dev.rolewright.reconcile.work;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// The marks that were there at a moment, so that others can be told from them later.
///
/// A mark has its number before anybody else can see it, so one may be seen after others with greater numbers. How far
/// it may be behind them has an end here: what comes later still is not told from what was there.
///
/// @param newest the greatest number
/// @param recent those that are not far behind it
public record Heard(long newest, Set<Long> recent) {

    private static final long FAR = 1_000;

    public Heard {
        long from = newest - FAR;
        recent = Set.copyOf(recent.stream().filter(mark -> mark > from).toList());
    }

    public static Heard of(Collection<Long> marks) {
        return new Heard(0, Set.of()).and(marks);
    }

    /// The same when these were there, too.
    public Heard and(Collection<Long> marks) {
        Set<Long> all = new HashSet<>(recent);
        all.addAll(marks);
        return new Heard(all.stream().mapToLong(Long::longValue).reduce(newest, Math::max), all);
    }

    /// Whatever has no greater number was there, or is taken for it.
    long end() {
        return newest - FAR;
    }
}
