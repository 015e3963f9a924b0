package dev.rolewright.offboarding;

import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.model.PersonId;
import dev.rolewright.store.Store;
import dev.rolewright.store.StoreFailure;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Marks people at the moment when a fence of theirs begins or ends.
///
/// What was due while nobody was running is due still: the first process that looks finds it. Any number of processes
/// may look; each person is marked by one of them.
@ApplicationScoped
class FenceClock {

    private static final Logger LOG = Logger.getLogger(FenceClock.class);

    /// A fence may become due sooner than the next that was known, so nobody sleeps for longer.
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private static final int AT_ONCE = 5_000;

    private static final String HOLD = """
            SELECT person, due FROM hr_person WHERE due <= statement_timestamp()
            ORDER BY due LIMIT ? FOR UPDATE SKIP LOCKED""";

    /// The trigger on this update leaves the marks. Fences are read when the people are held: before, somebody else
    /// might have been settling them.
    private static final String FIRE = """
            UPDATE hr_person p SET due = (
                SELECT min(t) FROM fence f CROSS JOIN LATERAL (VALUES (f.since), (f.until)) v (t)
                WHERE f.person = p.person AND t > statement_timestamp())
            FROM unnest(?, ?) d (person, was)
            WHERE p.person = d.person RETURNING p.person, d.was, statement_timestamp()""";

    private final Store store;
    private final Dues dues;
    private final ChangeFeed changes;
    private volatile boolean stopped;
    private volatile Optional<Thread> running = Optional.empty();

    FenceClock(Store store, Dues dues, ChangeFeed changes) {
        this.store = store;
        this.dues = dues;
        this.changes = changes;
    }

    void start(@Observes StartupEvent starting) {
        stopped = false;
        running = Optional.of(Thread.ofVirtual().name("fences").start(this::run));
    }

    void stop(@Observes ShutdownEvent stopping) {
        stopped = true;
        running.ifPresent(Thread::interrupt);
    }

    private void run() {
        while (!stopped) {
            try {
                Thread.sleep(turn());
            } catch (InterruptedException told) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// Marks whoever is due.
    ///
    /// @return how long nobody will be
    private Duration turn() {
        try {
            int fired;
            do {
                fired = fire();
            } while (fired == AT_ONCE);
            return rest();
        } catch (RuntimeException | Error away) {
            if (!stopped) {
                StoreFailure.warn(
                        LOG, "Nobody knows at present whose fences are due; they will be looked for again", away);
            }
            return LONGEST;
        }
    }

    private record Waiting(PersonId person, OffsetDateTime due) {}

    int fire() {
        int fired = store.together(() -> {
            List<Waiting> due = store.all(
                    HOLD,
                    row -> new Waiting(
                            new PersonId(row.getObject(1, UUID.class)), row.getObject(2, OffsetDateTime.class)),
                    AT_ONCE);
            if (!due.isEmpty()) {
                dues.tell(store.all(
                        FIRE,
                        row -> new Dues.Due(
                                new PersonId(row.getObject(1, UUID.class)),
                                Store.instant(row, 2),
                                Store.instant(row, 3)),
                        PersonId.ids(due.stream().map(Waiting::person).toList()),
                        due.stream().map(Waiting::due).toArray(OffsetDateTime[]::new)));
            }
            return due.size();
        });
        if (fired > 0) {
            changes.ring();
        }
        return fired;
    }

    private Duration rest() {
        return store.first(
                        "SELECT (extract(epoch FROM min(due) - clock_timestamp()) * 1000)::bigint FROM hr_person"
                                + " WHERE due IS NOT NULL",
                        row -> Optional.ofNullable((Long) row.getObject(1)))
                .flatMap(left -> left)
                .map(left -> Duration.ofMillis(Math.clamp(left + 1, 1, LONGEST.toMillis())))
                .orElse(LONGEST);
    }
}
