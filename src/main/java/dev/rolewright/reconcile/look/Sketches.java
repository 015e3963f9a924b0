package dev.rolewright.reconcile.look;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Deriver;
import dev.rolewright.contract.Facts;
import dev.rolewright.contract.Snapshot;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Scope;
import dev.rolewright.reconcile.login.LoginBook;
import dev.rolewright.reconcile.login.LoginRow;
import dev.rolewright.reconcile.work.Heard;
import dev.rolewright.reconcile.work.Queue;
import dev.rolewright.reconcile.work.Work;
import dev.rolewright.store.Errands;
import dev.rolewright.store.StoreFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Gathers what is known about a target without asking it.
@ApplicationScoped
public class Sketches {

    private final People people;
    private final LoginBook logins;
    private final Queue queue;
    private final Clock clock;

    @Inject
    Sketches(People people, LoginBook logins, Queue queue) {
        this(people, logins, queue, Clock.systemUTC());
    }

    /// @param clock decides which rules are over, and how long something has been so
    Sketches(People people, LoginBook logins, Queue queue, Clock clock) {
        this.people = people;
        this.logins = logins;
        this.queue = queue;
        this.clock = clock;
    }

    /// Of some people.
    public Picture.Sketch of(Work work, ActiveContract active) {
        return sketch(work, active, Optional.of(work.people()), logins.of(work.target(), work.people()));
    }

    /// Of everybody: the store is read from now on, the logins while the way to the target is opened and the
    /// rest while it is looked at. Either takes about as long as the other. What is seen seldom changes a name; if
    /// it does, the rest is read again, because nobody kept it.
    ///
    /// @param errands to be open until the target was looked at
    public Function<EngineSession, Picture> whole(Work work, ActiveContract active, Errands errands) {
        Supplier<Map<PersonId, LoginRow>> rows = errands.send(() -> logins.all(work.target()));
        return session -> {
            Map<PersonId, LoginRow> known = rows.get();
            Supplier<Picture.Guess> guess =
                    errands.send(() -> everybody(work, active, known).guess());
            Observed observed = session.observe(Scope.WHOLE, LoginRow.known(known.values()));
            return guess.get()
                    .confirmedBy(observed)
                    .orElseGet(() -> everybody(work, active, known).complete(observed));
        };
    }

    private Picture.Sketch everybody(Work work, ActiveContract active, Map<PersonId, LoginRow> rows) {
        return sketch(work, active, Optional.empty(), rows);
    }

    private Picture.Sketch sketch(
            Work work, ActiveContract active, Optional<Set<PersonId>> some, Map<PersonId, LoginRow> rows) {
        TargetName target = work.target();
        Contract contract = active.contract();
        Heard heard = heard(work);
        Snapshot snapshot = snapshot(contract, some);
        // Not before anything that is in the snapshot.
        Instant now = clock.instant().plus(1, ChronoUnit.MICROS).truncatedTo(ChronoUnit.MICROS);
        Instant since = since(work, active);
        return new Picture.Sketch(
                some,
                Deriver.of(contract, target, new Facts(snapshot, some, now, since)),
                rows,
                Names.of(LoginRow.names(rows), looks -> logins.taken(target, looks)),
                now,
                since,
                heard);
    }

    /// The marks of the pass, and what was marked since where that may be much.
    private Heard heard(Work work) {
        Heard heard = Heard.of(work.marks());
        return work.whole() || work.marks().isEmpty()
                ? heard.and(queue.since(heard, work.target()).stream()
                        .map(Queue.Fresh::id)
                        .toList())
                : heard;
    }

    private static Instant since(Work work, ActiveContract active) {
        return work.memory().lastWhole().filter(active.since()::isBefore).orElse(active.since());
    }

    private Snapshot snapshot(Contract contract, Optional<Set<PersonId>> some) {
        try {
            return some.map(ids -> people.some(contract, ids)).orElseGet(() -> people.whole(contract));
        } catch (RuntimeException away) {
            throw new StoreFailure("the directory could not be read", away);
        }
    }
}
