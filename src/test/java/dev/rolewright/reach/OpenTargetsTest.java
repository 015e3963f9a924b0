package dev.rolewright.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.Engines;
import dev.rolewright.model.Danger;
import dev.rolewright.reconcile.FakeEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which ways to a target are dangerous.
class OpenTargetsTest {

    private static final Engines ENGINES = new Engines(List.of(new FakeEngine()));

    @Test
    void aTargetThatIsSpokenToInTheOpenIsAndAnotherIsNot() {
        TargetsConfig targets = () -> Map.of("orders", Ways.at("open:db?hush"), "crm", Ways.at("shut:db"));

        assertThat(new OpenTargets(targets, ENGINES).dangers())
                .singleElement()
                .extracting(Danger::warning)
                .asString()
                .startsWith("Not safe: Target orders is on another host")
                .contains("rolewright.target.orders.url", "sslmode=verify-full")
                .doesNotContain("hush");
    }
}
