package dev.rolewright.ops;

import dev.rolewright.store.Glance;
import dev.rolewright.store.StoreFailure;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready means that the store takes writes: a standby that answers queries is no use to an identity provider, and
/// neither is a store that answers when the one who asked has given up.
///
/// It is asked over a connection that nobody else uses: a process that has all of its others at work is busy, not
/// without a store, and turning requests away from it would only make the next one as busy.
@Readiness
@ApplicationScoped
class StoreReadiness implements HealthCheck {

    private static final String NAME = "Store takes writes";
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final AgroalDataSource line;
    private final Glance<Boolean> writes = new Glance<>(this::takesWrites, PATIENCE);

    StoreReadiness(AgroalDataSource store) throws SQLException {
        AgroalConnectionPoolConfiguration all = store.getConfiguration().connectionPoolConfiguration();
        line = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                        one -> one.connectionFactoryConfiguration(all::connectionFactoryConfiguration)
                                .maxSize(1)
                                .acquisitionTimeout(all.acquisitionTimeout())
                                .connectionValidator(all.connectionValidator())
                                .idleValidationTimeout(all.idleValidationTimeout())
                                .exceptionSorter(all.exceptionSorter())));
    }

    @PreDestroy
    void end() {
        line.close();
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
        try (Connection connection = line.getConnection();
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
