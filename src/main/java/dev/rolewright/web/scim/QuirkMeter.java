package dev.rolewright.web.scim;

import dev.rolewright.scim.dialect.Quirk;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Counts how often each dialect rule was needed, so that an operator sees what the identity provider really sends.
@Singleton
class QuirkMeter {

    private final Map<Quirk, Counter> counters = new EnumMap<>(Quirk.class);

    QuirkMeter(MeterRegistry metrics) {
        for (Quirk quirk : Quirk.values()) {
            counters.put(
                    quirk,
                    Counter.builder("quirks")
                            .description("How often a dialect rule was needed to understand a request")
                            .tag("quirk", quirk.code())
                            .register(metrics));
        }
    }

    void count(List<Quirk> quirks) {
        for (Quirk quirk : quirks) {
            Objects.requireNonNull(counters.get(quirk)).increment();
        }
    }
}
