package dev.rolewright.web.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How long a client may take. Each is a bound on the whole, which a client that trickles bytes does not move.
@ConfigMapping(prefix = "rolewright.http")
public interface SlowClientsConfig {

    /// How long a connection may be open without a request: kept alive in between, or while the header
    /// of a request is still coming in. It is longer than the minute after which common proxies give up
    /// a connection of theirs.
    @WithDefault("75s")
    Duration idle();

    /// How long the body of a request may take to arrive.
    @WithDefault("60s")
    Duration body();

    /// How long a request may take altogether, until the last byte of its answer is taken off us.
    @WithDefault("5m")
    Duration request();
}
