package dev.rolewright.reconcile.pass;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.PassEvent;
import dev.rolewright.contract.Expiries;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.Danger;
import dev.rolewright.plan.Census;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.plan.Server;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.aftermath.Aftermath;
import dev.rolewright.reconcile.aftermath.Performed;
import dev.rolewright.reconcile.drift.DriftBook;
import dev.rolewright.reconcile.hold.Gate;
import dev.rolewright.reconcile.hold.Intent;
import dev.rolewright.reconcile.login.LoginRow;
import dev.rolewright.reconcile.pass.PassBook.Writing;
import dev.rolewright.reconcile.proof.Owed;
import dev.rolewright.reconcile.targets.Powers;
import dev.rolewright.reconcile.work.Lease;
import dev.rolewright.reconcile.work.Pauses;
import dev.rolewright.reconcile.work.Queue;
import dev.rolewright.reconcile.work.ReconcileConfig;
import dev.rolewright.reconcile.work.Work;
import dev.rolewright.store.JsonColumn;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// Writes down what a pass is about to do before it does it, and afterwards what became of it.
///
/// Both are one transaction that only the holder of the lease can commit.
@ApplicationScoped
class Journal {

    private static final Logger LOG = Logger.getLogger(Journal.class);
    private static final Duration FIRST_TRY = Duration.ofMinutes(1);

    private final Store store;
    private final Queue queue;
    private final Ledger ledger;
    private final PassBook passes;
    private final AuditTrail trail;
    private final Gate gate;
    private final Owed owed;
    private final DriftBook drifts;
    private final Powers powers;
    private final ReconcileConfig config;

    Journal(
            Store store,
            Queue queue,
            Ledger ledger,
            PassBook passes,
            AuditTrail trail,
            Gate gate,
            Owed owed,
            DriftBook drifts,
            Powers powers,
            ReconcileConfig config) {
        this.store = store;
        this.queue = queue;
        this.ledger = ledger;
        this.passes = passes;
        this.trail = trail;
        this.gate = gate;
        this.owed = owed;
        this.drifts = drifts;
        this.powers = powers;
        this.config = config;
    }

    /// Durable before anything is done: the pass with its plan, and the names of the logins it makes.
    ///
    /// Names of newcomers only of the first portion: those of the next are written while it is performed. So is a
    /// long plan about newcomers alone; any other long one follows here at once. Of a process that dies before its
    /// plan is written, the digest is left.
    ///
    /// @return the number of the pass; empty when there is nothing to do and nobody asked
    Optional<Long> begin(Intent intent, List<Portion> portions) {
        Work work = intent.work();
        boolean idle = intent.braked().go().isEmpty() && intent.braked().held().isEmpty();
        if (idle && work.requests().isEmpty()) {
            return Optional.empty();
        }
        Plan go = intent.braked().go();
        String digest = PlanJson.digest(go, intent.picture().observed().server());
        Optional<Long> pass = ledger.write(work.lease(), () -> Optional.of(open(intent, portions, digest, idle)));
        if (Writing.of(intent) == Writing.BEFORE_ITS_STEPS) {
            pass.ifPresent(number -> ledger.writePlan(number, go));
        }
        return pass;
    }

    private long open(Intent intent, List<Portion> portions, String digest, boolean idle) {
        Work work = intent.work();
        long pass = passes.open(intent, digest);
        if (!intent.braked().go().isEmpty()) { // of others the server is told nothing either
            store.run(
                    "UPDATE target_state SET last_pass = ? WHERE target = ?",
                    pass,
                    work.target().value());
        }
        if (!idle) {
            ledger.plan(intent, atFirst(intent, portions));
            owed.promise(pass, intent);
            trail.record(new PassEvent.Began(
                    Ledger.caller(pass),
                    work.target(),
                    pass,
                    digest,
                    intent.braked().go().lines().size(),
                    intent.braked().held().lines().size()));
        }
        return pass;
    }

    /// What a pass has taken, written down before the pass ends: nothing that is left of it takes anything.
    ///
    /// @param performed what became of the plan so far
    /// @return whether a proof is owed
    boolean took(Intent intent, long pass, Performed performed) {
        return ledger.write(intent.work().lease(), () -> {
            passes.count(pass, intent, performed);
            return owed.fulfil(pass, intent, performed);
        });
    }

    /// Everything that came of a pass and is not told yet; gives the lease back and takes the marks away that the
    /// pass is through with. What is newly held by a pass within another one is left to one that can have it shown.
    ///
    /// @return whether a proof is owed
    boolean end(Intent intent, Optional<Long> pass, Performed performed, Aftermath after, Meanwhile meanwhile) {
        Work work = intent.work();
        Performed rest = performed.from(after.taken());
        after.take(rest);
        List<LoginRow> rows = after.rest(performed.made());
        Gate.Waiting waiting = gate.waiting(intent);
        return store.together(() -> {
            letGo(intent, performed, after);
            ledger.tell(work.target(), pass, rest, rows);
            boolean owes = !meanwhile.takingTold()
                    && pass.filter(number -> owed.fulfil(number, intent, performed))
                            .isPresent();
            drifts.keep(work, intent.drift(), pass, performed.done(), meanwhile.looked());
            gate.keep(intent, waiting, pass, performed.isThrough());
            if (performed.isThrough()
                    && (!work.within() || intent.braked().why().isEmpty())) {
                queue.done(work.marks());
            }
            // Last: it says when all of this was done.
            pass.ifPresent(number -> passes.close(number, intent, performed));
            return owes;
        });
    }

    /// The store turned out to be older than the target. What was read of it is read again, by whoever knows that.
    void outrun(Work work, long pass) {
        if (work.within()) {
            return; // the next pass finds it as well
        }
        store.run(
                "UPDATE target_state SET outrun = ?, whole_due = now(), lease_until = NULL"
                        + " WHERE target = ? AND lease_number = ?",
                pass,
                work.target().value(),
                work.lease().number());
    }

    /// A pass about people whom the target has nothing to do with. Whoever has lost the target meanwhile leaves the
    /// marks: the other one may have begun to make a login for somebody who was spoken of again since.
    ///
    /// @throws Lease.LeaseLost when another process has taken over
    void skip(Work work) {
        store.together(() -> {
            if (!queue.release(work.lease())) {
                throw new Lease.LeaseLost(work.target());
            }
            queue.done(work.marks());
        });
    }

    /// A pass that is not made, because the process ends. Its marks are left to others.
    void leave(Work work) {
        if (!work.within()) {
            queue.release(work.lease());
        }
    }

    /// The lease, and what is known of the target as a whole, are the pass's around it where there is one.
    ///
    /// @throws Lease.LeaseLost when another process has taken over
    private void letGo(Intent intent, Performed performed, Aftermath after) {
        if (!intent.work().within()) {
            close(intent, performed, after);
        } else if (!queue.renew(intent.work().lease())) {
            throw new Lease.LeaseLost(intent.work().target());
        }
    }

    private static List<Step> atFirst(Intent intent, List<Portion> portions) {
        List<Step> steps = new ArrayList<>();
        for (int place = 0; place < portions.size(); place++) {
            if (place == 0 || !portions.get(place).ofNewcomers()) {
                steps.addAll(portions.get(place).steps());
            }
        }
        steps.addAll(intent.braked().held().steps());
        return steps;
    }

    private void close(Intent intent, Performed performed, Aftermath after) {
        Work work = intent.work();
        Census census = after.census();
        Optional<EngineFailure> failure = performed.failure();
        boolean through = work.whole() && performed.isThrough();
        Server server = intent.picture().observed().server();
        List<Danger> dangers = through
                ? powers.news(
                        intent.active().contract().target(work.target()),
                        intent.plan().notes())
                : List.of();
        int mine = store.run(
                """
                UPDATE target_state SET lease_until = NULL, logins = ?, active = ?, memberships = ?, product = ?, server = ?,
                    failures = CASE WHEN ? THEN 0 ELSE failures END, not_before = NULL,
                    whole_due = CASE WHEN ? THEN ? WHEN ? THEN least(whole_due, now()) ELSE whole_due END,
                    last_whole = CASE WHEN ? THEN ? ELSE last_whole END,
                    contract = CASE WHEN ? THEN ? ELSE contract END,
                    settled = CASE WHEN ? THEN ? ELSE settled END,
                    notes = CASE WHEN ? THEN ?::jsonb ELSE notes END
                WHERE target = ? AND lease_number = ?""",
                census.logins(),
                census.active(),
                census.memberships(),
                server.product(),
                server.identity(),
                failure.isEmpty(),
                through,
                nextWhole(intent, after),
                // What is newly held is shown with everything else that is.
                !work.whole() && !intent.braked().why().isEmpty(),
                through,
                intent.picture().now(),
                through,
                intent.active().since(),
                through,
                after.rolesSettled(),
                through,
                JsonColumn.text(intent.plan().notes()),
                work.target().value(),
                work.lease().number());
        if (mine == 0) {
            throw new Lease.LeaseLost(work.target());
        }
        dangers.forEach(danger -> LOG.warn(danger.warning()));
    }

    /// On the schedule, or sooner: when a rule ends, and when something of the contract did not come about, or
    /// could not be looked at. The latter is tried again after twice the time that it took since the last try.
    private Instant nextWhole(Intent intent, Aftermath after) {
        Instant now = intent.picture().now();
        Duration since = intent.work()
                .memory()
                .lastWhole()
                .map(last -> Duration.between(last, now).multipliedBy(2))
                .filter(twice -> twice.compareTo(FIRST_TRY) > 0)
                .orElse(FIRST_TRY);
        Stream<Instant> schedule = Stream.of(now.plus(Pauses.jitter(config.wholeEvery())));
        Stream<Instant> again = after.isComplete() ? Stream.of() : Stream.of(now.plus(since));
        Stream<Instant> expiry = Expiries.next(intent.active().contract(), now).stream();
        return Stream.of(schedule, again, expiry)
                .flatMap(each -> each)
                .min(Instant::compareTo)
                .orElse(now);
    }
}
