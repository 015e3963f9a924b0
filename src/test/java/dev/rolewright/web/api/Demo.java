package dev.rolewright.web.api;

import dev.rolewright.ops.TheDemo;
import java.util.Map;

/// The demo as it is. Public for Quarkus only.
public class Demo extends TheDemo {

    /// Opens `/hr` to the HR system `people`, which does not sign.
    static final String HR = "test-token-of-the-hr-system-people-0001";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("rolewright.reconcile.enabled", "true", "rolewright.hr.sender.people.token", HR);
    }
}
