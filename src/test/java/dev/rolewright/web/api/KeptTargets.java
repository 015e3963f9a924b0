package dev.rolewright.web.api;

import dev.rolewright.ops.DemoServer;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;

/// The demo, whose target nobody speaks to: what is known of it is what a test writes into the store. Public for
/// Quarkus only.
public class KeptTargets implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(DemoServer.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }
}
