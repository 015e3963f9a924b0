package dev.rolewright.directory;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How the directory behaves.
@ConfigMapping(prefix = "rolewright.directory")
public interface DirectoryConfig {

    /// What becomes of a group member whose id nobody has told us about.
    @WithDefault("keep")
    UnknownMembers unknownMembers();

    /// A search that takes longer than this is ended and answered with `tooMany`.
    @WithDefault("PT10S")
    Duration searchTimeout();

    /// How long the cursor of a page can be used.
    @WithDefault("PT1H")
    Duration cursorLifetime();

    /// How often references that wait are looked through for one that was missed.
    @WithDefault("60s")
    Duration sweepEvery();

    enum UnknownMembers {
        /// Kept as a pending reference until the person or group appears.
        KEEP,
        /// Refused with 400.
        REFUSE
    }
}
