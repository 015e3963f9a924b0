package dev.rolewright.ops;

import dev.rolewright.store.Glance;
import dev.rolewright.store.StoreFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready means that the store takes writes: a standby that answers queries is no use to an identity provider, and
/// neither is a store that answers when the one who asked has given up.
@Readiness
@ApplicationScoped
class StoreReadiness implements HealthCheck {

    private static final String NAME = "Store takes writes";
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final DataSource store;
    private final Glance<Boolean> writes = new Glance<>(this::takesWrites, PATIENCE);

    StoreReadiness(DataSource store) {
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            return writes.look()
                    .map(takes -> takes ? HealthCheckResponse.up(NAME) : down("it is read-only"))
                    .orElseGet(() -> down("it does not answer"));
        } catch (StoreFailure away) {
            return down(String.valueOf(away.getMessage()));
        }
    }

    private boolean takesWrites() {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show transaction_read_only")) {
            return row.next() && row.getString(1).equals("off");
        } catch (SQLException e) {
            throw new StoreFailure(e);
        }
    }

    private static HealthCheckResponse down(String why) {
        return HealthCheckResponse.named(NAME).down().withData("why", why).build();
    }
}
