package dev.rolewright.ops;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;

/// The demo, in a server of its own. Public for Quarkus only.
public class TheDemo implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(DemoServer.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }
}
