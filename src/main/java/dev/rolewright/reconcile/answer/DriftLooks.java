package dev.rolewright.reconcile.answer;

import dev.rolewright.model.TargetName;
import dev.rolewright.reach.TargetAway;
import dev.rolewright.reconcile.drift.DriftBook;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/// Looks for what was changed by hand when somebody asks, between the passes.
@ApplicationScoped
public class DriftLooks {

    private static final int MOST_LOOKS = 5;

    private final Store store;
    private final Rehearsals rehearsals;
    private final DriftBook book;

    DriftLooks(Store store, Rehearsals rehearsals, DriftBook book) {
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
}
