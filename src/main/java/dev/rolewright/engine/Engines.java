package dev.rolewright.engine;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The database products we can speak to, by the name that contracts use.
@ApplicationScoped
public class Engines {

    private final Map<String, Engine> engines;

    public Engines(@All List<Engine> engines) {
        this.engines = engines.stream().collect(Collectors.toUnmodifiableMap(Engine::product, Function.identity()));
    }

    public Set<String> products() {
        return engines.keySet();
    }

    /// Whether an address, of whichever product, leads to another host without asking for TLS.
    public boolean isInTheOpen(String url) {
        return engines.values().stream().anyMatch(engine -> engine.isInTheOpen(url));
    }

    public Optional<Engine> of(String product) {
        return Optional.ofNullable(engines.get(product));
    }

    /// The one whose addresses have that form.
    public Optional<Engine> at(String url) {
        return engines.values().stream()
                .filter(engine -> engine.database(url).isPresent())
                .findFirst();
    }
}
