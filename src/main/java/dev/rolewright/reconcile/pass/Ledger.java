package dev.rolewright.reconcile.pass;

import dev.rolewright.audit.AuditEvent;
import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.PassEvent;
import dev.rolewright.audit.PassEvent.StepEnded.End;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.aftermath.Partings;
import dev.rolewright.reconcile.aftermath.Performed;
import dev.rolewright.reconcile.hold.Intent;
import dev.rolewright.reconcile.login.LoginBook;
import dev.rolewright.reconcile.login.LoginRow;
import dev.rolewright.reconcile.work.Lease;
import dev.rolewright.reconcile.work.Queue;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The rows about the steps of a pass: what is known of logins before they are performed, and what became of them.
@ApplicationScoped
class Ledger {

    private final Store store;
    private final Queue queue;
    private final LoginBook logins;
    private final PassBook passes;
    private final AuditTrail trail;

    Ledger(Store store, Queue queue, LoginBook logins, PassBook passes, AuditTrail trail) {
        this.store = store;
        this.queue = queue;
        this.logins = logins;
        this.passes = passes;
        this.trail = trail;
    }

    /// A transaction that only the holder of the lease can commit.
    ///
    /// @throws Lease.LeaseLost when another process has taken over
    <T> T write(Lease lease, Supplier<T> rows) {
        return store.together(() -> {
            renew(lease);
            return rows.get();
        });
    }

    /// The names of logins that are about to be made, and who may differ from now on from what is
    /// written down. Part of a transaction that is durable before any of the steps is performed.
    void plan(Intent intent, Collection<Step> steps) {
        logins.write(intent.work().target(), planned(intent, steps));
    }

    /// The plan of a pass that began without it. No lease is asked for: it is true whoever has the target by now.
    /// So nobody waits for the lease while it is written.
    void writePlan(long pass, Plan plan) {
        passes.write(pass, plan);
    }

    /// What became of steps, and of the logins that it is all about. Part of a transaction of the pass.
    void tell(TargetName target, Optional<Long> pass, Performed part, List<LoginRow> rows) {
        logins.write(target, rows);
        pass.ifPresent(number -> trail.record(events(target, number, part)));
    }

    private void renew(Lease lease) {
        if (!queue.renew(lease)) {
            throw new Lease.LeaseLost(lease.target());
        }
    }

    static Caller caller(long pass) {
        return Caller.ofNoSource("rolewright", "pass-" + pass);
    }

    private static List<LoginRow> planned(Intent intent, Collection<Step> steps) {
        Partings partings = Partings.of(steps, intent.braked().held().steps());
        Set<PersonId> people = new HashSet<>();
        List<LoginRow> rows = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.OfLogin of && people.add(of.account().person())) {
                LoginRow known = intent.picture().rows().get(of.account().person());
                if (known != null && !isNew(step, known)) {
                    boolean parts = partings.people().contains(known.person());
                    if (known.settled() || (parts && !known.hiding())) {
                        rows.add(known.unsettled(parts));
                    }
                } else if (step instanceof Step.CreateLogin) {
                    rows.add(LoginRow.pending(
                            of.account().person(),
                            of.account().login(),
                            intent.picture().now()));
                }
            }
        }
        return rows;
    }

    private static boolean isNew(Step step, LoginRow known) {
        return step instanceof Step.CreateLogin(var account, var _)
                && !account.login().equals(known.name());
    }

    private static List<AuditEvent> events(TargetName target, long pass, Performed part) {
        List<AuditEvent> events = new ArrayList<>();
        Caller caller = caller(pass);
        part.each((line, outcome) -> events.add(
                switch (outcome) {
                    case Outcome.Done _ -> new PassEvent.StepEnded(caller, target, pass, line.step(), End.DONE, "");
                    case Outcome.Failed(EngineFailure failure) ->
                        new PassEvent.StepEnded(caller, target, pass, line.step(), End.FAILED, failure.advice());
                    case Outcome.Skipped(String why) ->
                        new PassEvent.StepEnded(caller, target, pass, line.step(), End.SKIPPED, why);
                }));
        return events;
    }
}
