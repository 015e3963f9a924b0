package dev.rolewright.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;

/// Tells whoever watches what the health check tells whoever sends requests.
@ApplicationScoped
class StoreMeter {

    private final StoreReadiness readiness;
    private final MeterRegistry meters;

    StoreMeter(@Readiness StoreReadiness readiness, MeterRegistry meters) {
        this.readiness = readiness;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        Gauge.builder("store_ready", readiness, it -> it.call().getStatus() == Status.UP ? 1 : 0)
                .register(meters);
    }
}
