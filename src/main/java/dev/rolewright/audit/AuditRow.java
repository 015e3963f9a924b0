package dev.rolewright.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// The row of an event as a piece of SQL, for a change that is one statement and records itself in it.
///
/// Everybody else calls {@link AuditTrail#record}.
public final class AuditRow {

    /// `INSERT INTO … (columns)`; the values follow, as {@link #VALUES} and the two digests.
    public static final String INSERT = "INSERT INTO audit_event (source_id, source, actor, request_id, action,"
            + " subject_type, subject_id, detail, before_digest, after_digest) ";

    /// The placeholders that {@link #bind} fills, to be followed by the digests before and after.
    public static final String VALUES = "?::integer, ?::text, ?::text, ?::text, ?::text, ?::text, ?::text, ?::jsonb";

    private AuditRow() {}

    /// Fills {@link #VALUES}, whose first placeholder is number `first`, and returns the number of the next one.
    public static int bind(PreparedStatement statement, int first, AuditEvent event) throws SQLException {
        AuditEvent.Subject subject = event.subject();
        statement.setInt(first, event.caller().sourceId());
        statement.setString(first + 1, event.caller().source());
        statement.setString(first + 2, event.caller().actor());
        statement.setString(first + 3, event.caller().requestId());
        statement.setString(first + 4, event.action());
        statement.setString(first + 5, subject.type());
        statement.setString(first + 6, subject.id());
        statement.setString(first + 7, detail(event).toString());
        return first + 8;
    }

    private static ObjectNode detail(AuditEvent event) {
        ObjectNode detail = event.detail();
        if (!event.caller().quirks().isEmpty()) {
            event.caller().quirks().forEach(detail.putArray("quirks")::add);
        }
        return detail;
    }
}
