package dev.rolewright.orphan;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What counts as left behind.
@ConfigMapping(prefix = "rolewright.orphans")
public interface OrphansConfig {

    /// For how long an identity provider may say nothing of a person before the person is told of.
    @WithDefault("P90D")
    Duration silentAfter();
}
