package dev.rolewright.engine.postgres.words;

import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// How long statements wait for what others hold.
///
/// Many together wait briefly, because all of them wait for what one of them needs; one alone waits as long as the
/// patience lasts, which is one for all that are blocked: an open transaction of somebody can hold very many. What
/// needs a role that is held does not wait at all once that is certain: very many people are put into one role.
public final class Waits {

    public static final Duration BRIEF = Duration.ofMillis(100);

    private final Map<RoleName, PersonId> suspected = new HashMap<>();
    private final Set<RoleName> held = new HashSet<>();
    private Duration left;

    private Waits(Duration left) {
        this.left = left;
    }

    public static Waits brief() {
        return new Waits(BRIEF);
    }

    public static Waits upTo(Duration patience) {
        return new Waits(patience);
    }

    public boolean isBrief() {
        return left.compareTo(BRIEF) <= 0;
    }

    public Duration of(int steps) {
        return steps > 1 || isBrief() ? BRIEF : left;
    }

    public void waitedInVain(Duration time) {
        if (!isBrief()) {
            left = left.minus(time);
        }
    }

    /// Somebody was waited for in vain by one step alone about a membership. It may be the person's login that is
    /// held; when the same happens to another person it is the role.
    public void waitedInVainFor(Step.OfMembership step) {
        PersonId person = step.account().person();
        PersonId other = suspected.putIfAbsent(step.membership().role(), person);
        if (other != null && !other.equals(person)) {
            held.add(step.membership().role());
        }
    }

    /// Whether somebody holds the role, so that whoever needs it can wait for the next pass.
    public boolean isHeld(Step.OfMembership step) {
        return held.contains(step.membership().role());
    }
}
