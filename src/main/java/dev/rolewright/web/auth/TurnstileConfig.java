package dev.rolewright.web.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How fast one token may go.
///
/// The defaults stop a client that has run wild and are far above what an identity provider needs: Microsoft asks for
/// 25 requests a second.
@ConfigMapping(prefix = "rolewright.rate-limit")
public interface TurnstileConfig {

    /// Requests per second of one token in the long run.
    @WithDefault("1000")
    int requestsPerSecond();

    /// Requests that may come at once after a quiet time.
    @WithDefault("2000")
    int burst();

    /// A request that is too early waits this long at most; one that would have to wait longer is refused (429).
    @WithDefault("10s")
    Duration longestWait();

    /// Requests that may wait at the same time, over all tokens; further ones are refused at once.
    @WithDefault("1000")
    int waiting();
}
