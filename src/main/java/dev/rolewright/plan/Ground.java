package dev.rolewright.plan;

import dev.rolewright.model.Desired;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
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
    private final Set<String> lookAlikes;

    Ground(Desired desired, Observed observed) {
        this.desired = desired;
        this.observed = observed;
        this.own = observed.server().own().stream().map(RoleName::value).collect(Collectors.toSet());
        this.lookAlikes = observed.strangers().names().stream()
                .map(name -> new RoleName(name).folded())
                .collect(Collectors.toSet());
    }

    boolean isUntouchable(LoginName name) {
        return own.contains(name.value()) || desired.protection().covers(name);
    }

    boolean isUntouchable(RoleName name) {
        return own.contains(name.value()) || desired.protection().covers(name);
    }

    /// Whether somebody or something that is not a login of ours has the name.
    boolean isTaken(RoleName name) {
        return own.contains(name.value())
                || observed.strangers().names().contains(name.value())
                || observed.contractRoles().contains(name);
    }

    /// Whether it may not be given: it is taken, or a stranger has it in another case.
    boolean isRefused(RoleName name) {
        return isTaken(name) || lookAlikes.contains(name.folded());
    }

    boolean isRefused(LoginName name) {
        return isRefused(new RoleName(name.value()));
    }

    /// Whether no role has the name; false also where only some people were looked at, so that nobody knows.
    boolean isKnownToBeMissing(RoleName name) {
        return observed.isWhole() && !isTaken(name);
    }

    /// Whether an open session that has become one of the lost roles could keep it, so that it has to end.
    boolean mayHide(Set<Membership> lost, Set<Membership> kept) {
        Set<RoleName> stays = kept.stream().map(Membership::role).collect(Collectors.toSet());
        return lost.stream()
                .anyMatch(membership -> membership.set()
                        || (observed.server().sessionsMayHide() && !stays.contains(membership.role())));
    }

    void add(Step step, List<Reason> reasons) {
        lines.add(new Line(step, reasons));
    }

    void note(Note.Kind kind, Object subject, String sentence) {
        notes.add(Note.of(kind, subject, sentence));
    }
}
