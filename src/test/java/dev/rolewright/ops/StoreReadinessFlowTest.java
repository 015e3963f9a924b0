package dev.rolewright.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreReadinessFlowTest {

    @ParameterizedTest
    @CsvSource({"off, UP", "on, DOWN"})
    void isReadyWhenTheStoreTakesWrites(String readOnly, Status status) throws SQLException {
        try (AgroalDataSource store =
                store(TestPostgres.password(), "SET default_transaction_read_only = " + readOnly)) {
            assertThat(ask(store)).isEqualTo(status);
        }
    }

    @Test
    void isNotReadyWithoutAStore() throws SQLException {
        try (AgroalDataSource store = store("wrong", "")) {
            assertThat(ask(store)).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void isReadyWhileEveryConnectionIsInUse() throws SQLException {
        try (AgroalDataSource store = store(TestPostgres.password(), "");
                Connection only = store.getConnection()) {
            assertThat(only.isValid(60)).isTrue();

            assertThat(ask(store)).isEqualTo(Status.UP);
        }
    }

    @Test
    void isReadyAgainOnceItsConnectionWasCut() throws SQLException {
        try (AgroalDataSource store = store(TestPostgres.password(), "SET application_name = 'cut'")) {
            StoreReadiness readiness = new StoreReadiness(store);
            try {
                assertThat(readiness.call().getStatus()).isEqualTo(Status.UP);
                cut();

                Status first = readiness.call().getStatus();

                assertThat(first == Status.UP ? first : readiness.call().getStatus())
                        .isEqualTo(Status.UP);
            } finally {
                readiness.end();
            }
        }
    }

    private static void cut() throws SQLException {
        try (AgroalDataSource other = store(TestPostgres.password(), "");
                Connection connection = other.getConnection();
                var ended = connection
                        .createStatement()
                        .executeQuery("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                                + " WHERE application_name = 'cut'")) {
            assertThat(ended.next()).isTrue();
        }
    }

    private static Status ask(AgroalDataSource store) throws SQLException {
        StoreReadiness readiness = new StoreReadiness(store);
        try {
            return readiness.call().getStatus();
        } finally {
            readiness.end();
        }
    }

    /// A pool of one, as whoever works has it.
    private static AgroalDataSource store(String password, String initial) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(1)
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .connectionFactoryConfiguration(to -> to.jdbcUrl(TestPostgres.jdbcUrl())
                                .principal(new NamePrincipal(TestPostgres.user()))
                                .credential(new SimplePassword(password))
                                .initialSql(initial))));
    }
}
