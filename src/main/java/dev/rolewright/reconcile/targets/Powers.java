package dev.rolewright.reconcile.targets;

import dev.rolewright.model.Danger;
import dev.rolewright.model.Target;
import dev.rolewright.plan.Note;
import dev.rolewright.plan.Notice;
import dev.rolewright.store.JsonColumn;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/// What our logins on targets may do and their work does not need: told by the pass that sees it first, and at each
/// start.
@ApplicationScoped
public class Powers {

    private final Store store;

    Powers(Store store) {
        this.store = store;
    }

    /// Those that the last look at the whole target did not see.
    public List<Danger> news(Target target, List<Note> seen) {
        List<Note> known = store.first(
                        "SELECT notes FROM target_state WHERE target = ?",
                        row -> JsonColumn.read(row.getString(1), Targets.NOTES),
                        target.name().value())
                .orElse(List.of());
        return of(target, seen.stream().filter(note -> !known.contains(note)).toList());
    }

    static List<Danger> of(Target target, List<Note> notes) {
        return notes.stream()
                .filter(note -> note.notice().equals(Optional.of(Notice.Kind.RIGHT_NOT_NEEDED)))
                .map(note -> new Danger(
                        "Target " + target.name() + ": " + note.sentence()
                                + ". Whoever gets hold of our login there has that power.",
                        note.remedy()
                                .map(statement -> "An administrator there takes it away: " + statement)
                                .orElseGet(() -> "src/docs/reference/" + target.engine()
                                        + ".md says how a login is made that can do no more than its work needs.")))
                .toList();
    }
}
