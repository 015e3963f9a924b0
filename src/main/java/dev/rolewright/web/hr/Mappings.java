package dev.rolewright.web.hr;

import dev.rolewright.offboarding.HrConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which senders speak in a form of their own, from the configuration. One that cannot be meant so stops the start.
@ApplicationScoped
class Mappings {

    private final Map<String, Mapping> mappings = new HashMap<>();

    Mappings(HrConfig config) {
        config.sender()
                .forEach((name, sender) -> sender.mapping()
                        .ifPresent(mapping ->
                                mappings.put(name, new Mapping("rolewright.hr.sender." + name + ".mapping", mapping))));
    }

    void check(@Observes StartupEvent starting) {
        // Whoever is made by then has been checked.
    }

    Optional<Mapping> of(String sender) {
        return Optional.ofNullable(mappings.get(sender));
    }
}
