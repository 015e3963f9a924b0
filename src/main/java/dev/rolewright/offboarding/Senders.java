package dev.rolewright.offboarding;

import dev.rolewright.store.Glances;
import dev.rolewright.store.Store;
import dev.rolewright.store.StoreFailure;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// When something that an HR system said was last taken, for all processes.
@ApplicationScoped
public class Senders {

    private static final Logger LOG = Logger.getLogger(Senders.class);

    /// Nobody asks for it finer than that.
    private static final long FINE = Duration.ofMinutes(1).toNanos();

    private final Store store;
    private final MeterRegistry metrics;
    private final Map<String, Long> written = new ConcurrentHashMap<>();

    Senders(Store store, MeterRegistry metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    /// Something was taken that a sender said. What it was is kept already, so nobody is told when this cannot be.
    public void heard(String sender) {
        long now = System.nanoTime();
        Long last = written.get(sender);
        if (last != null && now - last < FINE) {
            return;
        }
        try {
            store.run(
                    "INSERT INTO hr_sender (sender) VALUES (?) ON CONFLICT (sender) DO UPDATE SET heard = now()",
                    sender);
            written.put(sender, now);
        } catch (StoreFailure away) {
            LOG.debugf(away, "it is not written down that HR system %s was heard", sender);
        }
    }

    /// Tells for how much longer than this nothing was taken of what a sender said.
    public void expect(String sender, Duration every) {
        TimeGauge.builder(
                        "hr_overdue",
                        Glances.GAUGES.at(
                                () -> Math.max(0, silence(sender).minus(every).toSeconds())),
                        TimeUnit.SECONDS)
                .tag("sender", sender)
                .register(metrics);
    }

    /// Since something was last taken, or since it was first asked for.
    private Duration silence(String sender) {
        return store.first(
                        "SELECT (extract(epoch FROM clock_timestamp() - heard) * 1000)::bigint FROM hr_sender"
                                + " WHERE sender = ?",
                        row -> Duration.ofMillis(row.getLong(1)),
                        sender)
                .orElseGet(() -> {
                    store.run("INSERT INTO hr_sender (sender) VALUES (?) ON CONFLICT DO NOTHING", sender);
                    return Duration.ZERO;
                });
    }
}
