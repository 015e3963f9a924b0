package dev.rolewright.reconcile;

import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Drift;
import dev.rolewright.plan.Origin;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was changed by hand on targets.
@ApplicationScoped
public class DriftReports {

    private static final String SELECT = "SELECT id, target, difference, item, remedy, author, made, first_seen,"
            + " last_seen, gone, reverted FROM drift ";

    private static final int MOST_LOOKS = 5;

    private final Store store;
    private final Rehearsals rehearsals;
    private final DriftBook book;

    DriftReports(Store store, Rehearsals rehearsals, DriftBook book) {
        this.store = store;
        this.rehearsals = rehearsals;
        this.book = book;
    }

    /// Looks at the whole target now, changing nothing there.
    ///
    /// @return false when passes were made all the time, which see drift themselves
    /// @throws IllegalArgumentException when the contract has no such target
    /// @throws TargetAway when the target cannot be asked
    public boolean look(TargetName target) {
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            Instant began = now();
            if (book.keep(target, rehearsals.of(target).drift(), began)) {
                return true;
            }
        }
        return false;
    }

    /// The store's time, by which passes end.
    private Instant now() {
        return store.first("SELECT now()", row -> Store.instant(row, 1)).orElseThrow();
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
                JsonColumn.step(row.getString(5)),
                new Origin(Store.time(row, 7), Store.text(row, 6)),
                Store.instant(row, 8),
                Store.instant(row, 9),
                Store.time(row, 10),
                row.getBoolean(11));
    }
}
