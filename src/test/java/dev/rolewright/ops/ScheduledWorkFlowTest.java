package dev.rolewright.ops;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.store.StoreFailure;
import dev.rolewright.web.WrittenDown;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is told of work that the platform does on a schedule.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ScheduledWorkFlowTest {

    private static final RuntimeException AWAY =
            new IllegalStateException(new StoreFailure(new SQLException("hush", "08006")));

    private static final String OFTEN = "work-of-a-test";
    private static final String SELDOM = "seldom-work-of-a-test";
    private static final List<String> JOBS = List.of(OFTEN, SELDOM);

    @Inject
    Scheduler scheduler;

    @AfterEach
    void unschedule() {
        JOBS.forEach(scheduler::unscheduleJob);
    }

    private void every(String interval, String job, Consumer<ScheduledExecution> work) {
        scheduler.newJob(job).setInterval(interval).setTask(work).schedule();
    }

    /// @param attempts is met by each attempt: with nothing once there are no more failures
    private static Runnable failing(List<RuntimeException> failures, AtomicInteger attempts) {
        return () -> {
            int attempt = attempts.getAndIncrement();
            if (attempt < failures.size()) {
                throw failures.get(attempt);
            }
        };
    }

    private static void awaitMoreThan(int count, AtomicInteger attempts) {
        await().until(() -> attempts.get() > count);
    }

    private static List<String> told(Callable<?> action) throws Exception {
        WrittenDown log = new WrittenDown();
        log.during(action);
        return log.usual()
                .lines()
                .filter(line -> line.contains("on a schedule")
                        || line.contains("Error occurred")
                        || line.contains("hush")
                        || line.startsWith("\tat "))
                .toList();
    }

    /// Runs until each of these failures was met, and a second time without one.
    private List<String> told(List<RuntimeException> failures) throws Exception {
        return told(() -> {
            AtomicInteger attempts = new AtomicInteger();
            Runnable work = failing(failures, attempts);
            every("1s", OFTEN, _ -> work.run());
            awaitMoreThan(failures.size() + 1, attempts);
            return true;
        });
    }

    @Test
    void aStoreThatIsAwayIsToldOnceAndCalmly() throws Exception {
        assertThat(told(List.of(AWAY, AWAY)))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("WARN")
                                .endsWith("What is done on a schedule waits for the store:"
                                        + " the store failed with SQL state 08006 "),
                        line -> assertThat(line).startsWith("INFO").contains("What is done on a schedule goes on"));
    }

    @Test
    void whatIsDueInAnHourDoesNotKeepItFromBeingToldThatTheStoreIsBack() throws Exception {
        List<String> told = told(() -> {
            AtomicInteger seldom = new AtomicInteger();
            AtomicInteger often = new AtomicInteger();
            Runnable first = failing(List.of(AWAY), seldom);
            Runnable other = failing(List.of(AWAY, AWAY), often);
            every("1h", SELDOM, _ -> first.run());
            awaitMoreThan(0, seldom);
            every("1s", OFTEN, _ -> other.run());
            awaitMoreThan(3, often);
            return true;
        });

        assertThat(told)
                .satisfiesExactly(
                        line -> assertThat(line).contains("What is done on a schedule waits for the store"),
                        line -> assertThat(line).contains("What is done on a schedule goes on"));
    }

    /// A connection that hangs fails long after the store is back.
    @Test
    void whatBeganWhileTheStoreWasAwayAndGivesUpLateTellsNothingNew() throws Exception {
        CountDownLatch back = new CountDownLatch(1);
        List<String> told = told(() -> {
            AtomicInteger late = new AtomicInteger();
            AtomicInteger often = new AtomicInteger();
            Runnable other = failing(List.of(AWAY), often);
            every("1h", SELDOM, _ -> {
                late.incrementAndGet();
                waitFor(back);
                late.incrementAndGet();
                throw AWAY;
            });
            awaitMoreThan(0, late);
            every("1s", OFTEN, _ -> other.run());
            awaitMoreThan(2, often);
            back.countDown();
            awaitMoreThan(1, late);
            awaitMoreThan(often.get() + 1, often);
            return true;
        });

        assertThat(told)
                .satisfiesExactly(
                        line -> assertThat(line).contains("What is done on a schedule waits for the store"),
                        line -> assertThat(line).contains("What is done on a schedule goes on"));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aDefectIsAnErrorEachTimeAndSaysWhere() throws Exception {
        assertThat(told(List.of(new IllegalStateException("broken"), new IllegalStateException("broken"))))
                .filteredOn(line -> line.startsWith("ERROR"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("What is done on a schedule broke off: work-of-a-test"));
    }
}
