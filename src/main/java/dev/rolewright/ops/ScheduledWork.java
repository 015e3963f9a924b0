package dev.rolewright.ops;

import dev.rolewright.store.StoreFailure;
import io.quarkus.scheduler.FailedExecution;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.SuccessfulExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/// Tells what became of what every room does on a schedule, instead of the platform, which calls each time that
/// something found no store an error. All of it is done again soon: so it is told once that it waits, and once that
/// it goes on. The first of those that found no store says so when it finds one: another may be due in an hour.
@ApplicationScoped
class ScheduledWork {

    private static final Logger LOG = Logger.getLogger(ScheduledWork.class);

    /// What found no store since it was told that the store is away, by its names. What never fails may not ask it.
    private final Set<String> waiting = new HashSet<>();

    private Instant goesOn = Instant.MIN;

    void failed(@Observes FailedExecution failed) {
        ScheduledExecution execution = failed.getExecution();
        Throwable why = failed.getException();
        Optional<StoreFailure> away = StoreFailure.away(why);
        if (away.isPresent()) {
            waits(execution, away.get());
        } else {
            LOG.errorf(why, "What is done on a schedule broke off: %s", name(execution));
        }
    }

    void done(@Observes SuccessfulExecution done) {
        goesOn(name(done.getExecution()));
    }

    private synchronized void waits(ScheduledExecution execution, StoreFailure away) {
        if (execution.getFireTime().isBefore(goesOn)) {
            return; // it began while the store was away, and gave up only now
        }
        if (waiting.isEmpty()) {
            LOG.warnf("What is done on a schedule waits for the store: %s", away.getMessage());
        }
        waiting.add(name(execution));
    }

    private synchronized void goesOn(String work) {
        if (waiting.contains(work)) {
            waiting.clear();
            goesOn = Instant.now();
            LOG.info("What is done on a schedule goes on");
        }
    }

    private static String name(ScheduledExecution execution) {
        return execution.getTrigger().getId();
    }
}
