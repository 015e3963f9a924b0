package dev.rolewright.web.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Who may read what the application tells about itself under `/q`.
@ConfigMapping(prefix = "rolewright.management")
public interface DocumentationConfig {

    /// Whether the API documentation needs no login; true in development and in tests.
    @WithDefault("false")
    boolean openDocumentation();

    /// Whether `/q/metrics` needs no login. Metrics hold counts, and names of sources and rules; no person's data.
    @WithDefault("true")
    boolean openMetrics();
}
