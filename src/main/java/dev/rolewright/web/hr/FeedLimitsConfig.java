package dev.rolewright.web.hr;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/// How much of a feed is taken in.
@ConfigMapping(prefix = "rolewright.hr.feed")
interface FeedLimitsConfig {

    /// Bytes of a feed at most.
    @WithDefault("16777216")
    long bodyBytes();

    /// Rows of a feed at most.
    @WithDefault("250000")
    int rows();

    /// How many feeds may be read at the same time; each is a file until its signature is checked and its
    /// rows are in the store.
    @WithDefault("2")
    int atOnce();

    /// Where these files are; without it in the system's folder for such files.
    Optional<Path> directory();
}
