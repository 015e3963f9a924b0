package dev.rolewright.web.auth;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Who may be configured as an HR system.
class SenderSecretsTest {

    private static SenderSecrets secrets(Map<String, String> settings) {
        return new SenderSecrets(new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SendersConfig.class)
                .withSources(new PropertiesConfigSource(settings, "the test", 100))
                .build()
                .getConfigMapping(SendersConfig.class));
    }

    @Test
    void whoHasNoTokenStopsTheStart() {
        Map<String, String> key = Map.of("rolewright.hr.sender.workday.key", "a key that signs a lot");

        assertThatThrownBy(() -> secrets(key))
                .hasMessage("one of rolewright.hr.sender.workday.token and .token-file is needed");
    }
}
