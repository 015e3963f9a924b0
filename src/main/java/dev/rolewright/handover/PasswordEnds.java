package dev.rolewright.handover;

import dev.rolewright.amendment.Contracts;
import dev.rolewright.audit.AuditTrail;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.handover.PasswordBook.Due;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.reach.Sessions;
import dev.rolewright.reconcile.work.Crew;
import dev.rolewright.reconcile.work.ReconcileConfig;
import dev.rolewright.store.Glances;
import dev.rolewright.store.Store;
import dev.rolewright.store.StoreFailure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Has passwords ended when their time has come, and at once when somebody wants it; each target by itself, so that
/// one that hangs is waited for by nobody.
@ApplicationScoped
class PasswordEnds {

    private static final Logger LOG = Logger.getLogger(PasswordEnds.class);

    /// How long whoever wants passwords ended waits for it.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Then somebody else may do it.
    private static final Duration HEADSTART = Duration.ofSeconds(30);

    private final PasswordBook book;
    private final Sessions sessions;
    private final Crew crew;
    private final ReconcileConfig config;
    private final Endings endings;

    /// The targets that are at work.
    private final Set<TargetName> busy = ConcurrentHashMap.newKeySet();

    @Inject
    PasswordEnds(
            Contracts contracts,
            PasswordBook book,
            Sessions sessions,
            AuditTrail trail,
            Store store,
            Crew crew,
            ReconcileConfig config,
            MeterRegistry meters) {
        this(new Endings(contracts::active, book, sessions, trail, store), book, sessions, crew, config, meters);
    }

    PasswordEnds(
            Endings endings,
            PasswordBook book,
            Sessions sessions,
            Crew crew,
            ReconcileConfig config,
            MeterRegistry meters) {
        this.endings = endings;
        this.book = book;
        this.sessions = sessions;
        this.crew = crew;
        this.config = config;
        Gauge.builder("passwords_overdue", Glances.GAUGES.at(book::overdue)).register(meters);
    }

    /// Passwords that somebody wants ended, which was written down.
    static final class Demand {

        private final List<Due> due;

        private Demand(List<Due> due) {
            this.due = due;
        }

        List<TargetName> targets() {
            return due.stream().map(Due::target).toList();
        }
    }

    @Scheduled(every = "${rolewright.reconcile.poll-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        if (crew.isLeaving() || !config.enabled()) {
            return;
        }
        try {
            book.tidy();
            book.targets().forEach(name -> endings.reachable(name).ifPresent(this::begin));
        } catch (StoreFailure away) {
            LOG.debugf("What has ended is looked for again soon: %s", away.getMessage());
        }
    }

    private void begin(Target target) {
        if (busy.add(target.name())) {
            crew.start("passwords-" + target.name(), () -> {
                try {
                    boolean more = true;
                    while (more && !crew.isLeaving()) {
                        more = endings.turn(target);
                    }
                } catch (EngineFailure away) {
                    LOG.debugf("Target %s: passwords that are over are not ended: %s", target.name(), away.sentence());
                } catch (RuntimeException | Error broken) {
                    LOG.warnf(broken, "Target %s: passwords that are over are not ended yet", target.name());
                } finally {
                    busy.remove(target.name());
                }
            });
        }
    }

    /// Writes down that the person's passwords are to end, as part of the caller's transaction.
    ///
    /// @param endSessions whether what is open ends, too
    Demand demand(PersonId person, boolean endSessions) {
        return new Demand(book.demand(person, endSessions, HEADSTART));
    }

    /// Ends them, all targets at the same time. What cannot be done now is done as soon as it can be.
    List<PasswordEnd> meet(Demand demand) {
        ExecutorService each = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<PasswordEnd>> ends = each.invokeAll(
                    demand.due.stream()
                            .map(due -> (Callable<PasswordEnd>) () -> meet(due))
                            .toList(),
                    PATIENCE.toMillis(),
                    TimeUnit.MILLISECONDS);
            List<PasswordEnd> results = new ArrayList<>();
            for (int i = 0; i < ends.size(); i++) {
                results.add(result(demand.due.get(i), ends.get(i)));
            }
            return results;
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            return demand.due.stream()
                    .map(due -> later(due, "Rolewright is being stopped."))
                    .toList();
        } finally {
            each.shutdown();
        }
    }

    private static PasswordEnd result(Due due, Future<PasswordEnd> end) throws InterruptedException {
        try {
            return end.get();
        } catch (CancellationException late) {
            return later(due, "The target takes long.");
        } catch (ExecutionException broken) {
            LOG.warnf(broken.getCause(), "Target %s: a password was not ended yet", due.target());
            return later(due, "It did not work; the log says more.");
        }
    }

    private PasswordEnd meet(Due due) {
        Optional<Target> target = endings.reachable(due.target());
        if (target.isEmpty()) {
            return later(due, "The contract has no such target, or the configuration does not say how to reach it.");
        }
        try (EngineSession session = sessions.open(target.get(), Purpose.ENTRUST)) {
            return endings.end(session, List.of(due)).getFirst();
        } catch (EngineFailure away) {
            return later(due, away.sentence());
        }
    }

    private static PasswordEnd later(Due due, String why) {
        return new PasswordEnd(due.target(), due.account().login(), Optional.empty(), Optional.of(why));
    }
}
