package dev.rolewright.reconcile.work;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How targets are kept true.
@ConfigMapping(prefix = "rolewright.reconcile")
public interface ReconcileConfig {

    /// Whether this process speaks to targets. One that does not still answers pushes, and others do the work.
    @WithDefault("true")
    boolean enabled();

    /// How often a whole target is looked at when nothing asks for it.
    @WithDefault("PT15M")
    Duration wholeEvery();

    /// How often is looked for work that nobody was woken for.
    @WithDefault("5s")
    Duration pollEvery();

    /// For how long a target belongs to a process that does not answer any more.
    @WithDefault("15s")
    Duration lease();

    /// For how long a process that was told to end waits for the passes that it makes.
    @WithDefault("25s")
    Duration endWithin();

    /// How long a human may take to decide about what is held, before it is asked anew, and a target to let
    /// what was released be done.
    @WithDefault("P7D")
    Duration holdLasts();

    /// The longest time for which a target that fails is left alone.
    @WithDefault("5m")
    Duration longestPause();
}
