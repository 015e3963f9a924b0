package dev.rolewright.reconcile.drift;

import dev.rolewright.model.Item;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Drift;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.targets.TargetCounts;
import dev.rolewright.reconcile.work.Work;
import dev.rolewright.store.JsonColumn;
import dev.rolewright.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/// The rows about changes by hand: seen first, seen last, seen no more.
@ApplicationScoped
public class DriftBook {

    private static final Logger LOG = Logger.getLogger(DriftBook.class);

    private static final String SEE = """
            INSERT INTO drift (target, difference, item, remedy, author, made, first_seen, last_seen)
            SELECT ?, difference, item, remedy::jsonb, author, made, now(), now()
            FROM unnest(?, ?, ?, ?, ?) AS t (difference, item, remedy, author, made)
            ON CONFLICT (target, md5(remedy::text)) WHERE gone IS NULL DO UPDATE SET last_seen = now(),
                author = coalesce(excluded.author, drift.author), made = least(excluded.made, drift.made)
            RETURNING CASE WHEN first_seen = last_seen THEN item END""";

    private static final String MEND = """
            UPDATE drift SET gone = now(), reverted = true, pass = ? WHERE target = ? AND gone IS NULL
                AND md5(remedy::text) IN (SELECT md5(mended::jsonb::text) FROM unnest(?) AS t (mended))""";

    /// What was not seen just now by a look at everything.
    private static final String MISS =
            "UPDATE drift SET gone = now() WHERE target = ? AND gone IS NULL AND last_seen < now()";

    /// The same of a look at some people, which does not look for what they have of their own.
    private static final String MISS_OF_PEOPLE =
            MISS + " AND remedy -> 'account' ->> 'person' = ANY (?) AND remedy ->> 'is' <> 'StripLogin'";

    /// The same of a look at everything, but for what is about people whom somebody else has looked at since.
    private static final String MISS_BUT_OF_PEOPLE =
            MISS + " AND coalesce(remedy -> 'account' ->> 'person' <> ALL (?), true)";

    private final Store store;
    private final MeterRegistry meters;

    DriftBook(Store store, MeterRegistry meters) {
        this.store = store;
        this.meters = meters;
    }

    /// What a pass saw, and what it mended of it. Part of the transaction in which the pass ends.
    ///
    /// @param performed the part of the plan that is done
    /// @param others people whom other passes looked at since: of them counts only what was mended
    public void keep(Work work, Drift drift, Optional<Long> pass, Plan performed, Set<PersonId> others) {
        TargetName target = work.target();
        if (!drift.items().isEmpty()) {
            Set<Step> done = new HashSet<>(performed.steps());
            List<Drift.Finding> found = drift.items().stream()
                    .filter(item -> done.contains(item.remedy())
                            || item.remedy().person().filter(others::contains).isEmpty())
                    .toList();
            see(target, found);
            List<Step> mended = found.stream()
                    .map(Drift.Finding::remedy)
                    .filter(done::contains)
                    .toList();
            if (!mended.isEmpty()) {
                store.run(MEND, pass.orElse(null), target.value(), texts(mended));
                meters.counter("drift_reverted", "target", target.value()).increment(mended.size());
            }
        }
        if (work.whole()) {
            store.run(MISS_BUT_OF_PEOPLE, target.value(), names(others));
        } else {
            Set<PersonId> ours = new HashSet<>(work.people());
            ours.removeAll(others);
            store.run(MISS_OF_PEOPLE, target.value(), names(ours));
        }
    }

    /// What would put right what was seen and is not gone.
    Set<Step> known(TargetName target) {
        return Set.copyOf(store.all(
                "SELECT DISTINCT remedy FROM drift WHERE target = ? AND gone IS NULL",
                row -> JsonColumn.read(row.getString(1), PlanJson::readStep),
                target.value()));
    }

    /// What a look at everything saw that changed nothing.
    ///
    /// @param began when the look began
    /// @return false when a pass has ended since, so that what was seen may be mended; it is not kept
    public boolean keep(TargetName target, Drift drift, Instant began) {
        return store.together(() -> {
            boolean overtaken = store.first(
                            "SELECT 1 FROM target_state t WHERE target = ? AND (lease_until > now() OR EXISTS"
                                    + " (SELECT FROM pass p WHERE p.target = t.target AND p.ended > ?)) FOR UPDATE",
                            _ -> true,
                            target.value(),
                            began)
                    .isPresent();
            if (overtaken) {
                return false;
            }
            see(target, drift.items());
            store.run(MISS, target.value());
            return true;
        });
    }

    private void see(TargetName target, List<Drift.Finding> found) {
        if (found.isEmpty()) {
            return;
        }
        List<String> fresh = store
                .all(
                        SEE,
                        row -> Optional.ofNullable(row.getString(1)),
                        target.value(),
                        found.stream().map(it -> it.difference().name()).toArray(String[]::new),
                        found.stream().map(it -> item(it.remedy())).toArray(String[]::new),
                        texts(found.stream().map(Drift.Finding::remedy).toList()),
                        found.stream()
                                .map(it -> it.origin().author().orElse(null))
                                .toArray(String[]::new),
                        found.stream()
                                .map(it ->
                                        it.origin().since().map(Store::offset).orElse(null))
                                .toArray(OffsetDateTime[]::new))
                .stream()
                .flatMap(Optional::stream)
                .toList();
        if (!fresh.isEmpty()) {
            TargetCounts.driftFound(meters, target).increment(fresh.size());
            LOG.warnf(
                    "Target %s: %d %s changed by hand, the first: %s",
                    target, fresh.size(), fresh.size() == 1 ? "thing was" : "things were", fresh.getFirst());
        }
    }

    public long open() {
        return store.first("SELECT count(*) FROM drift WHERE gone IS NULL", row -> row.getLong(1))
                .orElse(0L);
    }

    private static String item(Step step) {
        return step.item().map(Item::label).orElseGet(step::label);
    }

    private static String[] names(Set<PersonId> people) {
        return people.stream().map(PersonId::toString).toArray(String[]::new);
    }

    private static String[] texts(Collection<Step> steps) {
        return steps.stream().map(step -> PlanJson.write(step).toString()).toArray(String[]::new);
    }
}
