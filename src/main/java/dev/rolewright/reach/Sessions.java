package dev.rolewright.reach;

import dev.rolewright.engine.Engine;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Engines;
import dev.rolewright.engine.Needs;
import dev.rolewright.engine.Reach;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Check;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Opens conversations with targets.
@ApplicationScoped
public class Sessions {

    private final Engines engines;
    private final Connections connections;

    Sessions(Engines engines, Connections connections) {
        this.engines = engines;
        this.connections = connections;
    }

    /// Whether it is said how to reach a target, and something here speaks to its product.
    public boolean canReach(Target target) {
        return missing(target).isEmpty();
    }

    /// Whether somebody configured where the target is, whatever speaks to its product.
    public boolean knows(Target target) {
        return connections.knows(target);
    }

    /// Why a target cannot be reached, whatever its server does.
    public Optional<String> missing(Target target) {
        if (engines.of(target.engine()).isEmpty()) {
            return Optional.of("Nothing here speaks to " + target.engine() + ".");
        }
        return connections.knows(target)
                ? Optional.empty()
                : Optional.of("The configuration does not say how to reach target " + target.name() + ".");
    }

    /// What an administrator of the target runs so that nobody can log in there by that name any more.
    public Optional<String> locking(Target target, LoginName login) {
        return engines.of(target.engine()).map(engine -> engine.locking(login));
    }

    /// A target that the configuration alone knows, as if the contract listed the database of the address.
    /// Empty where no engine speaks to such an address.
    Optional<Target> uncontracted(TargetName name) {
        return connections
                .url(name)
                .flatMap(url -> engines.at(url)
                        .flatMap(engine -> engine.database(url)
                                .map(database -> new Target(
                                        name,
                                        engine.product(),
                                        "none",
                                        Set.of(database),
                                        Optional.empty(),
                                        Target.Drift.REPORT))));
    }

    /// Whether the target is as our work needs it. Empty when nothing here can ask it.
    Optional<List<Check>> check(Target target, Optional<Needs> needs) {
        return engines.of(target.engine())
                .flatMap(engine -> connections.reach(target).map(reach -> engine.check(reach, needs)));
    }

    /// @throws EngineFailure also when nobody configured how to reach it
    public EngineSession open(Target target, Engine.Purpose purpose) {
        Engine engine = engines.of(target.engine())
                .orElseThrow(() -> refused("Nothing here speaks to " + target.engine() + "."));
        Reach reach = connections
                .reach(target)
                .orElseThrow(
                        () -> refused("The configuration does not say how to reach target " + target.name() + "."));
        return engine.open(reach, purpose);
    }

    private static EngineFailure refused(String sentence) {
        return new EngineFailure(EngineFailure.Kind.REFUSED, sentence);
    }
}
