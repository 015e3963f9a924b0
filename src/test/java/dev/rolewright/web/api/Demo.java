package dev.rolewright.web.api;

import dev.rolewright.ops.DemoServer;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/// The demo as it is. Public for Quarkus only.
public class Demo implements QuarkusTestProfile {

    /// Opens `/hr` to the HR system `people`, which does not sign.
    static final String HR = "test-token-of-the-hr-system-people-0001";

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(DemoServer.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("rolewright.reconcile.enabled", "true", "rolewright.hr.sender.people.token", HR);
    }
}
