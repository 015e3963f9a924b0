package dev.rolewright.reach;

import dev.rolewright.engine.Engines;
import dev.rolewright.model.Danger;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/// Knows which targets are spoken to in the open.
@ApplicationScoped
class OpenTargets implements Danger.Witness {

    private final TargetsConfig config;
    private final Engines engines;

    OpenTargets(TargetsConfig config, Engines engines) {
        this.config = config;
        this.engines = engines;
    }

    @Override
    public List<Danger> dangers() {
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
