package dev.rolewright.source;

import dev.rolewright.store.Glances;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Tells how long it is until an identity provider stands before a shut door: a token that is in use ends. One that was
/// replaced in time, or is a person's own, is nobody's concern.
@ApplicationScoped
class TokenMeter {

    private static final Duration IN_USE = Duration.ofDays(1);

    private final TokenRows rows;
    private final MeterRegistry meters;

    TokenMeter(TokenRows rows, MeterRegistry meters) {
        this.rows = rows;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        TimeGauge.builder("token_ends", Glances.GAUGES.at(this::left), TimeUnit.SECONDS)
                .register(meters);
    }

    private double left() {
        Instant now = Instant.now();
        return QuarkusTransaction.requiringNew()
                .call(() -> rows.nextEnd(now, now.minus(IN_USE)))
                .map(end -> (double) Duration.between(now, end).toSeconds())
                .orElse(Double.NaN);
    }
}
