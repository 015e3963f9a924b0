package dev.rolewright.reconcile;

import dev.rolewright.engine.Engines;
import dev.rolewright.model.Danger;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Knows which targets are spoken to in the open, and where our login may do more than its work needs.
@ApplicationScoped
class TargetDangers implements Danger.Witness {

    private final TargetsConfig config;
    private final Engines engines;
    private final Targets targets;

    TargetDangers(TargetsConfig config, Engines engines, Targets targets) {
        this.config = config;
        this.engines = engines;
        this.targets = targets;
    }

    @Override
    public List<Danger> dangers() {
        List<Danger> dangers = new ArrayList<>(inTheOpen(config, engines));
        targets.all().forEach(status -> dangers.addAll(Powers.of(status.target(), status.notes())));
        return dangers;
    }

    static List<Danger> inTheOpen(TargetsConfig config, Engines engines) {
        return config.byName().entrySet().stream()
                .filter(target -> engines.isInTheOpen(target.getValue().url()))
                .map(Map.Entry::getKey)
                .sorted()
                .map(name -> new Danger(
                        "Target " + name
                                + " is on another host and need not speak TLS: whoever is on the way may see and"
                                + " change what is said, and say they are that server.",
                        "rolewright.target." + name + ".url with sslmode=verify-full ends it; with"
                                + " sslmode=require nobody can read it who only listens."))
                .toList();
    }
}
