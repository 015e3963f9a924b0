package dev.rolewright.offboarding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/// The HR systems that may speak to us, and how what they say is read.
@ConfigMapping(prefix = "rolewright.hr")
public interface HrConfig {

    /// Where a day begins and ends for whom neither the event nor the directory names a time zone.
    @WithDefault("UTC")
    ZoneId timeZone();

    /// How far the timestamp of a signed request may be from our own clock.
    @WithDefault("5m")
    Duration tolerance();

    Map<String, SenderConfig> sender();

    /// `rolewright.hr.sender.<name>.…`
    interface SenderConfig {

        /// The bearer token that this sender shows.
        Optional<String> token();

        /// A file with the token instead, read anew for each request; of several lines each is a token, so
        /// that a rotation has no gap.
        Optional<Path> tokenFile();

        /// The key with which it signs; without one, whoever has the token can say anything.
        Optional<String> key();

        /// A file with the key instead, read anew for each request; of several lines each is a key.
        Optional<Path> keyFile();

        /// Whether what this sender says has to be signed.
        static boolean isSigning(SenderConfig sender) {
            return sender.keyFile().isPresent()
                    || sender.key().filter(key -> !key.isBlank()).isPresent();
        }
    }
}
