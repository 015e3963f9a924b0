package dev.rolewright.ops;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/// The demo, opened to everybody, with an HR system that does not sign, a target that is spoken to in the open and a
/// setting that nobody reads. Public for Quarkus only.
public class Unsafe implements QuarkusTestProfile {

    static final String TOKEN = "hush-hush-hush";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.http.host",
                "0.0.0.0",
                "rolewright.embedded-store",
                "/home/ada/.rolewright/store",
                "rolewright.hr.sender.bamboo.token",
                TOKEN,
                "rolewright.target.crm.url",
                "jdbc:postgresql://crm.example.org/crm?user=" + TOKEN,
                "rolewright.target.crm.username",
                "connector",
                "rolewright.target.crm.password",
                TOKEN,
                "rolewright.target.erp.url",
                "jdbc:postgresql://ada:" + TOKEN + "@erp.example.org/erp",
                "rolewright.target.erp.username",
                "connector",
                "rolewright.reconcil.lease",
                TOKEN);
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(DemoServer.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }
}
