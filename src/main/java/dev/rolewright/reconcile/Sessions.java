package dev.rolewright.reconcile;

import dev.rolewright.engine.Engine;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Engines;
import dev.rolewright.engine.Reach;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// Opens conversations with targets.
@ApplicationScoped
class Sessions {

    private final Engines engines;
    private final Connections connections;

    Sessions(Engines engines, Connections connections) {
        this.engines = engines;
        this.connections = connections;
    }

    /// Whether it is said how to reach a target, and something here speaks to its product.
    boolean canReach(Target target) {
        return missing(target).isEmpty();
    }

    /// Why a target cannot be reached, whatever its server does.
    Optional<String> missing(Target target) {
        if (engines.of(target.engine()).isEmpty()) {
            return Optional.of("Nothing here speaks to " + target.engine() + ".");
        }
        return connections.knows(target)
                ? Optional.empty()
                : Optional.of("The configuration does not say how to reach target " + target.name() + ".");
    }

    /// What an administrator of the target runs so that nobody can log in there by that name any more.
    Optional<String> locking(Target target, LoginName login) {
        return engines.of(target.engine()).map(engine -> engine.locking(login));
    }

    /// @throws EngineFailure also when nobody configured how to reach it
    EngineSession open(Target target, Engine.Purpose purpose) {
        Engine engine = engines.of(target.engine())
                .orElseThrow(() -> refused("Nothing here speaks to " + target.engine() + "."));
        Reach reach = connections
                .reach(target)
                .orElseThrow(
                        () -> refused("The configuration does not say how to reach target " + target.name() + "."));
        return engine.open(reach, purpose);
    }

    private static EngineFailure refused(String sentence) {
        return new EngineFailure(EngineFailure.Kind.REFUSED, "", sentence, Optional.empty());
    }
}
