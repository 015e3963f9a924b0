package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.Engines;
import dev.rolewright.model.Danger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which ways to a target are dangerous.
class OpenTargetsTest {

    private static final Engines ENGINES = new Engines(List.of(new FakeEngine()));

    @Test
    void aTargetThatIsSpokenToInTheOpenIsAndAnotherIsNot() {
        TargetsConfig targets = () -> Map.of("orders", Rig.at("open:db?hush"), "crm", Rig.at("shut:db"));

        assertThat(new OpenTargets(targets, ENGINES).dangers())
                .singleElement()
                .extracting(Danger::warning)
                .asString()
                .startsWith("Not safe: Target orders is on another host")
                .contains("rolewright.target.orders.url", "sslmode=verify-full")
                .doesNotContain("hush");
    }
}
