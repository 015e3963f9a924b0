package dev.rolewright.reconcile.hold;

import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Note;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.look.Picture;
import dev.rolewright.reconcile.work.Work;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What is done while the store is older than what was done on a server: it was brought back from a copy, and the
/// directory in it has forgotten who came, moved and left since.
///
/// Everybody of whom the identity provider or HR speaks from then on is kept true as ever. Whoever else differs is left
/// alone, the one who would lose and the one who would gain: either may be an order that was forgotten.
public final class OlderStore {

    private OlderStore() {}

    /// The pass that the server knows and the store does not.
    public static Optional<Long> outrun(Work.Memory memory, Observed observed) {
        return memory.outrun()
                .or(() -> observed.server()
                        .lastPass()
                        .filter(there ->
                                memory.lastPass().filter(ours -> there > ours).isPresent()));
    }

    /// The plan without the logins of those of whom nobody has spoken.
    public static Plan leave(Picture picture, Work work, long pass) {
        Plan plan = picture.plan();
        Set<PersonId> left = plan.steps().stream()
                .filter(step -> isLeft(step, work))
                .flatMap(step -> step.person().stream())
                .collect(Collectors.toSet());
        return plan.only(line -> !isLeft(line.step(), work))
                .noting(List.of(new Note(
                        Note.Kind.STORE_OLDER,
                        work.target().value(),
                        "knows pass " + pass + " and the store does not: it was brought back from an older copy. "
                                + (left.size() == 1 ? "1 login is" : left.size() + " logins are")
                                + " left as found until the identity provider speaks of their people, or an approver says"
                                + " of server " + picture.observed().server().identity()
                                + " that the directory is up to date",
                        Optional.empty())));
    }

    private static boolean isLeft(Step step, Work work) {
        return step.person().filter(person -> !work.people().contains(person)).isPresent();
    }
}
