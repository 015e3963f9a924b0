package dev.rolewright.reconcile.drift;

import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Drift;
import dev.rolewright.plan.Origin;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.store.JsonColumn;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was changed by hand on targets.
@ApplicationScoped
public class DriftReports {

    private static final String SELECT = "SELECT id, target, difference, item, remedy, author, made, first_seen,"
            + " last_seen, gone, reverted FROM drift ";

    private final Store store;

    DriftReports(Store store) {
        this.store = store;
    }

    /// Newest first.
    ///
    /// @param openOnly only what is still there
    public List<DriftItem> of(TargetName target, boolean openOnly, @Nullable Long olderThan, int limit) {
        return store.all(
                SELECT + "WHERE target = ? AND (NOT ? OR gone IS NULL) AND id < ? ORDER BY id DESC LIMIT ?",
                DriftReports::item,
                target.value(),
                openOnly,
                olderThan == null ? Long.MAX_VALUE : olderThan,
                limit);
    }

    private static DriftItem item(ResultSet row) throws SQLException {
        return new DriftItem(
                row.getLong(1),
                new TargetName(row.getString(2)),
                Drift.Difference.valueOf(row.getString(3)),
                row.getString(4),
                JsonColumn.read(row.getString(5), PlanJson::readStep),
                new Origin(Store.time(row, 7), Store.text(row, 6)),
                Store.instant(row, 8),
                Store.instant(row, 9),
                Store.time(row, 10),
                row.getBoolean(11));
    }
}
