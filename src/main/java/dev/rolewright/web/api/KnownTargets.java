package dev.rolewright.web.api;

import dev.rolewright.model.TargetName;
import dev.rolewright.reconcile.targets.TargetStatus;
import dev.rolewright.reconcile.targets.Targets;
import jakarta.enterprise.context.ApplicationScoped;

/// The targets that an address can name: those of the active contract.
@ApplicationScoped
class KnownTargets {

    private final Targets targets;

    KnownTargets(Targets targets) {
        this.targets = targets;
    }

    TargetName named(String name) {
        return status(name).target().name();
    }

    TargetStatus status(String name) {
        return TargetName.of(name)
                .flatMap(targets::one)
                .orElseThrow(() -> new ApiProblem(404, "The active contract has no target of that name."));
    }

    /// The same for what speaks to the target.
    TargetName reachable(String name) {
        TargetStatus status = status(name);
        if (status.health() == TargetStatus.Health.NOT_CONFIGURED) {
            throw new ApiProblem(
                    409,
                    "The configuration does not say how to reach target "
                            + status.target().name()
                            + ", or nothing here speaks to its engine "
                            + status.target().engine() + ".");
        }
        return status.target().name();
    }
}
