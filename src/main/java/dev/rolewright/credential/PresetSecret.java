package dev.rolewright.credential;

import dev.rolewright.model.Danger;
import java.util.Optional;

/// A secret that a person has put into the configuration, and so may have chosen badly.
public final class PresetSecret {

    /// Shorter ones are refused: anybody can try that many.
    public static final int SHORTEST = 8;

    /// From here on a random text is beyond guessing, even over a fast line.
    public static final int STRONG = 32;

    /// Nothing random that is long enough has fewer different characters.
    private static final int FEWEST_DIFFERENT = 8;

    private PresetSecret() {}

    /// Reads a configured secret; blank counts as not configured.
    ///
    /// @throws IllegalArgumentException when it is too short, naming the setting and not the secret
    public static Optional<Secret> read(String setting, Optional<String> text) {
        Optional<Secret> secret = text.filter(t -> !t.isBlank()).map(t -> Secret.of(t.strip()));
        if (secret.filter(s -> s.length() < SHORTEST).isPresent()) {
            throw new IllegalArgumentException(
                    setting + " has fewer than " + SHORTEST + " characters; set one of at least " + STRONG
                            + " random characters, for example with: openssl rand -hex 32");
        }
        return secret;
    }

    /// What an operator should hear about a secret that somebody may have chosen by hand.
    public static Optional<Danger> weakness(String setting, Secret secret) {
        if (secret.length() < STRONG) {
            return Optional.of(guessable(setting, "fewer than " + STRONG + " characters"));
        }
        return secret.reveal().chars().distinct().count() < FEWEST_DIFFERENT
                ? Optional.of(guessable(setting, "fewer than " + FEWEST_DIFFERENT + " different characters"))
                : Optional.empty();
    }

    private static Danger guessable(String setting, String reason) {
        return new Danger(
                setting + " has " + reason + " and may be guessed.",
                "Replace it by a random one, for example with: openssl rand -hex 32");
    }
}
