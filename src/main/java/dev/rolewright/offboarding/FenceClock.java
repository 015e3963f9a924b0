package dev.rolewright.offboarding;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.HrEvent;
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

    /// The trigger on this update leaves the marks.
    private static final String FIRE = """
            UPDATE hr_person p SET due = (
                SELECT min(t) FROM fence f CROSS JOIN LATERAL (VALUES (f.since), (f.until)) v (t)
                WHERE f.person = p.person AND t > statement_timestamp())
            FROM (SELECT person, due AS was FROM hr_person WHERE due <= statement_timestamp()
                  ORDER BY due LIMIT ? FOR UPDATE SKIP LOCKED) d
            WHERE p.person = d.person RETURNING p.person, d.was""";

    private static final String BEHIND = """
            SELECT f.person, f.sender, f.event, f.until <= statement_timestamp(), s.request
            FROM unnest(?, ?) AS d (person, was) JOIN fence f ON f.person = d.person
            JOIN hr_fact s ON s.sender = f.sender AND s.event = f.event
            WHERE f.since BETWEEN d.was AND statement_timestamp() OR f.until BETWEEN d.was AND statement_timestamp()
            ORDER BY f.person, f.since""";

    private final Store store;
    private final AuditTrail trail;
    private final ChangeFeed changes;
    private volatile boolean stopped;
    private volatile Optional<Thread> running = Optional.empty();

    FenceClock(Store store, AuditTrail trail, ChangeFeed changes) {
        this.store = store;
        this.trail = trail;
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
        } catch (RuntimeException away) {
            if (!stopped) {
                StoreFailure.warn(
                        LOG, "Nobody knows at present whose fences are due; they will be looked for again", away);
            }
            return LONGEST;
        }
    }

    private record Due(PersonId person, OffsetDateTime was) {}

    int fire() {
        int fired = store.together(() -> {
            List<Due> due = store.all(
                    FIRE,
                    row -> new Due(new PersonId(row.getObject(1, UUID.class)), row.getObject(2, OffsetDateTime.class)),
                    AT_ONCE);
            if (!due.isEmpty()) {
                trail.record(store.all(
                        BEHIND,
                        row -> new HrEvent.Due(
                                Subjects.caller(row.getString(2), row.getString(5)),
                                row.getString(2),
                                row.getString(3),
                                new PersonId(row.getObject(1, UUID.class)),
                                row.getBoolean(4)),
                        PersonId.ids(due.stream().map(Due::person).toList()),
                        due.stream().map(Due::was).toArray(OffsetDateTime[]::new)));
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
