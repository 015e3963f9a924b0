package dev.rolewright.reconcile;

import dev.rolewright.contract.Snapshot;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the directory knows, until whoever needs it last takes it away: of everybody it is the largest part of a pass.
///
/// Asking for it afterwards is a defect, and fails: nothing may be derived from a directory that only seems empty.
final class Loan {

    private @Nullable Snapshot snapshot;

    Loan(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    Snapshot look() {
        return Objects.requireNonNull(snapshot, "the snapshot was let go");
    }

    Snapshot take() {
        Snapshot last = look();
        snapshot = null;
        return last;
    }
}
