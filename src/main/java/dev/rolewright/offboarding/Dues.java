package dev.rolewright.offboarding;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.HrEvent;
import dev.rolewright.model.PersonId;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/// Tells the audit trail what was said before about a later time and took effect.
@ApplicationScoped
class Dues {

    private static final String BEHIND = """
            SELECT f.person, f.sender, f.event, f.until <= d.held, s.request
            FROM unnest(?, ?, ?) AS d (person, was, held) JOIN fence f ON f.person = d.person
            JOIN hr_fact s ON s.sender = f.sender AND s.event = f.event
            WHERE f.since BETWEEN d.was AND d.held OR f.until BETWEEN d.was AND d.held
            ORDER BY f.person, f.since""";

    private final Store store;
    private final AuditTrail trail;

    Dues(Store store, AuditTrail trail) {
        this.store = store;
        this.trail = trail;
    }

    /// A person whose row is held, and of whom something became due.
    ///
    /// @param was when the first of it did
    /// @param held up to when it is told; what is due later is told by whoever holds the row then
    record Due(PersonId person, Instant was, Instant held) {}

    /// Tells of fences that began or ended, in the caller's transaction.
    void tell(List<Due> due) {
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
                    times(due, Due::was),
                    times(due, Due::held)));
        }
    }

    private static OffsetDateTime[] times(List<Due> due, Function<Due, Instant> time) {
        return due.stream().map(time.andThen(Store::offset)).toArray(OffsetDateTime[]::new);
    }
}
