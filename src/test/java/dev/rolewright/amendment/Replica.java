package dev.rolewright.amendment;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.engine.Engines;
import dev.rolewright.scim.schema.Catalog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One of several replicas that share a store, with what it was told.
final class Replica {

    final Contracts contracts;
    final FileWatch watch;
    final MeterRegistry meters = new SimpleMeterRegistry();
    final List<Long> told = new ArrayList<>();
    volatile boolean anybodyLeft;

    Replica(ContractStore store, AuditTrail trail, Catalog catalog, Engines engines, @Nullable Path directory) {
        contracts = new Contracts(
                store,
                trail,
                _ -> anybodyLeft,
                catalog,
                engines,
                event -> told.add(event.contract().number()),
                meters);
        watch = new FileWatch(
                new ContractConfig() {
                    @Override
                    public Optional<Path> directory() {
                        return Optional.ofNullable(directory);
                    }

                    @Override
                    public Duration lookEvery() {
                        return Duration.ofDays(1);
                    }
                },
                contracts);
    }

    /// Looks as often as it takes until files count.
    void look() {
        watch.look();
        watch.look();
    }

    long holds() {
        return contracts.active().map(ActiveContract::number).orElse(0L);
    }
}
