package dev.rolewright.directory;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/// Where an installation keeps schemas of its own.
@ConfigMapping(prefix = "rolewright.scim.schemas")
interface SchemaConfig {

    /// A directory whose `*.json` files are read at start-up, after those in the jar.
    Optional<Path> directory();
}
