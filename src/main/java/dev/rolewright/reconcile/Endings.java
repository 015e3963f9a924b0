package dev.rolewright.reconcile;

import static java.util.stream.Collectors.groupingBy;

import dev.rolewright.amendment.Contracts;
import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.CredentialEvent;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.Caller;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import dev.rolewright.store.Store;
import dev.rolewright.store.StoreFailure;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/// Ends the sessions of ephemeral passwords that have ended: PostgreSQL asks how long a password is good for when
/// somebody logs in, and never again.
///
/// Any number of processes may do the same at once. It is done twice: somebody who was on the way in at the end is not
/// to be seen until he is inside.
@ApplicationScoped
class Endings {

    private static final Logger LOG = Logger.getLogger(Endings.class);
    private static final int BATCH = 1_000;

    /// Who asked again in time goes on.
    private static final String GOES_ON = " EXISTS (SELECT FROM ephemeral o WHERE o.target = e.target"
            + " AND o.person = e.person AND o.given AND o.ends > now())";

    private static final String DUE = """
            SELECT e.id, e.person, e.target, l.name, l.server_id, e.due = e.ends FROM ephemeral e
            JOIN login l USING (target, person) JOIN target_state s USING (target)
            WHERE e.due <= now() AND l.server_id IS NOT NULL AND NOT s.retired
              AND (s.not_before IS NULL OR s.not_before <= now()) AND NOT""" + GOES_ON + " ORDER BY e.due LIMIT " + BATCH;

    private final Store store;
    private final Contracts contracts;
    private final Sessions sessions;
    private final AuditTrail trail;
    private final ReconcileConfig config;

    Endings(
            Store store,
            Contracts contracts,
            Sessions sessions,
            AuditTrail trail,
            ReconcileConfig config,
            MeterRegistry meters) {
        this.store = store;
        this.contracts = contracts;
        this.sessions = sessions;
        this.trail = trail;
        this.config = config;
        meters.gauge("ephemeral_sessions_overdue", this, Endings::overdue);
    }

    private record Due(long id, Account account, TargetName target, boolean first) {}

    /// Written down before the password is set, so that no crash leaves sessions without an end.
    long expect(TargetName target, PersonId person, Instant ends) {
        return store.first(
                        "INSERT INTO ephemeral (target, person, ends, due) VALUES (?, ?, ?, ?) RETURNING id",
                        row -> row.getLong(1),
                        target.value(),
                        person.value(),
                        ends,
                        ends)
                .orElseThrow();
    }

    /// The server has taken the password. What ended earlier does not end it.
    void confirm(long id) {
        store.run("UPDATE ephemeral SET given = true WHERE id = ?", id);
    }

    @Scheduled(every = "${rolewright.reconcile.poll-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        if (!config.enabled()) {
            return;
        }
        try {
            endAll();
        } catch (StoreFailure away) {
            LOG.debugf("What has ended is looked for again soon: %s", away.getMessage());
        }
    }

    private void endAll() {
        store.run("DELETE FROM ephemeral e WHERE e.due <= now() AND (" + GOES_ON
                + " OR NOT EXISTS (SELECT FROM login l WHERE l.target = e.target AND l.person = e.person"
                + " AND l.server_id IS NOT NULL))");
        store
                .all(
                        DUE,
                        row -> new Due(
                                row.getLong(1),
                                new Account(
                                        new LoginName(row.getString(4)),
                                        new PersonId(row.getObject(2, UUID.class)),
                                        Optional.of(row.getString(5))),
                                new TargetName(row.getString(3)),
                                row.getBoolean(6)))
                .stream()
                .collect(groupingBy(Due::target))
                .forEach((name, due) -> contracts
                        .active()
                        .map(active -> active.contract().targets().get(name))
                        .filter(sessions::canReach)
                        .ifPresent(target -> end(target, due)));
    }

    private void end(Target target, List<Due> due) {
        try (EngineSession session = sessions.open(target, Purpose.ENTRUST)) {
            List<Outcome> outcomes = session.perform(due.stream()
                    .map(it -> (Step) new Step.EndSessions(it.account()))
                    .toList());
            IntStream.range(0, due.size()).forEach(i -> settle(due.get(i), outcomes.get(i)));
        } catch (EngineFailure away) {
            LOG.debugf(
                    "Target %s: sessions whose password has ended are still open: %s", target.name(), away.sentence());
        }
    }

    private void settle(Due due, Outcome outcome) {
        if (!(outcome instanceof Outcome.Done)) {
            LOG.warnf(
                    "Target %s: the password of login %s has ended, and its sessions could not be ended.",
                    due.target(), due.account().login());
            return;
        }
        store.together(() -> {
            if (!due.first()) {
                store.run("DELETE FROM ephemeral WHERE id = ?", due.id());
            } else if (store.run(
                            "UPDATE ephemeral SET due = ends + interval '2 minutes' WHERE id = ? AND due = ends",
                            due.id())
                    == 1) {
                trail.record(new CredentialEvent.Ended(
                        Caller.ofNoSource("rolewright", "password-" + due.id()),
                        due.account().person(),
                        due.target()));
            }
        });
    }

    private double overdue() {
        return store.first("SELECT count(*) FROM ephemeral e WHERE e.due <= now()", row -> row.getLong(1))
                .orElse(0L);
    }
}
