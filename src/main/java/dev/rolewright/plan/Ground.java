package dev.rolewright.plan;

import dev.rolewright.model.Desired;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What both halves of the planner stand on: the two sides, what must not be touched, and the plan as it grows.
final class Ground {

    final Desired desired;
    final Observed observed;
    final List<Line> lines = new ArrayList<>();
    final List<Note> notes = new ArrayList<>();
    private final Set<String> own;

    Ground(Desired desired, Observed observed) {
        this.desired = desired;
        this.observed = observed;
        this.own = observed.server().own().stream().map(RoleName::value).collect(Collectors.toSet());
    }

    boolean isUntouchable(LoginName name) {
        return own.contains(name.value()) || desired.protection().covers(name);
    }

    boolean isUntouchable(RoleName name) {
        return own.contains(name.value()) || desired.protection().covers(name);
    }

    /// Whether the name belongs to somebody or something that is not a login of ours.
    boolean isTaken(String name) {
        return own.contains(name)
                || observed.strangers().names().contains(name)
                || observed.contractRoles().contains(new RoleName(name));
    }

    void add(Step step, List<Reason> reasons) {
        lines.add(new Line(step, reasons));
    }

    void note(Note.Kind kind, Object subject, String sentence) {
        notes.add(Note.of(kind, subject, sentence));
    }
}
