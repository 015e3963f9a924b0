package dev.rolewright.offboarding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.ZoneId;

/// How what HR systems say is read.
@ConfigMapping(prefix = "rolewright.hr")
public interface HrConfig {

    /// Where a day begins and ends for whom neither the event nor the directory names a time zone.
    @WithDefault("UTC")
    ZoneId timeZone();
}
