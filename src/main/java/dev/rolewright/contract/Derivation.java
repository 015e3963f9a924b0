package dev.rolewright.contract;

import dev.rolewright.model.Desired;
import dev.rolewright.model.PersonId;
import java.util.Set;

/// What was derived for one target.
///
/// @param withheld people who earn a role and get no login, or have one that is no longer ours to touch, because its
/// name is protected or belongs to something else
public record Derivation(Desired desired, Set<PersonId> withheld) {

    public Derivation {
        withheld = Set.copyOf(withheld);
    }
}
