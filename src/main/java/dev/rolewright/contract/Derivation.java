package dev.rolewright.contract;

import dev.rolewright.model.Desired;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was derived for one target.
///
/// @param withheld people who earn a role and get no login, or have one that is no longer ours to touch, because its
/// name is protected or belongs to something else
/// @param separated people who earn roles that are kept apart and get none of them; what else they earn they get
public record Derivation(Desired desired, Set<PersonId> withheld, Map<PersonId, List<Reason.Separated>> separated) {

    public Derivation {
        withheld = Set.copyOf(withheld);
        separated = Map.copyOf(separated);
    }
}
