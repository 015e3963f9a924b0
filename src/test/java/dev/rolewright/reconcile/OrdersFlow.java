package dev.rolewright.reconcile;

import dev.rolewright.engine.postgres.TestServers;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A test on a real server that has orders.
abstract class OrdersFlow {

    static final String READ = "SELECT count(*) FROM sales.orders";
    static final String WRITE = "UPDATE sales.orders SET region = region RETURNING 1";

    @Inject
    Premises premises;

    OrdersScene scene;

    private final TestServers version;

    OrdersFlow() {
        this(TestServers.V18);
    }

    OrdersFlow(TestServers version) {
        this.version = version;
    }

    @BeforeEach
    void setTheScene() throws SQLException {
        scene = new OrdersScene(premises, version);
    }

    @AfterEach
    void leaveTheScene() throws SQLException {
        scene.close();
    }
}
