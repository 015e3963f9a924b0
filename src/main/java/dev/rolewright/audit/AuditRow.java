package dev.rolewright.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The row of an event as a piece of SQL, for a change that is one statement and records itself in it.
///
/// Everybody else calls {@link AuditTrail#record}.
public final class AuditRow {

    /// `INSERT INTO … (columns)`; the values follow, as {@link #VALUES} and the two digests.
    public static final String INSERT = "INSERT INTO audit_event (source_id, source, actor, request_id, action,"
            + " subject_type, subject_id, detail, before_digest, after_digest) ";

    /// Placeholders for {@link #values}, to be followed by the digests before and after. The detail
    /// comes last and is a JSON object, so that more can be joined to it.
    public static final String VALUES = "?::integer, ?, ?, ?, ?, ?, ?, ?::jsonb";

    private AuditRow() {}

    /// What the placeholders stand for: an `Integer`, the rest `String`s.
    public static List<Object> values(AuditEvent event) {
        AuditEvent.Subject subject = event.subject();
        return List.of(
                event.caller().sourceId(),
                event.caller().source(),
                event.caller().actor(),
                event.caller().requestId(),
                event.action(),
                subject.type(),
                subject.id(),
                detail(event).toString());
    }

    /// The {@link #values} of many events, column by column.
    static Object[] columns(List<? extends AuditEvent> events) {
        List<List<Object>> rows = events.stream().map(AuditRow::values).toList();
        Object[] columns = new Object[rows.getFirst().size()];
        columns[0] = rows.stream().map(List::getFirst).toArray(Integer[]::new);
        for (int column = 1; column < columns.length; column++) {
            int of = column;
            columns[column] = rows.stream().map(row -> row.get(of)).toArray(String[]::new);
        }
        return columns;
    }

    private static ObjectNode detail(AuditEvent event) {
        ObjectNode detail = event.detail();
        if (!event.caller().quirks().isEmpty()) {
            event.caller().quirks().forEach(detail.putArray("quirks")::add);
        }
        return detail;
    }
}
