package dev.rolewright.reconcile.targets;

import dev.rolewright.model.Danger;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// Knows of the powers that the last looks at the targets saw.
@ApplicationScoped
class KnownPowers implements Danger.Witness {

    private final Targets targets;

    KnownPowers(Targets targets) {
        this.targets = targets;
    }

    @Override
    public List<Danger> dangers() {
        return targets.all().stream()
                .flatMap(status -> Powers.of(status.target(), status.notes()).stream())
                .toList();
    }
}
