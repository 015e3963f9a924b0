package dev.rolewright.reconcile.pass;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.reconcile.aftermath.Performed;
import java.util.Optional;

/// What came of a pass.
///
/// @param owes whether a proof is owed that something is gone
/// @param pass its number; empty when there was nothing to write down
/// @param performed empty when the pass was not made
public record Ended(boolean owes, Optional<Long> pass, Optional<Performed> performed) {

    static final Ended NOTHING = new Ended(false, Optional.empty(), Optional.empty());

    /// What made the target stop taking changes before everything was done.
    public Optional<EngineFailure> failure() {
        return performed.flatMap(Performed::failure);
    }
}
