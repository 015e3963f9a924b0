package dev.rolewright.directory;

import dev.rolewright.model.Caller;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.ResourceType;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Watches over references that wait for their targets: shows them, counts them, and looks whether one was missed: now
/// and then among all, for the process may have ended between a change and the look that follows it, and often among
/// the young, for a target may have been written at the very same time.
@ApplicationScoped
public class PendingReferences {

    private static final Duration YOUNG = Duration.ofMinutes(1);

    private static final String MISSED = """
            SELECT p.source_id, s.name, array_agg(DISTINCT p.value) FROM pending_reference p
            JOIN source s ON s.id = p.source_id
            WHERE p.since > ? AND (EXISTS (SELECT FROM resource r WHERE r.id = CASE WHEN p.value ~ %s THEN p.value::uuid END
                    AND r.source_id IS NOT DISTINCT FROM p.source_id)
                OR EXISTS (SELECT FROM resource r WHERE r.source_id = p.source_id AND r.type = ANY (?)
                    AND (r.search ->> 'externalId') COLLATE "C" = p.value))
            GROUP BY p.source_id, s.name""".formatted(Columns.UUID_PATTERN);

    private final DirectoryStore store;
    private final References references;
    private final Catalog catalog;
    private final AtomicLong waiting = new AtomicLong();

    PendingReferences(DirectoryStore store, References references, Catalog catalog, MeterRegistry meters) {
        this.store = store;
        this.references = references;
        this.catalog = catalog;
        meters.gauge("pending_references", waiting);
    }

    /// The references of a source that wait, or of all sources, longest first.
    ///
    /// @param source name of the source; null for all
    public List<PendingReference> list(@Nullable String source, int limit) {
        Sql sql = Sql.of("SELECT s.name, r.type, p.holder, p.attribute, p.value, p.since FROM pending_reference p"
                + " JOIN source s ON s.id = p.source_id JOIN resource r ON r.id = p.holder");
        if (source != null) {
            sql.add(" WHERE s.name = ?", source);
        }
        return store.all(
                sql.add(" ORDER BY p.since, p.holder, p.attribute, p.value LIMIT ?", (long) limit),
                row -> new PendingReference(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, java.util.UUID.class),
                        row.getString(4),
                        row.getString(5),
                        Columns.time(row, 6)));
    }

    /// How many references wait.
    public long count() {
        long count = store.first(Sql.of("SELECT count(*) FROM pending_reference"), row -> row.getLong(1))
                .orElseThrow();
        waiting.set(count);
        return count;
    }

    @Scheduled(
            every = "${rolewright.directory.sweep-every:60s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            identity = "pending-references")
    void sweep() {
        settle(Instant.EPOCH);
        count();
    }

    @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP, identity = "young-pending-references")
    void sweepYoung() {
        settle(Clock.systemUTC().instant().minus(YOUNG));
    }

    private void settle(Instant since) {
        List<String> types = catalog.types().stream().map(ResourceType::name).toList();
        record Missed(int sourceId, String source, List<String> values) {}
        List<Missed> missed = store.all(
                Sql.of(MISSED, since, Sql.texts(types)),
                row -> new Missed(row.getInt(1), row.getString(2), List.of((String[])
                        row.getArray(3).getArray())));
        for (Missed each : missed) {
            references.settle(
                    new Caller(each.sourceId(), each.source(), "rolewright", "sweep-" + Ids.next(), List.of()),
                    each.values());
        }
    }
}
