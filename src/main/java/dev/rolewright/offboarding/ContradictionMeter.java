package dev.rolewright.offboarding;

import dev.rolewright.store.StoreFailure;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Tells how many contradictions there are, of how many of them nobody is stopped, and for how long the oldest has been
/// one. They are looked for now and then:
/// everybody who was ever fenced has to be asked for, and nothing is urgent about it.
@ApplicationScoped
class ContradictionMeter {

    private static final Logger LOG = Logger.getLogger(ContradictionMeter.class);

    private final Contradictions contradictions;
    private volatile int open;
    private volatile long unclear;
    private volatile Optional<Instant> oldest = Optional.empty();

    ContradictionMeter(Contradictions contradictions, MeterRegistry meters) {
        this.contradictions = contradictions;
        meters.gauge("contradictions_open", this, it -> it.open);
        meters.gauge("contradictions_unclear", this, it -> it.unclear);
        TimeGauge.builder("contradictions_oldest", this, TimeUnit.SECONDS, ContradictionMeter::age)
                .register(meters);
    }

    @Scheduled(every = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            List<Contradiction> all = contradictions.all();
            open = all.size();
            unclear = all.stream()
                    .filter(each -> each.kind() == Contradiction.Kind.UNCLEAR)
                    .count();
            oldest = oldest(all);
        } catch (StoreFailure away) {
            LOG.debug("It cannot be asked who HR and the directory do not agree about; what was known is told", away);
        }
    }

    /// The first that somebody has to put right: whoever is away is so for months.
    static Optional<Instant> oldest(List<Contradiction> all) {
        return all.stream()
                .filter(each -> each.kind() != Contradiction.Kind.AWAY_BUT_ACTIVE)
                .findFirst()
                .map(Contradiction::since);
    }

    private double age() {
        return oldest.map(since ->
                        Math.max(0, Duration.between(since, Instant.now()).toSeconds()))
                .orElse(0L)
                .doubleValue();
    }
}
