package dev.rolewright.reconcile.plans;

import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Line;
import dev.rolewright.plan.Note;
import dev.rolewright.plan.Plan;
import java.util.List;
import java.util.function.Predicate;

/// A plan that was written down. It is read while one goes through its lines, because it may be about everybody.
///
/// @param lines from first to last, for one reader: each piece is asked for when its first line is
public record KeptPlan(TargetName target, List<Line> lines, List<Note> notes) {

    /// The lines that are chosen, without notes.
    public Plan only(Predicate<Line> chosen) {
        return new Plan(target, lines.stream().filter(chosen).toList(), List.of());
    }
}
