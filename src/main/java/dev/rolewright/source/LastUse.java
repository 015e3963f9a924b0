package dev.rolewright.source;

import dev.rolewright.store.Parting;
import dev.rolewright.store.Store;
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

    /// Forward, never back: replicas report in any order.
    private static final String USED =
            "UPDATE source_token SET last_used = ? WHERE id = ? AND (last_used IS NULL OR last_used < ?)";

    private final Store store;
    private final Clock clock = Clock.systemUTC();
    private final Map<Long, Instant> pending = new ConcurrentHashMap<>();
    private final Map<Long, Instant> seen = new ConcurrentHashMap<>();

    LastUse(Store store) {
        this.store = store;
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
        store.together(() -> uses.forEach(this::used));
        uses.forEach(pending::remove);
    }

    void used(long token, Instant at) {
        store.run(USED, at, token, at);
    }

    void writeTheRest(@Observes ShutdownEvent stopping) {
        Parting.with(this::write);
    }
}
