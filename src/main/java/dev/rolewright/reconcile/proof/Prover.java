package dev.rolewright.reconcile.proof;

import dev.rolewright.audit.AuditEvent;
import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.Causes.Effect;
import dev.rolewright.audit.PassEvent;
import dev.rolewright.contract.Contract;
import dev.rolewright.engine.Attempt;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.model.Caller;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Known;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Scope;
import dev.rolewright.reach.Sessions;
import dev.rolewright.reconcile.look.Occasions;
import dev.rolewright.reconcile.proof.ReceiptBook.Settled;
import dev.rolewright.reconcile.proof.ReceiptBook.Verdict;
import dev.rolewright.reconcile.targets.Servers;
import dev.rolewright.reconcile.targets.TargetCounts;
import dev.rolewright.reconcile.work.Alarm;
import dev.rolewright.reconcile.work.Queue;
import dev.rolewright.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Asks a target again, in a conversation of its own that can change nothing, whether what passes took is really gone.
///
/// It keeps no pass waiting and no pass keeps it waiting. Asking twice does no harm, so any number of processes may.
@ApplicationScoped
class Prover {

    private static final Logger LOG = Logger.getLogger(Prover.class);

    /// As many debts are asked for with one look.
    private static final int BATCH = 1_000;

    /// A try to log in is a connection: of so many at once some are tried, and nobody can tell which.
    private static final int MOST_ATTEMPTS = 20;

    private static final Attempt NOT_CHOSEN =
            new Attempt.NotTried("so many were asked for at once that " + MOST_ATTEMPTS + " of them were tried");

    private final Sessions sessions;
    private final ReceiptBook receipts;
    private final Servers servers;
    private final Occasions occasions;
    private final Queue queue;
    private final Store store;
    private final AuditTrail trail;
    private final Alarm alarm;
    private final MeterRegistry meters;

    Prover(
            Sessions sessions,
            ReceiptBook receipts,
            Servers servers,
            Occasions occasions,
            Queue queue,
            Store store,
            AuditTrail trail,
            Alarm alarm,
            MeterRegistry meters) {
        this.sessions = sessions;
        this.receipts = receipts;
        this.servers = servers;
        this.occasions = occasions;
        this.queue = queue;
        this.store = store;
        this.trail = trail;
        this.alarm = alarm;
        this.meters = meters;
    }

    /// Settles the oldest debts of a target, which a contract that has it no more leaves as they are.
    ///
    /// @param age younger ones are left to others
    /// @return whether there may be more
    /// @throws EngineFailure when the target cannot be asked; the debts stay
    boolean turn(Contract contract, TargetName name, Duration age) {
        Target target = contract.targets().get(name);
        List<Debt> debts = target == null ? List.of() : receipts.owed(name, age, BATCH);
        if (target == null || debts.isEmpty()) {
            return false;
        }
        Map<Debt, Evidence> evidence = ask(target, debts);
        List<Debt> promises = debts.stream()
                .filter(debt -> !debt.certain() && !evidence(evidence, debt).holds())
                .toList();
        List<Debt> certain = new ArrayList<>(debts);
        certain.removeAll(promises);
        Map<PersonId, List<String>> asked = requests(contract, certain);
        List<Verdict> verdicts = certain.stream()
                .map(debt -> {
                    Evidence answer = evidence(evidence, debt);
                    return new Verdict(
                            debt,
                            answer,
                            answer.holds() ? Optional.empty() : receipts.overtaker(debt, name),
                            asked.getOrDefault(debt.person(), List.of()));
                })
                .toList();
        settle(name, verdicts, promises);
        return debts.size() == BATCH;
    }

    private Map<Debt, Evidence> ask(Target target, List<Debt> debts) {
        Set<PersonId> people = debts.stream().map(Debt::person).collect(Collectors.toSet());
        Set<LoginName> names =
                debts.stream().map(debt -> debt.account().login()).collect(Collectors.toSet());
        Known known = new Known(
                debts.stream().flatMap(debt -> debt.known().stream()).distinct().toList());
        Set<Debt> tried = chosen(debts);
        Map<Debt, Evidence> evidence = new HashMap<>();
        try (EngineSession session = sessions.open(target, Purpose.PROVE)) {
            Observed observed = session.observe(new Scope.Some(people, names), known);
            servers.check(target.name(), observed);
            for (Debt debt : debts) {
                Optional<Attempt> attempt = debt.locks()
                        ? Optional.of(
                                tried.contains(debt) ? session.attempt(Evidence.asSeen(debt, observed)) : NOT_CHOSEN)
                        : Optional.empty();
                evidence.put(debt, Evidence.of(debt, observed, attempt));
            }
        }
        return evidence;
    }

    private static Set<Debt> chosen(List<Debt> debts) {
        List<Debt> locking = new ArrayList<>(debts.stream().filter(Debt::locks).toList());
        Collections.shuffle(locking);
        return new HashSet<>(locking.subList(0, Math.min(locking.size(), MOST_ATTEMPTS)));
    }

    private Map<PersonId, List<String>> requests(Contract contract, List<Debt> debts) {
        return debts.isEmpty()
                ? Map.of()
                : occasions.of(
                        Effect.LOSS,
                        contract,
                        debts.stream().map(Debt::person).collect(Collectors.toSet()),
                        debts.stream().map(Debt::asked).min(Instant::compareTo).orElseThrow(),
                        debts.stream()
                                .map(Debt::claimed)
                                .max(Instant::compareTo)
                                .orElseThrow());
    }

    private void settle(TargetName target, List<Verdict> verdicts, List<Debt> promises) {
        Map<Long, Verdict> byId = verdicts.stream()
                .collect(Collectors.toMap(verdict -> verdict.debt().id(), Function.identity()));
        List<Settled> settled = store.together(() -> {
            receipts.withdraw(promises);
            List<Settled> rows = receipts.settle(verdicts);
            List<Verdict> mine = rows.stream().map(row -> verdict(byId, row)).toList();
            queue.mark(
                    target,
                    mine.stream()
                            .filter(verdict ->
                                    !verdict.isProven() && verdict.overtaken().isEmpty())
                            .map(verdict -> verdict.debt().person())
                            .collect(Collectors.toSet()));
            trail.record(mine.stream().map(verdict -> event(target, verdict)).toList());
            return rows;
        });
        settled.forEach(row -> report(target, verdict(byId, row), row.time()));
    }

    private void report(TargetName target, Verdict verdict, Duration time) {
        if (verdict.isProven()) {
            TargetCounts.revocation(meters, target).record(time);
        } else if (verdict.overtaken().isEmpty()) {
            TargetCounts.notProven(meters, target).increment();
            LOG.warnf(
                    "Target %s: it is not proven that login %s lost what it was to lose, so it is looked at again: %s",
                    target, verdict.debt().account().login(), verdict.why().orElse(""));
            alarm.ring();
        }
    }

    private static AuditEvent event(TargetName target, Verdict verdict) {
        Debt debt = verdict.debt();
        return new PassEvent.RevocationChecked(
                Caller.ofNoSource("rolewright", "pass-" + debt.pass()),
                target,
                debt.person(),
                debt.id(),
                verdict.isProven()
                        ? PassEvent.RevocationChecked.Verdict.PROVEN
                        : verdict.overtaken().isPresent()
                                ? PassEvent.RevocationChecked.Verdict.OVERTAKEN
                                : PassEvent.RevocationChecked.Verdict.NOT_PROVEN);
    }

    private static Evidence evidence(Map<Debt, Evidence> evidence, Debt debt) {
        return Optional.ofNullable(evidence.get(debt)).orElseThrow();
    }

    private static Verdict verdict(Map<Long, Verdict> verdicts, Settled row) {
        return Optional.ofNullable(verdicts.get(row.id())).orElseThrow();
    }
}
