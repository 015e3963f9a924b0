package dev.rolewright.engine;

import dev.rolewright.credential.Secret;
import dev.rolewright.model.Target;
import java.time.Duration;
import java.util.Optional;

/// How a target is reached and how long its answers may take.
///
/// @param url where the server is, in the product's own form; it carries no password
/// @param user our own login there
/// @param installation tells our marks from those of another Rolewright on the same server
public record Reach(
        Target target, String url, String user, Optional<Secret> password, String installation, Patience patience) {

    /// @param connect until a connection stands
    /// @param lock until a statement gets what it waits for
    /// @param statement until a statement is done
    public record Patience(Duration connect, Duration lock, Duration statement) {

        public static final Patience USUAL =
                new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(60));
    }
}
