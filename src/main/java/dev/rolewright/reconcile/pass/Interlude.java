package dev.rolewright.reconcile.pass;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.aftermath.Aftermath;
import dev.rolewright.reconcile.aftermath.Performed;
import dev.rolewright.reconcile.hold.Intent;
import dev.rolewright.reconcile.login.LoginBook;
import dev.rolewright.reconcile.work.Heard;
import dev.rolewright.reconcile.work.Lease;
import dev.rolewright.reconcile.work.Queue;
import dev.rolewright.reconcile.work.Work;
import dev.rolewright.store.StoreFailure;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// What is heard while a pass makes newcomers, portion by portion: nobody stays in because others come.
///
/// Whoever is marked meanwhile and has a login is looked at between two portions, by a pass within the one under way.
/// Whoever is marked and still to come is left out of what comes: who was dismissed a moment ago gets no login. All
/// others have none either and wait for the next pass, as do those whom nothing was done about here: their marks stay.
final class Interlude {

    private static final Logger LOG = Logger.getLogger(Interlude.class);

    private final Queue queue;
    private final LoginBook logins;
    private final Journal journal;
    private final Consumer<TargetName> proofs;
    private final Intent intent;
    private final Aftermath after;
    private final Function<Work, Ended> within;
    private final Set<PersonId> held;
    private final Set<PersonId> coming;
    private final Set<PersonId> left = new HashSet<>();
    private final Set<PersonId> looked = new HashSet<>();
    private Heard heard;
    private Optional<Long> latest = Optional.empty();
    private boolean takingTold;

    /// @param proofs is told when something was taken
    /// @param within makes a pass in the session of the one under way
    Interlude(
            Queue queue,
            LoginBook logins,
            Journal journal,
            Consumer<TargetName> proofs,
            Intent intent,
            List<Portion> portions,
            Aftermath after,
            Function<Work, Ended> within) {
        this.queue = queue;
        this.logins = logins;
        this.journal = journal;
        this.proofs = proofs;
        this.intent = intent;
        this.after = after;
        this.within = within;
        this.heard = intent.picture().heard();
        this.takingTold = intent.braked().go().steps().stream().noneMatch(Step::takes);
        this.held = people(intent.braked().held());
        this.coming = portions.stream()
                .filter(Portion::ofNewcomers)
                .flatMap(portion -> portion.people().stream())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /// Newcomers who are not made.
    Set<PersonId> left() {
        return left;
    }

    Meanwhile meanwhile() {
        return new Meanwhile(looked, takingTold);
    }

    /// The number that the server is to remember: one that it has heard of since is the greater one.
    long latest(long pass) {
        return latest.orElse(pass);
    }

    /// Newcomers who are behind us.
    void passed(Portion portion) {
        coming.removeAll(portion.people());
    }

    /// Everything is done that takes something. It need not wait for the newcomers to be proven, and counts for
    /// whoever is looked at meanwhile.
    void tellTaking(long pass, Supplier<Performed> performed) {
        if (!takingTold) {
            takingTold = true;
            ring(journal.took(intent, pass, performed.get()));
        }
    }

    /// The pass that is to be made now, if there is one. More people than it may be about wait, as they would
    /// be looked at together with everybody.
    Optional<Work> work() {
        if (intent.work().within()) {
            return Optional.empty();
        }
        List<Queue.Fresh> marks = queue.since(heard, intent.work().target());
        if (marks.isEmpty()) {
            return Optional.empty();
        }
        heard = heard.and(marks.stream().map(Queue.Fresh::id).toList());
        Set<PersonId> marked = marks.stream().map(Queue.Fresh::person).collect(Collectors.toSet());
        Set<PersonId> late = marked.stream().filter(coming::contains).collect(Collectors.toSet());
        left.addAll(late);
        after.leave(late);
        marked.removeAll(late);
        marked.removeAll(held);
        Set<PersonId> present = logins.present(intent.work().target(), marked);
        marked.removeIf(person -> !present.contains(person) && !after.saw(person));
        return marked.isEmpty() || marked.size() > Queue.MOST_PEOPLE
                ? Optional.empty()
                : Optional.of(about(
                        marked,
                        marks.stream()
                                .filter(mark -> marked.contains(mark.person()))
                                .toList()));
    }

    private Work about(Set<PersonId> people, List<Queue.Fresh> marks) {
        Work work = intent.work();
        return work.within(
                work.memory()
                        .with(
                                after.census(),
                                intent.picture().observed().server().identity(),
                                latest),
                people,
                marks);
    }

    /// Makes a pass. What fails in it is left to the next one, unless the target takes no changes any more.
    ///
    /// @throws EngineFailure when it does not
    void play(Work few) {
        TargetName target = few.target();
        looked.addAll(few.people());
        after.leave(few.people());
        Ended end;
        try {
            end = within.apply(few);
        } catch (EngineFailure failure) {
            if (!failure.kind().isOfSome()) {
                throw failure;
            }
            LOG.warnf(
                    "Target %s: %d people wait for a pass to end: %s",
                    target, few.people().size(), failure.sentence());
            return;
        } catch (Lease.LeaseLost lost) {
            throw lost;
        } catch (RuntimeException defect) {
            if (StoreFailure.away(defect).isPresent()) {
                throw defect;
            }
            LOG.errorf(
                    defect,
                    "Target %s: %d people wait for a pass to end",
                    target,
                    few.people().size());
            return;
        }
        ring(end.owes());
        end.performed().ifPresent(performed -> {
            after.count(performed);
            performed.failure().ifPresent(failure -> {
                throw failure;
            });
            if (!performed.outcomes().isEmpty()) {
                latest = end.pass();
            }
        });
    }

    private void ring(boolean owes) {
        if (owes) {
            proofs.accept(intent.work().target());
        }
    }

    private static Set<PersonId> people(Plan plan) {
        return plan.steps().stream().flatMap(step -> step.person().stream()).collect(Collectors.toSet());
    }
}
