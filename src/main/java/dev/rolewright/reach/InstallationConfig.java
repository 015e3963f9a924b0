package dev.rolewright.reach;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/// What tells this Rolewright from another one.
@ConfigMapping(prefix = "rolewright.installation")
public interface InstallationConfig {

    /// Part of every mark on a target, and of the names of our own roles there. It outlives the store: with another
    /// name nothing on the targets is ours any more.
    @WithParentName
    @WithDefault("rolewright")
    String name();
}
