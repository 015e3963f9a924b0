package dev.rolewright.ops;

import dev.rolewright.store.StoreFailure;
import io.quarkus.scheduler.FailedExecution;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.SuccessfulExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/// Tells what became of what every room does on a schedule, instead of the platform, which calls each time that
/// something found no store an error. All of it is done again soon: so it is told once that it waits, and once that
/// it goes on.
@ApplicationScoped
class ScheduledWork {

    private static final Logger LOG = Logger.getLogger(ScheduledWork.class);

    /// What waits for the store, by its names.
    private final Set<String> waiting = new HashSet<>();

    void failed(@Observes FailedExecution failed) {
        String work = name(failed.getExecution());
        Throwable why = failed.getException();
        Optional<StoreFailure> away = StoreFailure.away(why);
        if (away.isPresent()) {
            waits(work, away.get());
        } else {
            LOG.errorf(why, "What is done on a schedule broke off: %s", work);
        }
    }

    void done(@Observes SuccessfulExecution done) {
        goesOn(name(done.getExecution()));
    }

    private synchronized void waits(String work, StoreFailure away) {
        if (waiting.isEmpty()) {
            LOG.warnf("What is done on a schedule waits for the store: %s", away.getMessage());
        }
        waiting.add(work);
    }

    private synchronized void goesOn(String work) {
        if (waiting.remove(work) && waiting.isEmpty()) {
            LOG.info("What is done on a schedule goes on");
        }
    }

    private static String name(ScheduledExecution execution) {
        return execution.getTrigger().getId();
    }
}
