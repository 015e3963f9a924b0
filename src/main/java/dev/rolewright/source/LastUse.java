package dev.rolewright.source;

import dev.rolewright.store.Parting;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers when each token was last used, to the minute, and writes it down once a minute.
///
/// A write per request would cost more than most requests do. What a crash loses is one minute of a note nobody's
/// safety depends on.
@ApplicationScoped
class LastUse {

    private final TokenRows rows;
    private final Clock clock = Clock.systemUTC();
    private final Map<Long, Instant> pending = new ConcurrentHashMap<>();
    private final Map<Long, Instant> seen = new ConcurrentHashMap<>();

    LastUse(TokenRows rows) {
        this.rows = rows;
    }

    void note(long tokenId) {
        Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        if (!minute.equals(seen.put(tokenId, minute)) && tokenId != Preset.ID) {
            pending.put(tokenId, minute);
        }
    }

    /// The token with what this process has seen of it, which may be younger than what is written.
    SourceToken added(SourceToken token) {
        Instant here = seen.get(token.id());
        Instant written = token.lastUsed();
        if (here != null && (written == null || here.isAfter(written))) {
            return token.usedAt(here);
        }
        return token;
    }

    @Scheduled(every = "60s", delayed = "60s")
    void write() {
        SortedMap<Long, Instant> uses =
                new TreeMap<>(pending); // one order everywhere, so that replicas cannot deadlock
        if (uses.isEmpty()) {
            return;
        }
        QuarkusTransaction.requiringNew().run(() -> uses.forEach(rows::used));
        uses.forEach(pending::remove);
    }

    void writeTheRest(@Observes ShutdownEvent stopping) {
        Parting.with(this::write);
    }
}
