package dev.rolewright.web.auth;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/// Configuration as the application would read it, for tests that need no application.
final class Settings {

    private Settings() {}

    static <C> C read(Class<C> mapping, Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(mapping)
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build()
                .getConfigMapping(mapping);
    }

    /// The issuer of a source named `a`; keys begin after `rolewright.source.a.jwt.`
    static SourcesConfig.SourceIssuerConfig issuer(Map<String, String> settings) {
        Map<String, String> whole = new HashMap<>();
        settings.forEach((key, value) -> whole.put("rolewright.source.a.jwt." + key, value));
        return read(SourcesConfig.class, whole).byName().get("a").jwt();
    }
}
