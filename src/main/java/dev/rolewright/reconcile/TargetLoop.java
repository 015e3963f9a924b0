package dev.rolewright.reconcile;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.TargetName;
import dev.rolewright.reconcile.pass.Ended;
import dev.rolewright.reconcile.pass.Pass;
import dev.rolewright.reconcile.pass.PassBook;
import dev.rolewright.reconcile.work.Alarm;
import dev.rolewright.reconcile.work.Circuit;
import dev.rolewright.reconcile.work.Lease;
import dev.rolewright.reconcile.work.LeaseKeeper;
import dev.rolewright.reconcile.work.Queue;
import dev.rolewright.reconcile.work.Work;
import dev.rolewright.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// Keeps one target true: waits for work, claims it, makes a pass; for ever, whatever fails.
final class TargetLoop implements Runnable {

    private static final Logger LOG = Logger.getLogger(TargetLoop.class);
    private static final Duration WITHOUT_STORE = Duration.ofSeconds(1);

    private final TargetName target;
    private final Workshop workshop;
    private boolean withoutStore;
    private volatile boolean stopped;
    private volatile boolean abandoned;
    private volatile @Nullable Lease lease;

    /// What every loop of this process works with.
    ///
    /// @param holder names this process
    /// @param contract the one that holds, as far as this process knows
    /// @param proofs is told of a target where something was taken
    record Workshop(
            String holder,
            Supplier<Optional<ActiveContract>> contract,
            Queue queue,
            LeaseKeeper keeper,
            Pass pass,
            PassBook passes,
            Circuit circuit,
            Consumer<TargetName> proofs,
            Alarm alarm,
            Duration lease,
            Duration poll) {}

    TargetLoop(TargetName target, Workshop workshop) {
        this.target = target;
        this.workshop = workshop;
    }

    /// Claims nothing more, and ends a pass that is under way where it can be interrupted.
    void stop() {
        stopped = true;
        Lease held = lease;
        if (held != null) {
            held.recall();
        }
    }

    /// Gives the target to the others though the pass goes on, which finds its lease lost.
    void abandon() {
        abandoned = true;
        Lease held = lease;
        if (held != null) {
            LOG.infof("Target %s: the pass under way is given up, others look at the target anew", target);
            held.lose();
            workshop.queue().release(held);
        }
    }

    @Override
    public void run() {
        MDC.put("target", target.value());
        while (!stopped) {
            long rings = workshop.alarm().count();
            Duration rest = nextTurn();
            try {
                workshop.alarm().await(rings, rest);
            } catch (InterruptedException told) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// Nothing ends this but being told to, else leavers would stay in until somebody restarts the process. What is
    /// too grave for a turn leaves a lease behind, which ends by itself.
    private Duration nextTurn() {
        try {
            return turn();
        } catch (Error grave) {
            LOG.errorf(grave, "Nothing is done on target %s for the length of a lease", target);
            return workshop.poll();
        }
    }

    /// One look for work, and the pass when there is some.
    ///
    /// @return how long nothing has to be done, unless somebody rings
    Duration turn() {
        try {
            Optional<ActiveContract> active = workshop.contract()
                    .get()
                    .filter(it -> it.contract().targets().containsKey(target));
            Optional<Work> work = active.flatMap(it ->
                    workshop.queue().claim(target, workshop.holder(), workshop.lease(), it.since(), Instant.now()));
            if (withoutStore) {
                LOG.infof("The store can be used again, so target %s is kept true again", target);
                withoutStore = false;
            }
            if (active.isEmpty() || work.isEmpty()) {
                return workshop.poll();
            }
            return pass(work.get(), active.get());
        } catch (RuntimeException broken) {
            return rest(broken);
        }
    }

    /// Said once: the store is tried again every moment, and a log must not fill up meanwhile.
    private Duration rest(RuntimeException broken) {
        if (!abandoned && (!withoutStore || StoreFailure.away(broken).isEmpty())) {
            StoreFailure.warn(LOG, "Nothing is done on target " + target, broken);
        }
        withoutStore = true;
        return WITHOUT_STORE;
    }

    private Duration pass(Work work, ActiveContract active) {
        Instant began = Instant.now();
        lease = work.lease();
        if (stopped) { // whoever said so may not have seen the lease
            workshop.queue().release(work.lease());
            return workshop.poll();
        }
        workshop.keeper().keep(work.lease());
        try {
            return make(work, active).map(failure -> rest(work, failure)).orElse(Duration.ZERO);
        } catch (EngineFailure failure) {
            if (failure.kind().isOfSome()) {
                lookAtFew(work, active);
            }
            return failed(work, active, began, failure);
        } catch (Lease.LeaseLost lost) {
            LOG.infof("%s", lost.getMessage());
            return workshop.poll();
        } catch (RuntimeException | StackOverflowError defect) {
            if (StoreFailure.away(defect).isPresent()) {
                throw defect;
            }
            if (abandoned) {
                LOG.debugf(defect, "The pass over target %s that was given up broke off", target);
                return workshop.poll();
            }
            LOG.errorf(defect, "A pass over target %s broke off", target);
            lookAtFew(work, active);
            return failed(
                    work,
                    active,
                    began,
                    new EngineFailure(
                            EngineFailure.Kind.UNEXPECTED, "A defect of ours stopped the pass; the log says more."));
        } finally {
            workshop.keeper().drop(work.lease());
            lease = null;
        }
    }

    private Optional<EngineFailure> make(Work work, ActiveContract active) {
        Ended end = workshop.pass().make(work, active);
        if (end.owes()) {
            workshop.proofs().accept(target);
        }
        return end.failure();
    }

    /// What keeps everybody from being looked at keeps nobody in of whom somebody has spoken.
    private void lookAtFew(Work work, ActiveContract active) {
        work.ofFew().ifPresent(few -> {
            try {
                var _ = make(few, active);
                if (!few.lease().isRecalled()) {
                    LOG.warnf(
                            "Target %s: everybody could not be looked at; %d people of whom somebody has spoken were",
                            target, few.people().size());
                }
            } catch (RuntimeException | StackOverflowError broken) {
                LOG.debugf(broken, "Target %s: nobody could be looked at", target);
            }
        });
    }

    private Duration failed(Work work, ActiveContract active, Instant began, EngineFailure failure) {
        workshop.passes().failed(work, active.number(), began, failure);
        return rest(work, failure);
    }

    /// Leaves the target alone for a while.
    private Duration rest(Work work, EngineFailure failure) {
        int before = work.memory().failures();
        if (before == 0) {
            LOG.warnf("Target %s: %s", target, failure.sentence());
        } else {
            LOG.debugf("Target %s, for the %d. time: %s", target, before + 1, failure.sentence());
        }
        Duration pause = workshop.circuit().failed(work.lease(), failure, before);
        return pause.compareTo(workshop.poll()) < 0 ? pause : workshop.poll();
    }
}
