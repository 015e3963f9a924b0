package dev.rolewright.offboarding;

import static dev.rolewright.Patience.await;

import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.store.Hitch;
import dev.rolewright.store.Store;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class FenceClockFlowTest {

    @Inject
    DataSource store;

    @Inject
    Dues dues;

    @Inject
    ChangeFeed changes;

    @Test
    void goesOnWhateverFails() {
        Hitch line = new Hitch(store, 2);
        FenceClock clock = new FenceClock(new Store(line.line()), dues, changes);
        clock.start(new StartupEvent());
        try {
            await().until(line::isOver);
        } finally {
            clock.stop(new ShutdownEvent());
        }
    }
}
