package dev.rolewright.reconcile.aftermath;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Line;
import dev.rolewright.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// What became of a plan, in the order in which it was performed.
///
/// @param outcomes of its first steps, in their order; of all unless `failure` says what stopped it, or the pass was
/// recalled
/// @param made the server's own ids of the logins that were made
public record Performed(
        Plan plan, List<Outcome> outcomes, Map<PersonId, String> made, Optional<EngineFailure> failure) {

    private static final Outcome NOT_REACHED = new Outcome.Skipped("The pass ended before it.");

    public Performed {
        outcomes = List.copyOf(outcomes);
        made = Map.copyOf(made);
    }

    /// Whether nothing is left for another pass to reach.
    public boolean isThrough() {
        return failure.isEmpty() && outcomes.size() == plan.lines().size();
    }

    public void each(BiConsumer<Line, Outcome> reader) {
        for (int i = 0; i < plan.lines().size(); i++) {
            reader.accept(plan.lines().get(i), i < outcomes.size() ? outcomes.get(i) : NOT_REACHED);
        }
    }

    /// What became of the steps from this one on.
    public Performed from(int line) {
        return new Performed(
                new Plan(plan.target(), plan.lines().subList(line, plan.lines().size()), plan.notes()),
                outcomes.subList(Math.min(line, outcomes.size()), outcomes.size()),
                made,
                failure);
    }

    /// The part of the plan that is done.
    public Plan done() {
        List<Line> lines = new ArrayList<>();
        each((line, outcome) -> {
            if (outcome instanceof Outcome.Done) {
                lines.add(line);
            }
        });
        return new Plan(plan.target(), lines, List.of());
    }
}
