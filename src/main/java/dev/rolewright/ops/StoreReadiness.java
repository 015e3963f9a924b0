package dev.rolewright.ops;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready means that the store takes writes: a standby that answers queries is no use to an identity provider.
@Readiness
@ApplicationScoped
class StoreReadiness implements HealthCheck {

    private static final String NAME = "Store takes writes";

    private final DataSource store;

    StoreReadiness(DataSource store) {
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show transaction_read_only")) {
            return HealthCheckResponse.named(NAME)
                    .status(row.next() && row.getString(1).equals("off"))
                    .build();
        } catch (SQLException _) {
            return HealthCheckResponse.down(NAME); // the datasource's own check says why
        }
    }
}
