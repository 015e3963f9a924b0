package dev.rolewright.deploy;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.ops.PackagedApp;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Traces are sent to whoever is named, once they are switched on: requests and passes under the same id, and nobody's
/// name.
class TracesIT {

    private static final String SCIM = "the-scim-token-of-the-traces-0123456789";

    @TempDir
    Path folder = Path.of("");

    @Test
    void aPushAndItsPassAreTracedUnderOneId() throws Exception {
        try (Collector collector = new Collector()) {
            Map<String, String> environment = new HashMap<>(collector.environment());
            environment.put("QUARKUS_OTEL_SDK_DISABLED", "false");
            environment.put("ROLEWRIGHT_DATA_DIR", folder.resolve("data").toString());
            environment.put("ROLEWRIGHT_SCIM_TOKEN", SCIM);
            try (PackagedApp app = PackagedApp.start(folder, environment).untilUp()) {
                Wire idp = new Wire(app, SCIM, "hires-an-analyst");
                idp.hire("");
                idp.get("/scim/v2/Users?filter=emails%20eq%20%22ada@mail.example%22");
                idp.get("/pickup/a-secret-of-a-link");
                idp.get("/pickup%23a-secret-of-a-link");
                await().untilAsserted(() -> {
                    assertThat(collector.sent).isNotEmpty().allMatch(it -> it.startsWith("/v1/traces "));
                    String all = String.join("", collector.sent);
                    assertThat(all)
                            .contains("POST /scim/v2/{endpoint}", "rolewright.pass", "pass-1", "not told", "/pickup");
                    assertThat(all.split("hires-an-analyst", -1).length).isGreaterThan(2);
                });
            }
            assertThat(String.join("", collector.sent)).doesNotContain(SCIM, "ada@mail.example", "a-secret-of-a-link");
        }
    }
}
