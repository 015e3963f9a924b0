package dev.rolewright.ops;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/// Whoever still uses the store is seen.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class DepartureFlowTest {

    @Inject
    Departure departure;

    @Inject
    DataSource store;

    @Test
    void seesWhoUsesTheStore() throws Exception {
        try (Connection one = store.getConnection();
                Connection other = store.getConnection()) {
            assertThat(one).isNotSameAs(other);
            assertThat(departure.inUse()).isGreaterThanOrEqualTo(2);
        }
        await().until(() -> departure.inUse() == 0);
    }
}
