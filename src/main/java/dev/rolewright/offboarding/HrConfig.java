package dev.rolewright.offboarding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.ZoneId;

/// What follows from what HR systems say: when, and how much of it without asking a human.
@ConfigMapping(prefix = "rolewright.hr")
public interface HrConfig {

    /// Where a day begins and ends for whom neither the event nor the directory names a time zone.
    @WithDefault("UTC")
    ZoneId timeZone();

    /// How far the timestamp of a signed request may be from our own clock.
    @WithDefault("5m")
    Duration tolerance();

    FeedConfig feed();

    /// `rolewright.hr.feed.…`
    interface FeedConfig {

        /// How many of all active people feeds may stop at once, in percent, before a human is asked.
        @WithDefault("20")
        int largestShare();

        /// As few as these never wait.
        @WithDefault("5")
        int atLeast();

        /// How long can be asked what became of a feed.
        @WithDefault("P30D")
        Duration reportLasts();
    }
}
