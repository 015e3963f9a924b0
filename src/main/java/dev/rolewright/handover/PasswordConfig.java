package dev.rolewright.handover;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// The passwords that people are given, where the contract says that they are given any.
@ConfigMapping(prefix = "rolewright.password")
public interface PasswordConfig {

    /// How often a verifier hashes (4096 to 1000000). Each login costs that much, and each change
    /// of a password; the passwords themselves are too long to be guessed at any number.
    @WithDefault("4096")
    int iterations();

    /// How long before passwords end is told of them, in the last third of their time at most. Nobody
    /// but its owner may see the next one, so that they have to be reached in time.
    @WithDefault("P14D")
    Duration warnBefore();
}
