package dev.rolewright.contract;

import java.time.Duration;
import java.util.Optional;

/// What happens to logins between the first day and the last.
///
/// @param grace how long a suspended login is kept
public record Lifecycle(
        LoginTemplate login, Duration grace, Credentials credentials, Optional<Duration> rotateEvery, Place place) {

    public enum Credentials {
        /// The server asks somebody else who is logging in.
        EXTERNAL,
        /// A password, handed over once and rotated.
        PASSWORD,
        /// A password that ends after a while.
        EPHEMERAL
    }
}
