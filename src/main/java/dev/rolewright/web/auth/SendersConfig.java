package dev.rolewright.web.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The HR systems that may speak to us, by their names.
@ConfigMapping(prefix = "rolewright.hr.sender")
public interface SendersConfig {

    @WithParentName
    Map<String, SenderConfig> byName();

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

        /// At least this often something that it says is to be taken; later than that somebody is told.
        Optional<Duration> heardEvery();
    }
}
