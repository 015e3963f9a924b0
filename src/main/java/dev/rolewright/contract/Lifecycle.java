package dev.rolewright.contract;

import java.time.Duration;
import java.util.Optional;

/// What happens to logins between the first day and the last.
///
/// @param grace how long a suspended login is kept
/// @param rotateEvery after how long a password ends, so that another one is needed
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

    private static final Duration USUAL_PASSWORD = Duration.ofDays(90);
    private static final Duration USUAL_EPHEMERAL = Duration.ofHours(8);

    /// For how long a password works, where we give any. Each has an end: a login that nobody looks after any more
    /// is not left with one for ever.
    public Optional<Duration> passwordLasts() {
        return switch (credentials) {
            case EXTERNAL -> Optional.empty();
            case PASSWORD -> Optional.of(rotateEvery.orElse(USUAL_PASSWORD));
            case EPHEMERAL -> Optional.of(rotateEvery.orElse(USUAL_EPHEMERAL));
        };
    }
}
