package dev.rolewright.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

class StoreReadinessFlowTest {

    @ParameterizedTest
    @CsvSource({"off, UP", "on, DOWN"})
    void isReadyWhenTheStoreTakesWrites(String readOnly, Status status) {
        PGSimpleDataSource store = store();
        store.setOptions("-c default_transaction_read_only=" + readOnly);

        assertThat(new StoreReadiness(store).call().getStatus()).isEqualTo(status);
    }

    @Test
    void isNotReadyWithoutAStore() {
        PGSimpleDataSource store = store();
        store.setPassword("wrong");

        assertThat(new StoreReadiness(store).call().getStatus()).isEqualTo(Status.DOWN);
    }

    private static PGSimpleDataSource store() {
        PGSimpleDataSource store = new PGSimpleDataSource();
        store.setUrl(TestPostgres.jdbcUrl());
        store.setUser(TestPostgres.user());
        store.setPassword(TestPostgres.password());
        return store;
    }
}
