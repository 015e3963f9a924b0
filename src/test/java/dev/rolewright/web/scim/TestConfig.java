package dev.rolewright.web.scim;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.stream.Collectors;

/// The door's configuration with its real defaults, for tests that need no server.
final class TestConfig {

    private TestConfig() {}

    static ScimConfig.Limits limits(Map<String, Integer> changed) {
        Map<String, String> properties = changed.entrySet().stream()
                .collect(Collectors.toMap(
                        e -> "rolewright.scim.limits." + e.getKey(),
                        e -> e.getValue().toString()));
        return new SmallRyeConfigBuilder()
                .withMapping(ScimConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 500))
                .build()
                .getConfigMapping(ScimConfig.class)
                .limits();
    }
}
