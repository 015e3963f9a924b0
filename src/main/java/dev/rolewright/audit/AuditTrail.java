package dev.rolewright.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/// Writes down what happened, in the transaction of the one who did it.
@ApplicationScoped
public class AuditTrail {

    private static final String RECORD = AuditRow.INSERT + "VALUES (" + AuditRow.VALUES + ", NULL, NULL)";

    private static final String RECORD_MANY = AuditRow.INSERT
            + "SELECT source_id, source, actor, request_id, action, subject_type, subject_id, detail::jsonb, NULL, NULL"
            + " FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY AS t (source_id, source, actor, request_id, action,"
            + " subject_type, subject_id, detail, n) ORDER BY n";

    private final DataSource store;

    AuditTrail(DataSource store) {
        this.store = store;
    }

    /// Adds the rows of many events at once, in their order.
    @Transactional(Transactional.TxType.MANDATORY)
    public void record(List<? extends AuditEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        List<List<Object>> rows = events.stream().map(AuditRow::values).toList();
        try (Connection connection = store.getConnection();
                PreparedStatement statement = connection.prepareStatement(RECORD_MANY)) {
            for (int column = 0; column < AuditRow.TYPES.size(); column++) {
                int of = column;
                Object[] values = rows.stream().map(row -> row.get(of)).toArray();
                statement.setArray(column + 1, connection.createArrayOf(AuditRow.TYPES.get(column), values));
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the audit rows could not be written", e);
        }
    }

    /// Adds the event's row to the caller's transaction; without one it throws, because the row and the change it
    /// tells of must not part.
    @Transactional(Transactional.TxType.MANDATORY)
    public void record(AuditEvent event) {
        try (Connection connection = store.getConnection();
                PreparedStatement statement = connection.prepareStatement(RECORD)) {
            List<Object> values = AuditRow.values(event);
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the audit row could not be written", e);
        }
    }
}
