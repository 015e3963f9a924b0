package dev.rolewright.reach;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// How the targets that the contract names are reached.
@ConfigMapping(prefix = "rolewright.target")
public interface TargetsConfig {

    @WithParentName
    Map<String, TargetConfig> byName();

    interface TargetConfig {

        /// Where the server is, in the product's own form, without user and password.
        String url();

        /// Our own login there.
        String username();

        Optional<String> password();

        /// A file with the password, instead; read anew for each connection, so that it can be changed.
        Optional<Path> passwordFile();

        /// The address as it may be shown: without what stands before the host and behind the address, where
        /// somebody may have put a password after all.
        static String address(TargetConfig target) {
            return target.url().replaceFirst("(?s)\\?.*", "").replaceFirst("(?s)//.*@", "//");
        }
    }
}
