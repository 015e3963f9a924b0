package dev.rolewright.amendment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Where the contract is read from.
@ConfigMapping(prefix = "rolewright.contract")
interface ContractConfig {

    /// The directory of its files; without one, what another replica read last holds here too.
    Optional<Path> directory();

    /// How often the directory, and the store for what other replicas read, are looked at.
    @WithDefault("2s")
    Duration lookEvery();
}
