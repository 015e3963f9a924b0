package dev.rolewright.plan;

import dev.rolewright.model.Desired;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Compares what a target should have with what was seen there, and plans the difference.
public final class Planner {

    private Planner() {}

    /// The same where nobody's sessions are still to be ended.
    public static Plan plan(Desired desired, Observed observed, Instant now) {
        return plan(desired, observed, Set.of(), now);
    }

    /// The same plan for the same two sides, in whatever order they come; empty when they agree.
    ///
    /// When only some people were looked at, `desired` holds their logins and still every contract role: roles
    /// are then not planned, and a role that does not exist yet is waited for.
    ///
    /// @param hiding whose open sessions may have become a role that they lost since, so that they are still to be
    /// ended
    /// @param now what the grace of suspended logins is measured by
    public static Plan plan(Desired desired, Observed observed, Set<PersonId> hiding, Instant now) {
        Ground ground = new Ground(desired, observed);
        Set<RoleName> usable = RolePlanner.usable(ground);
        Set<RoleName> weakened = observed.isWhole() ? new RolePlanner(ground, usable).plan() : Set.of();
        new LoginPlanner(ground, usable, weakened, hiding, now).plan();
        Watch watch = new Watch(ground);
        ground.lines.forEach(line -> watch.check(line.step()));
        observed.notices().forEach(notice -> ground.notes.add(Note.of(notice)));
        List<Note> notes = ground.notes.stream().distinct().sorted().toList();
        return new Plan(desired.target().name(), Order.safe(ground.lines), notes);
    }
}
