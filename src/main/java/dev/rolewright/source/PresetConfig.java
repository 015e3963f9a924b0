package dev.rolewright.source;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/// The token of the default source that configuration presets, for a start without a first visit to `/api`.
@ConfigMapping(prefix = "rolewright.scim")
public interface PresetConfig {

    /// The bearer token (`ROLEWRIGHT_SCIM_TOKEN`). It is compared in memory and never stored.
    Optional<String> token();
}
