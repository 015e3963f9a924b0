package dev.rolewright.ops;

import dev.rolewright.web.auth.TestTokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The embedded server as somebody finds it who configured nothing: an empty store, and the demo beside it. Only that
/// it need not survive a power cut.
public class DemoServer implements QuarkusTestResourceLifecycleManager {

    private static final Map<String, String> SETTINGS = Map.of("fsync", "off", "full_page_writes", "off");
    private static final int SIMULTANEOUS_JVMS = 8;

    private EmbeddedStore store;

    @Override
    public Map<String, String> start() {
        return start(1);
    }

    /// Another test JVM may be at work in the same checkout; each takes a folder of its own.
    private Map<String, String> start(int number) {
        Path folder = Path.of("target", "demo-postgres", "" + number);
        DataDirectory directory = DataDirectory.at(folder);
        try (var _ = directory.lock()) {
            server(directory).endOrphan();
            PostgresBinaries.delete(directory.resolve("postgres"));
        } catch (EmbeddedStoreFailure e) {
            if (number == SIMULTANEOUS_JVMS) {
                throw e;
            }
            return start(number + 1);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        store = EmbeddedStore.open(directory, SETTINGS);
        Map<String, String> configuration =
                new HashMap<>(Demo.prepare(new SmallRyeConfigBuilder().build(), store, directory, true));
        configuration.put("quarkus.datasource.jdbc.url", store.jdbcUrl());
        configuration.put("quarkus.datasource.username", store.user());
        configuration.put("quarkus.datasource.password", store.password().reveal());
        configuration.put("rolewright.scim.token", TestTokens.SCIM);
        configuration.put("rolewright.admin.token", TestTokens.ADMIN);
        return configuration;
    }

    @Override
    public void stop() {
        store.close();
    }

    private static PostgresServer server(DataDirectory directory) {
        return new PostgresServer(PostgresBinaries.unpackBelow(directory.resolve("programs")), directory.path());
    }
}
