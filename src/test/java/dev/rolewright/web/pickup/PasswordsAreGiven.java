package dev.rolewright.web.pickup;

import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.ops.TargetServer;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.OrdersContract;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// A server that asks for passwords, and a contract that has them given. Public for Quarkus only.
public class PasswordsAreGiven implements QuarkusTestProfile {

    /// Long enough to log in with one, and short enough to wait for its end.
    static final String LASTS = "PT20S";

    static final String GROUP = "analysts-handover";

    /// Public for Quarkus only.
    public static class Server implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            try {
                Scene.on(TestServers.V18).close();
                Path contract = Files.createTempDirectory("contract");
                Files.writeString(
                        contract.resolve("orders.yaml"),
                        OrdersContract.of("handover")
                                .replace("credentials: external", "credentials: ephemeral, rotateEvery: " + LASTS));
                return Map.of(
                        "rolewright.contract.directory", contract.toString(),
                        "rolewright.target.orders.url", TestServers.V18.jdbcUrl("postgres"),
                        "rolewright.target.orders.username", Scene.CONNECTOR,
                        "rolewright.target.orders.password", "only for tests",
                        "test.administrator", TargetServer.password(18));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {}
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(TestPostgres.class), new TestResourceEntry(Server.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("rolewright.reconcile.enabled", "true", "rolewright.reconcile.poll-every", "1s");
    }
}
