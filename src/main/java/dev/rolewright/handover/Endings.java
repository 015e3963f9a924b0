package dev.rolewright.handover;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.CredentialEvent;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.handover.PasswordBook.Due;
import dev.rolewright.model.Caller;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Step;
import dev.rolewright.reach.Sessions;
import dev.rolewright.reconcile.targets.Servers;
import dev.rolewright.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Ends passwords on one target: takes them from the server, whatever anybody did to `VALID UNTIL`, and ends the
/// sessions that are to end with them, which PostgreSQL never does.
///
/// Any number of processes may do the same at once.
final class Endings {

    private static final Logger LOG = Logger.getLogger(Endings.class);
    private static final String GIVING = "Somebody is giving another password just now.";

    private final Supplier<Optional<ActiveContract>> contract;
    private final PasswordBook book;
    private final Sessions sessions;
    private final AuditTrail trail;
    private final Store store;

    Endings(
            Supplier<Optional<ActiveContract>> contract,
            PasswordBook book,
            Sessions sessions,
            AuditTrail trail,
            Store store) {
        this.contract = contract;
        this.book = book;
        this.sessions = sessions;
        this.trail = trail;
        this.store = store;
    }

    /// The target, when it can be spoken to.
    Optional<Target> reachable(TargetName name) {
        return contract.get()
                .map(active -> active.contract().targets().get(name))
                .filter(sessions::canReach);
    }

    /// Ends what is due on a target, some of it at a time. What fails makes room for the others.
    ///
    /// @return whether there may be more
    /// @throws EngineFailure when the server as a whole does not do it
    boolean turn(Target target) {
        List<Due> due = book.due(target.name());
        if (due.isEmpty()) {
            return false;
        }
        try (EngineSession session = sessions.open(target, Purpose.ENTRUST)) {
            end(session, due);
        }
        return true;
    }

    /// @return what came of each, in the same order
    List<PasswordEnd> end(EngineSession session, List<Due> due) {
        Map<Due, String> left = new HashMap<>();
        Map<Due, Integer> gone = new LinkedHashMap<>();
        List<Due> soon = new ArrayList<>();
        for (Due one : due) {
            try {
                switch (take(session, one)) {
                    case Taking.Gone(int open) -> gone.put(one, open);
                    case Taking.Followed _ -> book.done(one);
                    case Taking.Awaited _ -> soon.add(one);
                }
            } catch (EngineFailure failure) {
                left.put(one, ofOne(failure).advice());
            }
        }
        List<Due> open = gone.keySet().stream().filter(Due::sessions).toList();
        List<Outcome> outcomes = open.isEmpty()
                ? List.of()
                : session.perform(open.stream()
                        .map(one -> (Step) new Step.EndSessions(one.account()))
                        .toList());
        for (int i = 0; i < open.size(); i++) {
            switch (outcomes.get(i)) {
                case Outcome.Done _ -> gone.put(open.get(i), 0);
                case Outcome.Skipped(String why) -> left.put(open.get(i), why);
                case Outcome.Failed(EngineFailure failure) -> left.put(open.get(i), failure.advice());
            }
        }
        gone.keySet().removeAll(left.keySet());
        gone.keySet().forEach(this::settle);
        left.keySet().forEach(book::later);
        tell(left);
        soon.forEach(book::soon);
        soon.forEach(one -> left.put(one, GIVING));
        return due.stream()
                .map(one -> new PasswordEnd(
                        one.target(),
                        one.account().login(),
                        Optional.ofNullable(gone.get(one)),
                        Optional.ofNullable(left.get(one))))
                .toList();
    }

    private sealed interface Taking {

        /// @param open how many sessions are, unless they are ended now anyway
        record Gone(int open) implements Taking {}

        /// Another password has taken its place, and its own end is known.
        record Followed() implements Taking {}

        /// Another is on its way, and may come or not.
        record Awaited() implements Taking {}
    }

    private Taking take(EngineSession session, Due due) {
        if (due.again() && !due.demanded()) {
            return new Taking.Gone(0);
        }
        Optional<Integer> open = session.withdraw(due.account(), due.ends(), seen -> isToBeTaken(due, seen));
        if (open.isPresent()) {
            return new Taking.Gone(open.get());
        }
        if (!book.isFollowed(due.id())) {
            return new Taking.Awaited();
        }
        return due.demanded() && due.sessions() ? new Taking.Gone(0) : new Taking.Followed();
    }

    /// On another server nothing would be taken that anybody has.
    private boolean isToBeTaken(Due due, String server) {
        Optional<PasswordBook.Home> last = book.last(due.id());
        last.ifPresent(place -> Servers.check(place.server(), server));
        return last.isPresent();
    }

    /// What a server says about one login leaves it to be asked about the next.
    private static EngineFailure ofOne(EngineFailure failure) {
        return switch (failure.kind()) {
            case RIGHT_MISSING, BUSY, CHANGED_MEANWHILE, UNSAFE, UNEXPECTED -> failure;
            case UNREACHABLE, REFUSED, WRONG_VERSION, MOVED, SHARED, READ_ONLY, FULL -> throw failure;
        };
    }

    private void settle(Due due) {
        store.together(() -> {
            if (book.done(due)) {
                trail.record(new CredentialEvent.Ended(
                        Caller.ofNoSource("rolewright", "password-" + due.id()),
                        due.account().person(),
                        due.target()));
            }
        });
    }

    /// Each is told once, and many of them together.
    private static void tell(Map<Due, String> left) {
        List<Due> untold =
                left.keySet().stream().filter(due -> due.attempts() == 0).toList();
        if (!untold.isEmpty()) {
            Due one = untold.getFirst();
            LOG.warnf(
                    "Target %s: %d passwords are over and could not be ended yet. Login %s, for one: %s",
                    one.target(), untold.size(), one.account().login(), left.get(one));
        }
    }
}
