package dev.rolewright.audit;

import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;

/// Writes down what happened, in the transaction of the one who did it.
@ApplicationScoped
public class AuditTrail {

    private static final String RECORD = AuditRow.INSERT + "VALUES (" + AuditRow.VALUES + ", NULL, NULL)";

    private static final String RECORD_MANY = AuditRow.INSERT
            + "SELECT source_id, source, actor, request_id, action, subject_type, subject_id, detail::jsonb, NULL, NULL"
            + " FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY AS t (source_id, source, actor, request_id, action,"
            + " subject_type, subject_id, detail, n) ORDER BY n";

    private final Store store;

    AuditTrail(Store store) {
        this.store = store;
    }

    /// Adds the rows of many events at once, in their order.
    @Transactional(Transactional.TxType.MANDATORY)
    public void record(List<? extends AuditEvent> events) {
        if (!events.isEmpty()) {
            store.run(RECORD_MANY, AuditRow.columns(events));
        }
    }

    /// Adds the event's row to the caller's transaction; without one it throws, because the row and the change it
    /// tells of must not part.
    @Transactional(Transactional.TxType.MANDATORY)
    public void record(AuditEvent event) {
        store.run(RECORD, AuditRow.values(event).toArray());
    }
}
