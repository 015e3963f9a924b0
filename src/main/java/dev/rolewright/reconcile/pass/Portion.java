package dev.rolewright.reconcile.pass;

import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Line;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.aftermath.Performed;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Steps that are handed over to a target at once; in between is asked whether it is still ours.
///
/// @param ofNewcomers whether nothing else in the plan is about the people in it
record Portion(List<Line> lines, boolean ofNewcomers) {

    private static final Outcome SPOKEN_OF =
            new Outcome.Skipped("Something else was said of the person since: the next pass looks anew.");

    Portion {
        lines = List.copyOf(lines);
    }

    /// Its steps without those about some people.
    Portion without(Set<PersonId> people) {
        return people.isEmpty()
                ? this
                : new Portion(
                        lines.stream().filter(line -> !isAbout(line, people)).toList(), ofNewcomers);
    }

    List<Step> steps() {
        return lines.stream().map(Line::step).toList();
    }

    Set<PersonId> people() {
        return steps().stream().flatMap(step -> step.person().stream()).collect(Collectors.toSet());
    }

    /// What becomes of it on a target.
    ///
    /// @param left people about whom nothing is done now
    Performed performed(EngineSession session, TargetName target, Set<PersonId> left) {
        Iterator<Outcome> outcomes = session.perform(without(left).steps()).iterator();
        List<Outcome> all = lines.stream()
                .map(line -> isAbout(line, left) ? SPOKEN_OF : outcomes.next())
                .toList();
        Map<PersonId, String> made = new HashMap<>();
        for (Line line : lines) {
            if (line.step() instanceof Step.CreateLogin(Account account, var _)) {
                session.made(account.person()).ifPresent(id -> made.put(account.person(), id));
            }
        }
        return new Performed(new Plan(target, lines, List.of()), all, made, Optional.empty());
    }

    private static boolean isAbout(Line line, Set<PersonId> people) {
        return line.step().person().filter(people::contains).isPresent();
    }
}
