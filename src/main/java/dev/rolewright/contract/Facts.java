package dev.rolewright.contract;

import dev.rolewright.model.PersonId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What, beside the contract, decides who should have what, whatever they are called.
///
/// @param scope whom is asked about; empty means everybody. About people outside nothing is derived.
/// @param now decides which rules are over
/// @param since of a rule that ended after this is told to whom it gave what
public record Facts(Snapshot snapshot, Optional<Set<PersonId>> scope, Instant now, Instant since) {

    public Facts {
        scope = scope.map(Set::copyOf);
    }

    public Facts(Snapshot snapshot, Optional<Set<PersonId>> scope, Instant now) {
        this(snapshot, scope, now, now);
    }

    boolean isNewlyOver(Mapping mapping) {
        return mapping.isOver(now) && mapping.end().filter(since::isBefore).isPresent();
    }

    boolean concern(PersonId person) {
        return scope.isEmpty() || scope.get().contains(person);
    }
}
