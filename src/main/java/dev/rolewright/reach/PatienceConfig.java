package dev.rolewright.reach;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How long a target is waited for, whoever speaks to it.
@ConfigMapping(prefix = "rolewright.reconcile")
public interface PatienceConfig {

    /// How long a target may take to let us in.
    @WithDefault("5s")
    Duration connectTimeout();

    /// How long a statement may wait for a lock on a target.
    @WithDefault("5s")
    Duration lockTimeout();

    /// How long a statement may take on a target.
    @WithDefault("60s")
    Duration statementTimeout();
}
