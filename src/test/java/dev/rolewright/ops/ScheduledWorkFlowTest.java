package dev.rolewright.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolewright.store.StoreFailure;
import dev.rolewright.web.WrittenDown;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What is told of work that the platform does on a schedule.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ScheduledWorkFlowTest {

    private static final RuntimeException AWAY =
            new IllegalStateException(new StoreFailure(new SQLException("hush", "08006")));

    @Inject
    Scheduler scheduler;

    /// Runs until each of these failures was met, and a second time without one.
    private List<String> told(List<RuntimeException> failures) throws Exception {
        WrittenDown log = new WrittenDown();
        log.during(() -> {
            AtomicInteger runs = new AtomicInteger();
            scheduler
                    .newJob("work-of-a-test")
                    .setInterval("1s")
                    .setTask(_ -> {
                        int run = runs.getAndIncrement();
                        if (run < failures.size()) {
                            throw failures.get(run);
                        }
                    })
                    .schedule();
            await().atMost(Duration.ofSeconds(30)).until(() -> runs.get() > failures.size() + 1);
            scheduler.unscheduleJob("work-of-a-test");
            return true;
        });
        return log.usual()
                .lines()
                .filter(line -> line.contains("on a schedule")
                        || line.contains("Error occurred")
                        || line.contains("hush")
                        || line.startsWith("\tat "))
                .toList();
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
    void aDefectIsAnErrorEachTimeAndSaysWhere() throws Exception {
        assertThat(told(List.of(new IllegalStateException("broken"), new IllegalStateException("broken"))))
                .filteredOn(line -> line.startsWith("ERROR"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("What is done on a schedule broke off: work-of-a-test"));
    }
}
